/** The providers `--as` knows. */
import { GENERIC_OAUTH2, GENERIC_OIDC } from './generic.js';
import type { DemoPreset } from './types.js';

export type { DemoPreset, DemoVariant, Facts } from './types.js';

export const PRESETS: readonly DemoPreset[] = [GENERIC_OIDC, GENERIC_OAUTH2];

export const DEFAULT_PRESET = GENERIC_OIDC.id;

/** Every name `--as` takes: ids, and `id:variant`. */
export function presetNames(): string[] {
  return PRESETS.flatMap((preset) => [
    preset.id,
    ...Object.keys(preset.variants ?? {}).map((name) => `${preset.id}:${name}`),
  ]);
}

/** The preset of a name (`okta`, `keycloak:mapper`); undefined where there is none. */
export function findPreset(name: string): DemoPreset | undefined {
  const [id, variant] = name.split(':');
  const preset = PRESETS.find((candidate) => candidate.id === id);
  if (!preset || variant === undefined) return preset;
  const change = preset.variants?.[variant];
  return change && { ...preset, ...change, id: name };
}
