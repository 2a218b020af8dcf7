/** Addresses of a running demo provider and the Grafana configuration that goes with them. */
import type { DemoPreset } from './presets/types.js';

export interface DemoEndpoints {
  readonly issuer: string;
  readonly authorize: string;
  readonly token: string;
  readonly userinfo: string;
  readonly emails: string;
  readonly teams: string;
  readonly orgs: string;
  readonly jwks: string | undefined;
  readonly endSession: string | undefined;
  readonly discovery: string | undefined;
}

const WELL_KNOWN = /\/\.well-known\/(?:openid-configuration|oauth-authorization-server)$/;

export function endpointsOf(preset: DemoPreset, origin: string): DemoEndpoints {
  const { paths } = preset;
  const at = (path: string | undefined) => (path === undefined ? undefined : origin + path);
  return {
    issuer: origin + (preset.issuerPath ?? paths.discovery?.replace(WELL_KNOWN, '') ?? ''),
    authorize: origin + paths.authorize,
    token: origin + paths.token,
    userinfo: origin + paths.userinfo,
    emails: `${origin}${paths.userinfo}/emails`,
    teams: `${origin}${paths.userinfo}/teams`,
    orgs: `${origin}${paths.userinfo}/orgs`,
    jwks: at(paths.jwks),
    endSession: at(paths.endSession),
    discovery: at(paths.discovery),
  };
}

export interface ConfigIniOptions {
  readonly preset: DemoPreset;
  readonly endpoints: DemoEndpoints;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Address of Grafana in the browser. */
  readonly rootUrl?: string;
  /** File the CA was written to, where the provider speaks TLS with its own CA. */
  readonly caFile?: string;
}

/** A grafana.ini with everything needed to log in at the demo provider. `{origin}` and `{grafana}` in preset settings are filled in. */
export function configIni(options: ConfigIniOptions): string {
  const { preset, endpoints } = options;
  const origin = new URL(endpoints.token).origin;
  const rootUrl = options.rootUrl ?? 'http://localhost:3000/';
  const grafana = encodeURIComponent(rootUrl.replace(/\/$/, ''));
  const settings: Record<string, string | undefined> = {
    enabled: 'true',
    name: 'Demo provider',
    allow_sign_up: 'true',
    client_id: options.clientId,
    client_secret: options.clientSecret,
    auth_url: endpoints.authorize,
    token_url: endpoints.token,
    api_url: endpoints.userinfo,
    tls_client_ca: options.caFile,
    ...preset.settings,
  };
  const lines = Object.entries(settings)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([key, value]) => `${key} = ${value.replaceAll('{origin}', origin).replaceAll('{grafana}', grafana)}`);
  return ['[server]', `root_url = ${rootUrl}`, '', '[auth.generic_oauth]', ...lines, ''].join('\n');
}
