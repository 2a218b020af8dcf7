/** Sections and their parents: a dot in a section's name makes the part before it a parent, `.a` is a child of `DEFAULT`. */

import { DEFAULT_SECTION } from '../document/ini.js';
import type { Cell, Keys } from './cell.js';
import type { Defaults } from './defaults.js';
import { NameTree } from './name-tree.js';

export const CLOUD_SECTION = 'auth.grafana_com';
/** The cloud section's name before 4.3, still read. */
export const LEGACY_CLOUD_SECTION = 'auth.grafananet';
/** A documented name of the cloud section. Grafana's own builds do not read it, and give it no defaults of its own. */
export const CLOUD_ALIAS = 'auth.metrics-dashboard_com';

/** Names with more dots are looked up along a tree: the part before each dot would have to be hashed anew, which adds up. */
const MANY_DOTS = 16;

/** The sections of a configuration: its own ones over those of the defaults, which it shares with others. */
export class Sections {
  readonly #defaults: Defaults;
  readonly #own = new Map<string, Keys>();
  #names: readonly string[] | undefined;
  #tree: NameTree | undefined;

  constructor(defaults: Defaults) {
    this.#defaults = defaults;
  }

  keys(section: string): Keys | undefined {
    return this.#own.get(section) ?? this.#defaults.keys(section);
  }

  get(section: string, key: string): Cell | undefined {
    return this.keys(section)?.get(key);
  }

  /** Sections that are no longer, or never were, the defaults' own, in the order in which they became so. */
  own(): ReadonlyMap<string, Keys> {
    return this.#own;
  }

  isOwn(section: string): boolean {
    return this.#own.has(section);
  }

  /** A section to write to. */
  writable(section: string): Keys {
    const own = this.#own.get(section);
    if (own) return own;
    const shared = this.#defaults.keys(section);
    const copy: Keys = new Map(shared);
    this.#own.set(section, copy);
    if (!shared) {
      this.#names = undefined;
      this.#tree?.add(section);
    }
    return copy;
  }

  /** Those of the defaults first. */
  names(): readonly string[] {
    if (!this.#names) {
      const names = [...this.#defaults.names()];
      for (const name of this.#own.keys()) if (!this.#defaults.keys(name)) names.push(name);
      this.#names = names;
    }
    return this.#names;
  }

  /** Nearest first: `a.b.c` → `a.b`, `a`, those of them that exist. */
  parents(section: string): readonly string[] {
    if (!section.includes('.')) return NONE;
    const many = section.split('.', MANY_DOTS + 2).length > MANY_DOTS + 1;
    const parents = many ? this.#alongTree(section) : this.#oneByOne(section);
    if (section.startsWith('.') && this.keys(DEFAULT_SECTION)) parents.push(DEFAULT_SECTION);
    return parents;
  }

  #oneByOne(section: string): string[] {
    const parents: string[] = [];
    for (let dot = section.lastIndexOf('.'); dot > 0; dot = section.lastIndexOf('.', dot - 1)) {
      const parent = section.slice(0, dot);
      if (this.keys(parent)) parents.push(parent);
    }
    return parents;
  }

  #alongTree(section: string): string[] {
    if (!this.#tree) {
      this.#tree = new NameTree();
      for (const name of this.names()) this.#tree.add(name);
    }
    return this.#tree.parentsOf(section).reverse();
  }
}

const NONE: readonly string[] = [];
