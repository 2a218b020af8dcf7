/**
 * The options a login depends on, read from texts as the version reads them. Where they come from (a configuration, an
 * envelope's `settings`, flags) is hidden behind `OptionTexts`.
 */
import { readBoolean, readInteger, readList, readStrictBoolean, readTeamIds } from '../settings/read.js';
import type { VersionProfile } from '../settings/versions.js';

/** What stands under a key: as it is, and with `%(name)s` applied. Undefined where nothing does. */
export type OptionTexts = (key: string) => { readonly value: string; readonly interpolated: string } | undefined;

export interface ListOption {
  readonly items: readonly string[];
  /** Why a text that is meant as a JSON list is none; Grafana goes on with an empty list. */
  readonly error?: string;
}

/** Paths, texts, lists and booleans of a provider, after reading. */
export interface ProviderOptions {
  /** As configured; empty where unset. */
  text(key: string): string;
  list(key: string): ListOption;
  flag(key: string): boolean;
  /** 10.3 to 11.0: the booleans its decoder does not know; the provider is then not created. */
  readonly unreadable: readonly { readonly key: string; readonly value: string }[];
}

/** The booleans of a provider's section that the decoder of 10.3 to 11.0 reads; one it does not know stops the provider. */
const DECODED_BOOLEANS = [
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

/** Reads the options of one provider; cheap to ask again. */
export function readProviderOptions(texts: OptionTexts, profile: VersionProfile): ProviderOptions {
  const { provider } = profile;
  const text = (key: string): string => {
    const found = texts(key);
    return found === undefined ? '' : provider.interpolation ? found.interpolated : found.value;
  };
  return {
    text,
    list: (key) => (key === 'team_ids' ? readTeamIds(text(key), provider) : readList(text(key), provider.lists)),
    flag: (key) => {
      const found = texts(key);
      if (found === undefined) return false;
      const value = provider.booleans === 'strict' ? readStrictBoolean(found.value) : readBoolean(found.interpolated);
      return value ?? false;
    },
    unreadable:
      provider.booleans === 'strict'
        ? DECODED_BOOLEANS.flatMap((key) => {
            const value = texts(key)?.value;
            return value === undefined || readStrictBoolean(value) !== undefined ? [] : [{ key, value }];
          })
        : [],
  };
}

/** What a login needs from the rest of the configuration. */
export interface ServerOptions {
  readonly autoAssignOrg: boolean;
  readonly autoAssignOrgId: number;
  /** As it stands after reading; perhaps empty. */
  readonly autoAssignOrgRole: string;
  readonly skipOrgRoleUpdateSync: boolean;
  /** Whether e-mail addresses identify people (`[auth] oauth_allow_insecure_email_lookup`); undefined where nobody said. */
  readonly insecureEmailLookup: boolean | undefined;
  readonly grafanaComUrl: string;
}

export const DEFAULT_SERVER: ServerOptions = {
  autoAssignOrg: true,
  autoAssignOrgId: 1,
  autoAssignOrgRole: 'Viewer',
  skipOrgRoleUpdateSync: false,
  insecureEmailLookup: undefined,
  grafanaComUrl: 'https://grafana.com',
};

/** `lookup`: text of a key of a section, `%(name)s` applied. */
export function readServerOptions(
  lookup: (section: string, key: string) => string | undefined,
  profile: VersionProfile,
): ServerOptions {
  const role = lookup('users', 'auto_assign_org_role');
  const { values, fallback } = profile.assignedRole;
  return {
    autoAssignOrg: readBoolean(lookup('users', 'auto_assign_org') ?? '') ?? true,
    autoAssignOrgId: readInteger(lookup('users', 'auto_assign_org_id') ?? '') ?? 1,
    autoAssignOrgRole: role !== undefined && values.includes(role) ? role : fallback,
    skipOrgRoleUpdateSync: readBoolean(lookup('auth', 'oauth_skip_org_role_update_sync') ?? '') ?? false,
    insecureEmailLookup: readBoolean(lookup('auth', 'oauth_allow_insecure_email_lookup') ?? '') ?? false,
    grafanaComUrl: lookup('grafana_net', 'url') || lookup('grafana_com', 'url') || DEFAULT_SERVER.grafanaComUrl,
  };
}

/** An envelope's `server` (values as Grafana has them after reading) over what is known already. */
export function overrideServer(
  base: ServerOptions,
  server: Readonly<Record<string, unknown>> | undefined,
): ServerOptions {
  if (server === undefined) return base;
  // a text stands for what Grafana would read from it
  const flag = (key: string, fallback: boolean): boolean => {
    const value = server[key];
    return typeof value === 'boolean' ? value : (readBoolean(String(value)) ?? fallback);
  };
  const text = (key: string, fallback: string): string => {
    const value = server[key];
    return typeof value === 'string' ? value : fallback;
  };
  const emailLookup = server['oauth_allow_insecure_email_lookup'];
  return {
    autoAssignOrg: flag('auto_assign_org', base.autoAssignOrg),
    autoAssignOrgId: readInteger(String(server['auto_assign_org_id'])) ?? base.autoAssignOrgId,
    autoAssignOrgRole: text('auto_assign_org_role', base.autoAssignOrgRole),
    skipOrgRoleUpdateSync: flag('oauth_skip_org_role_update_sync', base.skipOrgRoleUpdateSync),
    insecureEmailLookup:
      emailLookup === undefined ? base.insecureEmailLookup : flag('oauth_allow_insecure_email_lookup', false),
    grafanaComUrl: text('grafana_com_url', base.grafanaComUrl),
  };
}

/** The organization a login falls back to: `auto_assign_org_id` where `auto_assign_org` is on and the id positive, else 1. */
export function homeOrg(server: ServerOptions): string {
  return server.autoAssignOrg && server.autoAssignOrgId > 0 ? String(server.autoAssignOrgId) : '1';
}
