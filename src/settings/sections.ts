/** Sections and their parents: a dot in a section's name makes the part before it a parent, `.a` is a child of `DEFAULT`. */

import { DEFAULT_SECTION } from '../document/ini.js';
import { NameTree } from './name-tree.js';

export const CLOUD_SECTION = 'auth.grafana_com';
/** The cloud section's name before 4.3, still read. */
export const LEGACY_CLOUD_SECTION = 'auth.grafananet';
/** A documented name of the cloud section. Grafana's own builds do not read it, and give it no defaults of its own. */
export const CLOUD_ALIAS = 'auth.metrics-dashboard_com';

/** Names with more dots are looked up along a tree: the part before each dot would have to be hashed anew, which adds up. */
const MANY_DOTS = 16;

/** Finds the parents of sections among the names there are. */
export class Parents {
  readonly #names: ReadonlyMap<string, unknown>;
  #tree: NameTree | undefined;

  /** `names` may grow, each time told to `added`. */
  constructor(names: ReadonlyMap<string, unknown>) {
    this.#names = names;
  }

  added(name: string): void {
    this.#tree?.add(name);
  }

  /** Nearest first: `a.b.c` → `a.b`, `a`, those of them that exist. */
  of(section: string): readonly string[] {
    if (!section.includes('.')) return NONE;
    const many = section.split('.', MANY_DOTS + 2).length > MANY_DOTS + 1;
    const parents = many ? this.#alongTree(section) : this.#oneByOne(section);
    if (section.startsWith('.') && this.#names.has(DEFAULT_SECTION)) parents.push(DEFAULT_SECTION);
    return parents;
  }

  #oneByOne(section: string): string[] {
    const parents: string[] = [];
    for (let dot = section.lastIndexOf('.'); dot > 0; dot = section.lastIndexOf('.', dot - 1)) {
      const parent = section.slice(0, dot);
      if (this.#names.has(parent)) parents.push(parent);
    }
    return parents;
  }

  #alongTree(section: string): string[] {
    if (!this.#tree) {
      this.#tree = new NameTree();
      for (const name of this.#names.keys()) this.#tree.add(name);
    }
    return this.#tree.parentsOf(section).reverse();
  }
}

const NONE: readonly string[] = [];
