/**
 * The OAuth client a Grafana configuration describes: endpoints, credentials, scopes, PKCE, TLS files, the redirect URI, and the
 * further parameters its version sends. Source: the product study, sections on requests, TLS and the grafana.com connector.
 */
import { UsageError } from '../errors.js';
import type { Host } from '../host.js';
import { type ProviderSettings, readServer } from '../settings/provider.js';
import type { EffectiveConfig, Setting } from '../settings/types.js';
import { type AuthStyle, type ClientTls, type OAuthClient, redirectUri } from './authorize.js';
import type { Return } from './code-flow.js';
import type { LoginFlags } from './report.js';

export interface GrafanaClient {
  readonly client: OAuthClient;
  readonly back: Return;
  /** Worth telling before the login: what differs from what Grafana itself will send. */
  readonly notes: readonly string[];
  /** To be shouted. */
  readonly warnings: readonly string[];
  /** The redirect URI Grafana sends in production. */
  readonly grafanaRedirectUri: string;
}

/** Names of the callback path, by section. */
function callbackName(provider: ProviderSettings): string {
  return provider.product === 'grafana-cloud' ? 'grafana_com' : 'generic_oauth';
}

export async function grafanaClient(
  config: EffectiveConfig,
  provider: ProviderSettings,
  host: Host,
  flags: LoginFlags,
  paste: () => Promise<string>,
): Promise<GrafanaClient> {
  const cloud = provider.product === 'grafana-cloud';
  const notes: string[] = [];
  const warnings: string[] = [];
  const base = cloud ? readServer(config).grafana_com_url : '';
  const authUrl = cloud ? `${base}/oauth2/authorize` : provider.text('auth_url');
  const tokenUrl = cloud ? `${base}/api/oauth2/token` : provider.text('token_url');
  for (const [option, url] of [
    ['auth_url', authUrl],
    ['token_url', tokenUrl],
  ] as const) {
    if (!/^https?:\/\/[^/]+/i.test(url) || !URL.canParse(url)) {
      throw new UsageError(
        `[${provider.section}] ${option} is ${url === '' ? 'not set' : 'no http(s) address'}; there is nothing to log in at`,
        { hint: `set ${option}, then auth-cli validate tells what else is missing` },
      );
    }
  }
  if (!provider.created) notes.push(`Grafana would not create this provider: ${provider.notCreated?.message}`);
  else if (!provider.enabled) notes.push(`enabled is not true: Grafana shows no button for [${provider.section}]`);

  const tls = await readTls(provider, host);
  if (tls.skipVerify) {
    warnings.push(
      'tls_skip_verify_insecure = true: nobody checks whose server this is; tokens may go to anyone on the way',
    );
  }
  const target = returnTarget(config, callbackName(provider), flags, paste, notes);
  return {
    client: {
      section: provider.section,
      clientId: provider.text('client_id'),
      clientSecret: provider.text('client_secret'),
      authUrl,
      tokenUrl,
      scopes: provider.flag('empty_scopes') ? [] : provider.list('scopes').items,
      usePkce: provider.flag('use_pkce'),
      authStyle: cloud ? 'InHeader' : authStyle(provider.text('auth_style')),
      redirectUri: target.redirectUri,
      extra: extraParameters(config, provider),
      idTokenAttributeName: provider.text('id_token_attribute_name') || 'id_token',
      tls,
    },
    back: target.back,
    notes,
    warnings,
    grafanaRedirectUri: redirectUri(rootUrl(config), callbackName(provider)),
  };
}

/** Compared without case; anything unknown is AutoDetect. */
function authStyle(text: string): AuthStyle {
  const known: readonly AuthStyle[] = ['InHeader', 'InParams'];
  return known.find((style) => style.toLowerCase() === text.toLowerCase()) ?? 'AutoDetect';
}

function extraParameters(config: EffectiveConfig, provider: ProviderSettings): Record<string, string> {
  const extra: Record<string, string> = {};
  const hosted = provider.text('hosted_domain');
  if (hosted !== '') extra['hd'] = hosted;
  const { order } = config.profile;
  // login_prompt: Grafana 12.2 and later (estimated from the change that brought it).
  const prompt = provider.text('login_prompt');
  if (prompt !== '' && order >= 12_002) extra['prompt'] = prompt;
  // Through 10.2 the feature toggle of the time made the generic connector ask for offline access.
  if (order < 10_003 && featureToggles(config).includes('accessTokenExpirationCheck')) extra['access_type'] = 'offline';
  return extra;
}

function featureToggles(config: EffectiveConfig): readonly string[] {
  return (config.get('feature_toggles', 'enable')?.value ?? '').split(/[\s,]+/);
}

function rootUrl(config: EffectiveConfig): string {
  return config.get('server', 'root_url')?.interpolated || 'http://localhost:3000/';
}

async function readTls(provider: ProviderSettings, host: Host): Promise<ClientTls> {
  const read = async (option: string): Promise<string | undefined> => {
    const path = provider.text(option);
    if (path === '') return undefined;
    try {
      return new TextDecoder().decode(await host.readFile(path));
    } catch (cause) {
      throw new UsageError(`cannot read ${option} of [${provider.section}]: ${path}`, {
        because: cause instanceof Error ? cause.message : String(cause),
        hint: 'the path is that of the machine Grafana runs on; copy the file here, or unset the option for a try',
        cause,
      });
    }
  };
  const ca = await read('tls_client_ca');
  const cert = await read('tls_client_cert');
  const key = await read('tls_client_key');
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(provider.flag('tls_skip_verify_insecure') ? { skipVerify: true } : {}),
  };
}

interface Target {
  readonly redirectUri: string;
  readonly back: Return;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Where the browser comes back to: `--redirect-uri`, else Grafana's own address where that is loopback (or is pasted), else a
 * loopback address of our own.
 */
function returnTarget(
  config: EffectiveConfig,
  name: string,
  flags: LoginFlags,
  paste: () => Promise<string>,
  notes: string[],
): Target {
  const own = redirectUri(rootUrl(config), name);
  const wanted = flags.redirectUri ?? own;
  if (!URL.canParse(wanted)) {
    throw new UsageError(`the redirect URI ${JSON.stringify(wanted)} is no address`, {
      hint:
        flags.redirectUri === undefined
          ? 'correct [server] root_url'
          : 'pass a whole address, https://host/login/generic_oauth',
    });
  }
  if (flags.paste) return { redirectUri: wanted, back: { kind: 'paste', read: paste } };
  const url = new URL(wanted);
  const loopback = LOOPBACK.has(url.hostname) && url.protocol === 'http:';
  if (flags.redirectUri !== undefined && !loopback) {
    throw new UsageError(`nothing here can answer at ${wanted}`, {
      because: 'it is no http address of this machine',
      hint: 'add --paste: log in, then paste the address the browser ended on',
    });
  }
  if (loopback) {
    const port = flags.port ?? (url.port === '' ? 80 : Number(url.port));
    const redirect = flags.port === undefined ? wanted : replacePort(wanted, flags.port);
    return { redirectUri: redirect, back: { kind: 'loopback', hostname: url.hostname, port, path: url.pathname } };
  }
  const path = `/login/${name}`;
  const port = flags.port ?? 0;
  notes.push(
    `Grafana itself comes back to ${own}; here the redirect URI is on this machine and must be registered at the provider, too`,
  );
  return {
    redirectUri: `http://127.0.0.1:${port}${path}`,
    back: { kind: 'loopback', hostname: '127.0.0.1', port, path },
  };
}

function replacePort(address: string, port: number): string {
  return address.replace(/^(http:\/\/(?:\[[^\]]*\]|[^/:]*))(?::\d+)?/i, `$1:${port}`);
}

/** `grafana.ini:8`, for pointing at the option behind a failure. */
export function placeOfSetting(setting: Setting | undefined): string | undefined {
  if (setting === undefined) return undefined;
  const { origin } = setting;
  if (origin.origin === 'env') return `environment ${origin.variable}`;
  if (origin.origin === 'default') return 'default';
  return `${origin.path}:${origin.range?.start.line}`;
}
