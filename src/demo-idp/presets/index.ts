/** The providers `--as` knows. */
import { AUTH0, COGNITO, GOOGLE } from './cloud.js';
import { CYBERARK, JUMPCLOUD, ONELOGIN, PINGFEDERATE, PINGONE, WSO2 } from './enterprise.js';
import { GENERIC_OAUTH2, GENERIC_OIDC } from './generic.js';
import { BITBUCKET, GITHUB, GITLAB } from './git-hosts.js';
import { AUTHELIA, AUTHENTIK, DEX, POCKET_ID } from './home-labs.js';
import { KEYCLOAK, REDHAT_SSO } from './keycloak.js';
import { ADFS, ENTRA } from './microsoft.js';
import { OKTA, OKTA_CUSTOM } from './okta.js';
import { HYDRA, KANIDM, LEMONLDAP, OPENSHIFT } from './self-hosted.js';
import { SALESFORCE, SIMPLELOGIN, ZITADEL } from './services.js';
import type { DemoPreset } from './types.js';

export type { DemoPreset, DemoVariant, Facts } from './types.js';

export const PRESETS: readonly DemoPreset[] = [
  GENERIC_OIDC,
  KEYCLOAK,
  ENTRA,
  OKTA,
  OKTA_CUSTOM,
  AUTHENTIK,
  GOOGLE,
  AUTH0,
  GITLAB,
  COGNITO,
  AUTHELIA,
  DEX,
  GITHUB,
  ZITADEL,
  ADFS,
  ONELOGIN,
  POCKET_ID,
  REDHAT_SSO,
  PINGONE,
  PINGFEDERATE,
  JUMPCLOUD,
  OPENSHIFT,
  HYDRA,
  BITBUCKET,
  KANIDM,
  CYBERARK,
  WSO2,
  SALESFORCE,
  LEMONLDAP,
  SIMPLELOGIN,
  GENERIC_OAUTH2,
];

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
