/** A provider section with typed access to its options. */
import { canonicalSection } from '../../settings/catalog.js';
import { envPrefix } from '../../settings/env-names.js';
import { type ListReading, readBoolean, readList, readTeamIds } from '../../settings/read.js';
import type { Setting } from '../../settings/types.js';
import type { Remembering } from '../../text/memo.js';
import type { GrafanaSubject, Place } from './subject.js';
import { isUnknown } from './unknown.js';

/** One OAuth provider as Grafana reads it, under the name the section is written with. */
export class ProviderView implements Remembering {
  readonly remembered = new Map<unknown, unknown>();
  /** `auth.generic_oauth`, `auth.metrics-dashboard_com`, … */
  readonly section: string;
  /** `generic_oauth`, `grafana_com`, `azuread`, …: what the section is a name for. */
  readonly kind: string;
  readonly #subject: GrafanaSubject;
  readonly #settings = new Map<string, Setting | undefined>();

  constructor(subject: GrafanaSubject, section: string) {
    this.#subject = subject;
    this.section = section;
    this.kind = canonicalSection(section).slice('auth.'.length);
  }

  get isGeneric(): boolean {
    return this.kind === 'generic_oauth';
  }

  /** `[auth.grafana_com]` under any of its names. */
  get isCloud(): boolean {
    return this.kind === 'grafana_com';
  }

  /** A file or the environment sets at least one of its keys, or names the section. */
  get configured(): boolean {
    const { documents, env } = this.#subject.config;
    if (documents.some((document) => document.sections.some((header) => header.name === this.section))) return true;
    const prefix = envPrefix(this.section);
    if (!Object.keys(env).some((name) => name.startsWith(prefix))) return false;
    for (const { origin } of this.#subject.config.settings(this.section)) if (origin.origin === 'env') return true;
    return false;
  }

  get enabled(): boolean {
    return this.flag('enabled') || this.#subject.assumeOn.includes(this.section);
  }

  setting(key: string): Setting | undefined {
    if (this.#settings.has(key)) return this.#settings.get(key);
    const setting = this.#find(key);
    this.#settings.set(key, setting);
    return setting;
  }

  /** Own section, for an alias then that of the real name; its parents where the version falls back to them. */
  #find(key: string): Setting | undefined {
    const { config, profile } = this.#subject;
    const find = (section: string) =>
      profile.provider.parents ? config.lookup(section, key) : config.get(section, key);
    const canonical = canonicalSection(this.section);
    return config.get(this.section, key) ?? find(canonical);
  }

  /** Effective text, defaults included, `""` where unset or known to the running system only. */
  text(key: string): string {
    const setting = this.setting(key);
    if (!setting || isUnknown(this.#subject.config, setting)) return '';
    return this.#subject.interpolatesProviders ? setting.interpolated : setting.value;
  }

  /** Given a value by a file or the environment. */
  isSet(key: string): boolean {
    return this.#subject.isSet(this.section, key);
  }

  /** Boolean with the fallback of provider sections: what is no boolean is false. */
  flag(key: string): boolean {
    return readBoolean(this.setting(key)?.interpolated ?? '') ?? false;
  }

  /** A list as this version splits it. */
  list(key: string): ListReading {
    const reading = this.#subject.profile.provider;
    return key === 'team_ids' ? readTeamIds(this.text(key), reading) : readList(this.text(key), reading.lists);
  }

  /** Where the value of a key comes from; for a key that is not set, where it belongs. */
  at(key: string): Place {
    const place = this.#subject.atSetting(this.section, key);
    return { ...place, section: this.section, option: key };
  }

  /** A stretch of the effective value of a key. */
  within(key: string, at: number, length = 1): Place {
    return this.#subject.inSetting(this.section, key, at, length);
  }

  /** The section header, or what stands in for it. */
  get place(): Place {
    return this.#subject.atSection(this.section);
  }
}
