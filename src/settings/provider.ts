/**
 * One login provider's options as Grafana reads them in a version, from its section or from a table of texts.
 */
import { Cell } from './cell.js';
import { SettingView } from './config.js';
import { envName } from './env-names.js';
import { expandEnvironment } from './expand.js';
import { interpolate } from './interpolate.js';
import { type ListReading, readBoolean, readInteger, readList, readStrictBoolean, readTeamIds } from './read.js';
import { CLOUD_ALIAS, CLOUD_SECTION, LEGACY_CLOUD_SECTION } from './sections.js';
import { hasToggle } from './toggles.js';
import type { EffectiveConfig, Setting } from './types.js';
import type { ProviderReading, VersionProfile } from './versions.js';

/** Booleans of every provider, all of which the strict decoder must be able to read. */
const PROVIDER_BOOLEANS = [
  'allow_assign_grafana_admin',
  'allow_sign_up',
  'auto_login',
  'empty_scopes',
  'enabled',
  'role_attribute_strict',
  'skip_org_role_sync',
  'tls_skip_verify_insecure',
  'use_pkce',
  'use_refresh_token',
] as const;

export interface ProviderSettings {
  /** As it is written: `auth.generic_oauth`. */
  readonly section: string;
  readonly product: 'grafana' | 'grafana-cloud';
  readonly profile: VersionProfile;
  readonly reading: ProviderReading;
  /**
   * Option → text as the product has it after reading; with the keys of `[auth]` where the version falls back to them.
   * Booleans are better asked with `flag`, which applies `%(name)s` where texts do not get it.
   */
  readonly options: ReadonlyMap<string, string>;
  /** Created and switched on. */
  readonly enabled: boolean;
  /** False where the version gives the provider up for a boolean it cannot read; the button is missing then. */
  readonly created: boolean;
  readonly notCreated?: NotCreated | undefined;
  /** Where an option comes from; undefined where it is unset, and for options that came from a table. */
  setting(key: string): Setting | undefined;
  /** The text of an option, `""` where it is unset. */
  text(key: string): string;
  /** A boolean; what is none counts as `fallback` (false, as for nearly all provider options). */
  flag(key: string, fallback?: boolean): boolean;
  list(key: string): ListReading;
  teamIds(): ListReading;
}

export interface NotCreated {
  readonly option: string;
  /** What the option says. */
  readonly value: string;
  readonly message: string;
  readonly productMessage: string;
}

/** Where the texts of a provider come from. */
interface Texts {
  raw(key: string): string | undefined;
  interpolated(key: string): string | undefined;
  setting(key: string): Setting | undefined;
  keys(): Iterable<string>;
}

/** The provider of a section (`auth.generic_oauth`). For `[auth.metrics-dashboard_com]` the defaults are those of the cloud section. */
export function readProvider(config: EffectiveConfig, section: string): ProviderSettings {
  const reading = providerReading(config);
  return new Provider(section, config.profile, reading, new SectionTexts(config, section, reading));
}

/**
 * A provider whose options are given, not read from files: nothing is added, `%(name)s` is resolved among them.
 * `options` are option → text.
 */
export function providerFromTexts(
  options: ReadonlyMap<string, string> | Readonly<Record<string, string>>,
  section: string,
  profile: VersionProfile,
): ProviderSettings {
  const texts = options instanceof Map ? options : new Map(Object.entries(options));
  return new Provider(section, profile, profile.provider, new TableTexts(texts));
}

/**
 * How the version reads providers. From 10.3 to 11.6 the feature toggle `ssoSettingsApi` decides; a configuration may say
 * otherwise than the version does.
 */
export function providerReading(config: EffectiveConfig): ProviderReading {
  const { profile } = config;
  if (!profile.otherProvider) return profile.provider;
  const toggle = hasToggle(config, 'ssoSettingsApi');
  const strict = profile.provider.booleans === 'strict';
  return toggle === undefined || toggle !== strict ? profile.provider : profile.otherProvider;
}

/** The section Grafana's cloud login is read from: the old name counts where it alone is enabled. */
export function cloudSection(config: EffectiveConfig): string {
  if (readProvider(config, CLOUD_SECTION).enabled) return CLOUD_SECTION;
  if (readProvider(config, LEGACY_CLOUD_SECTION).enabled) return LEGACY_CLOUD_SECTION;
  return isWritten(config, CLOUD_ALIAS) && !isWritten(config, CLOUD_SECTION) ? CLOUD_ALIAS : CLOUD_SECTION;
}

export function isWritten(config: EffectiveConfig, section: string): boolean {
  for (const setting of config.settings(section)) if (setting.origin.origin !== 'default') return true;
  return false;
}

export function isCloudSection(section: string): boolean {
  return section === CLOUD_SECTION || section === LEGACY_CLOUD_SECTION || section === CLOUD_ALIAS;
}

class Provider implements ProviderSettings {
  readonly product: ProviderSettings['product'];
  readonly notCreated: NotCreated | undefined;
  #options: ReadonlyMap<string, string> | undefined;

  constructor(
    readonly section: string,
    readonly profile: VersionProfile,
    readonly reading: ProviderReading,
    private readonly texts: Texts,
  ) {
    this.product = isCloudSection(section) ? 'grafana-cloud' : 'grafana';
    this.notCreated = reading.booleans === 'strict' ? this.unreadableBoolean() : undefined;
  }

  get options(): ReadonlyMap<string, string> {
    if (!this.#options) {
      const options = new Map<string, string>();
      for (const key of this.texts.keys()) options.set(key, this.text(key));
      this.#options = options;
    }
    return this.#options;
  }

  get created(): boolean {
    return this.notCreated === undefined;
  }

  get enabled(): boolean {
    return this.created && this.flag('enabled');
  }

  setting(key: string): Setting | undefined {
    return this.texts.setting(key);
  }

  text(key: string): string {
    return (this.reading.interpolation ? this.texts.interpolated(key) : this.texts.raw(key)) ?? '';
  }

  flag(key: string, fallback = false): boolean {
    if (this.reading.booleans === 'strict') return readStrictBoolean(this.texts.raw(key) ?? '') ?? false;
    return readBoolean(this.texts.interpolated(key) ?? '') ?? fallback;
  }

  list(key: string): ListReading {
    return readList(this.text(key), this.reading.lists);
  }

  teamIds(): ListReading {
    return readTeamIds(this.text('team_ids'), this.reading);
  }

  private unreadableBoolean(): NotCreated | undefined {
    for (const option of PROVIDER_BOOLEANS) {
      const value = this.texts.raw(option);
      if (value === undefined || readStrictBoolean(value) !== undefined) continue;
      return {
        option,
        value,
        message: `Grafana ${this.profile.asked} does not create the provider: it cannot read ${option} = ${value}`,
        productMessage: 'Failed to create OAuthInfo for provider',
      };
    }
    return undefined;
  }
}

class TableTexts implements Texts {
  constructor(private readonly texts: ReadonlyMap<string, string>) {}

  raw(key: string): string | undefined {
    return this.texts.get(key);
  }

  interpolated(key: string): string | undefined {
    const text = this.texts.get(key);
    if (!text?.includes('%(')) return text;
    return interpolate(text, (name) => (name === key ? undefined : this.texts.get(name))).text;
  }

  setting(): undefined {
    return undefined;
  }

  keys(): Iterable<string> {
    return this.texts.keys();
  }
}

class SectionTexts implements Texts {
  constructor(
    private readonly config: EffectiveConfig,
    private readonly section: string,
    private readonly reading: ProviderReading,
  ) {}

  raw(key: string): string | undefined {
    return this.setting(key)?.value;
  }

  interpolated(key: string): string | undefined {
    return this.setting(key)?.interpolated;
  }

  setting(key: string): Setting | undefined {
    const { config, section, reading } = this;
    if (reading.environment.includes(key)) {
      const found = this.fromVariable(key, (text) => text);
      if (found) return found;
    }
    const own = config.get(section, key);
    if (own) return own;
    if (section === CLOUD_ALIAS) {
      const standard = config.defaultOf(CLOUD_SECTION, key);
      if (standard !== undefined)
        return (
          this.fromVariable(key, (text) => expandEnvironment(text, (name) => config.env[name] ?? '').text) ??
          this.view(new Cell(section, key, standard, 'default'))
        );
    }
    return reading.parents ? config.lookup(section, key) : undefined;
  }

  *keys(): Generator<string> {
    const { config, section } = this;
    const seen = new Set<string>();
    for (const one of config.settings(section)) seen.add(one.key);
    if (section === CLOUD_ALIAS) for (const one of config.defaults(CLOUD_SECTION)) seen.add(one.key);
    if (this.reading.parents)
      for (const parent of config.parentsOf(section)) for (const one of config.settings(parent)) seen.add(one.key);
    for (const key of this.reading.environment) if (this.setting(key)) seen.add(key);
    yield* seen;
  }

  private fromVariable(key: string, expand: (text: string) => string): Setting | undefined {
    const variable = envName(this.section, key);
    const text = this.config.env[variable];
    if (!text) return undefined;
    const cell = new Cell(this.section, key, expand(text), 'env');
    cell.variable = variable;
    return this.view(cell);
  }

  private view(cell: Cell): Setting {
    return new SettingView(cell, () => this.config.interpolate(this.section, cell.key, cell.value));
  }
}

/** What the resolution takes from other sections, as Grafana has it after reading; named as in recorded sessions. */
export interface ServerSettings {
  readonly auto_assign_org_role: string;
  readonly auto_assign_org: boolean;
  readonly auto_assign_org_id: number;
  readonly oauth_skip_org_role_update_sync: boolean;
  readonly grafana_com_url: string;
}

export function readServer(config: EffectiveConfig): ServerSettings {
  const text = (section: string, key: string) => config.lookup(section, key)?.interpolated ?? '';
  const role = text('users', 'auto_assign_org_role');
  const { values, fallback } = config.profile.assignedRole;
  return {
    auto_assign_org_role: values.includes(role) ? role : fallback,
    auto_assign_org: readBoolean(text('users', 'auto_assign_org')) ?? true,
    auto_assign_org_id: readInteger(text('users', 'auto_assign_org_id')) ?? 1,
    oauth_skip_org_role_update_sync: readBoolean(text('auth', 'oauth_skip_org_role_update_sync')) ?? false,
    grafana_com_url: text('grafana_com', 'url') || text('grafana_net', 'url') || 'https://grafana.com',
  };
}
