/** Two configurations of one version, key by key, and configurations between them. */
import { Config } from './config.js';
import type { EffectiveConfig, Setting } from './types.js';

/** A key that two configurations have differently; undefined on the side that has none. */
export interface ConfigDifference {
  readonly section: string;
  readonly key: string;
  readonly before: Setting | undefined;
  readonly after: Setting | undefined;
}

/** What differs, by section and key in the order of the second configuration, then what only the first has. */
export function configDifferences(before: EffectiveConfig, after: EffectiveConfig): readonly ConfigDifference[] {
  const found: ConfigDifference[] = [];
  for (const section of new Set([...after.sectionNames(), ...before.sectionNames()])) {
    const keys = new Set<string>();
    for (const config of [after, before]) for (const { key } of config.settings(section)) keys.add(key);
    for (const key of keys) {
      const [old, now] = [before.get(section, key), after.get(section, key)];
      if (old?.value !== now?.value) found.push({ section, key, before: old, after: now });
    }
  }
  return found;
}

/** `before` with the keys named as `after` has them. Both are of one version. */
export function mixedConfig(
  before: EffectiveConfig,
  after: EffectiveConfig,
  keys: readonly { readonly section: string; readonly key: string }[],
): EffectiveConfig {
  if (!(before instanceof Config && after instanceof Config))
    throw new TypeError('only loaded configurations can be mixed');
  return keys.length === 0 ? before : before.withKeysOf(after, keys);
}
