/** A configuration seen differently: with some options replaced, or as another version reads it. */
import { type ProviderSettings, providerFromTexts } from '../settings/provider.js';
import type { EffectiveConfig } from '../settings/types.js';
import type { VersionProfile } from '../settings/versions.js';

/** The provider with some options given as flags; everything else stays. */
export function withFlags(base: ProviderSettings, flags: Readonly<Record<string, string>>): ProviderSettings {
  const given = providerFromTexts(new Map(Object.entries(flags)), base.section, base.profile);
  const pick = (key: string): ProviderSettings => (Object.hasOwn(flags, key) ? given : base);
  const notCreated =
    given.notCreated ?? (base.notCreated && Object.hasOwn(flags, base.notCreated.option) ? undefined : base.notCreated);
  return {
    section: base.section,
    product: base.product,
    profile: base.profile,
    reading: base.reading,
    get options() {
      return new Map([...base.options, ...given.options]);
    },
    created: notCreated === undefined,
    notCreated,
    get enabled() {
      return notCreated === undefined && pick('enabled').flag('enabled');
    },
    setting: (key) => pick(key).setting(key),
    text: (key) => pick(key).text(key),
    flag: (key, fallback) => pick(key).flag(key, fallback),
    list: (key) => pick(key).list(key),
    teamIds: () => pick('team_ids').teamIds(),
  };
}

/** The same texts read as another version does. The defaults stay those the configuration was loaded with. */
export function withVersion(config: EffectiveConfig, profile: VersionProfile): EffectiveConfig {
  return new Proxy(config, {
    get(target, key) {
      if (key === 'profile') return profile;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
