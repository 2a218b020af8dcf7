/** What a login needs from the rest of the configuration, as Grafana has it after reading. */
import type { ServerSettings } from '../settings/provider.js';
import { readBoolean, readInteger } from '../settings/read.js';
import type { EffectiveConfig } from '../settings/types.js';

export interface LoginServer extends ServerSettings {
  /** E-mail addresses identify people; undefined where nobody said. */
  readonly oauth_allow_insecure_email_lookup: boolean | undefined;
}

/** Where nothing is said about the server: what Grafana has without any configuration. */
export const DEFAULT_SERVER: LoginServer = {
  auto_assign_org: true,
  auto_assign_org_id: 1,
  auto_assign_org_role: 'Viewer',
  oauth_skip_org_role_update_sync: false,
  grafana_com_url: 'https://grafana.com',
  oauth_allow_insecure_email_lookup: undefined,
};

export function emailLookup(config: EffectiveConfig): boolean {
  return readBoolean(config.lookup('auth', 'oauth_allow_insecure_email_lookup')?.interpolated ?? '') ?? false;
}

/** An envelope's `server` over what is known already; a text stands for what Grafana would read from it. */
export function overrideServer(base: LoginServer, server: Readonly<Record<string, unknown>> | undefined): LoginServer {
  if (server === undefined) return base;
  const flag = <T>(key: keyof LoginServer, fallback: T): boolean | T => {
    const value = server[key];
    return typeof value === 'boolean' ? value : (readBoolean(String(value)) ?? fallback);
  };
  const text = (key: keyof LoginServer, fallback: string): string => {
    const value = server[key];
    return typeof value === 'string' ? value : fallback;
  };
  return {
    auto_assign_org: flag('auto_assign_org', base.auto_assign_org),
    auto_assign_org_id: readInteger(String(server['auto_assign_org_id'])) ?? base.auto_assign_org_id,
    auto_assign_org_role: text('auto_assign_org_role', base.auto_assign_org_role),
    oauth_skip_org_role_update_sync: flag('oauth_skip_org_role_update_sync', base.oauth_skip_org_role_update_sync),
    oauth_allow_insecure_email_lookup: flag(
      'oauth_allow_insecure_email_lookup',
      base.oauth_allow_insecure_email_lookup,
    ),
    grafana_com_url: text('grafana_com_url', base.grafana_com_url),
  };
}

/** The organization a login falls back to: `auto_assign_org_id` where `auto_assign_org` is on and the id positive, else 1. */
export function homeOrg(server: LoginServer): string {
  return server.auto_assign_org && server.auto_assign_org_id > 0 ? String(server.auto_assign_org_id) : '1';
}
