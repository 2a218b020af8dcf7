/** `[feature_toggles]`: a list of names under `enable`, and one key a toggle, which wins. */
import { readList, readStrictBoolean } from './read.js';
import type { EffectiveConfig } from './types.js';

/** Undefined where the configuration says nothing about the toggle. */
export function hasToggle(config: EffectiveConfig, name: string): boolean | undefined {
  const own = config.get('feature_toggles', name);
  if (own) return readStrictBoolean(own.value);
  const list = config.get('feature_toggles', 'enable')?.interpolated ?? '';
  return readList(list, config.profile.provider.lists).items.includes(name) ? true : undefined;
}
