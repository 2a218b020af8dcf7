/** Judgements that several entries share. */
import type { CauseVerdict, WhyConfig } from './types.js';

type Decide = (config: WhyConfig, found: Readonly<Record<string, string>>) => CauseVerdict | undefined;

const holds = (because: string, option?: string): CauseVerdict => ({
  verdict: 'holds',
  because,
  ...(option === undefined ? {} : { option }),
});
const unlikely = (because: string, option?: string): CauseVerdict => ({
  verdict: 'unlikely',
  because,
  ...(option === undefined ? {} : { option }),
});

/** The option has no value. */
export const unset =
  (option: string): Decide =>
  (config) =>
    config.text(option) === '' ? holds(`${option} is not set`) : unlikely(`${option} is set`, option);

export const isSet =
  (option: string): Decide =>
  (config) =>
    config.text(option) === '' ? unlikely(`${option} is not set`) : holds(`${option} is set`, option);

export const isOn =
  (option: string): Decide =>
  (config) =>
    config.flag(option) ? holds(`${option} is on`, option) : unlikely(`${option} is off`, option);

export const isOff =
  (option: string): Decide =>
  (config) =>
    config.flag(option) ? unlikely(`${option} is on`, option) : holds(`${option} is off`, option);

/** An address that the server itself cannot mean: in a container this is the container. */
export const onLoopback =
  (...options: readonly string[]): Decide =>
  (config) => {
    const option = options.find((name) =>
      /^https?:\/\/(?:localhost|127\.|\[::1\]|[^/]*\.localhost)/i.test(config.text(name)),
    );
    return option === undefined ? undefined : holds(`${option} names this machine`, option);
  };

export const scopes = ({ text }: WhyConfig): readonly string[] =>
  text('scopes')
    .split(/[\s,]+/)
    .filter((one) => one !== '');

export const lacksScope =
  (scope: string): Decide =>
  (config) =>
    config.section !== 'auth.generic_oauth'
      ? undefined
      : scopes(config).includes(scope)
        ? unlikely(`scopes has ${scope}`, 'scopes')
        : holds(`scopes has no "${scope}"`, 'scopes');

/** The secret of the client looks cut or decorated. */
export const oddSecret: Decide = (config) => {
  const secret = config.text('client_secret');
  if (secret === '') return holds('client_secret is not set', 'client_secret');
  if (/^["'`]|["'`]$/.test(secret))
    return holds('client_secret has a quote at one end: the rest was cut off behind # or ;', 'client_secret');
  if (/^\$__\w+\{|^\$\{/.test(secret))
    return holds('client_secret is a reference that is not filled in', 'client_secret');
  if (secret !== secret.trim()) return holds('client_secret begins or ends with a blank', 'client_secret');
  if (secret.length < 8) return holds('client_secret is very short: perhaps cut off behind # or ;', 'client_secret');
  return undefined;
};

export const rootUrlIsDefault: Decide = (config) => {
  const url = config.server('server', 'root_url');
  if (url === '') return undefined;
  if (/localhost|127\.0\.0\.1/.test(config.redirectUri ?? url))
    return holds(`the redirect URI is ${config.redirectUri}`, 'server.root_url');
  return undefined;
};

/** What is sent, for comparison with what is registered. */
export const redirectSent: Decide = (config) =>
  config.redirectUri === undefined
    ? undefined
    : {
        verdict: 'holds',
        because: `compare with the one registered: ${config.redirectUri}`,
        option: 'server.root_url',
      };

export const insecureRoot: Decide = (config) => {
  const uri = config.redirectUri;
  if (uri === undefined) return undefined;
  return /^http:\/\/(?!localhost|127\.|\[::1\])/.test(uri)
    ? holds(`the redirect URI is ${uri}, without https`, 'server.root_url')
    : unlikely(`the redirect URI is ${uri}`);
};

export const sameSiteStrict: Decide = (config) => {
  const value = config.server('security', 'cookie_samesite').toLowerCase();
  return value === 'strict'
    ? holds('cookie_samesite is strict', 'security.cookie_samesite')
    : unlikely(`cookie_samesite is ${value || 'lax'}`);
};

export const secureOverHttp: Decide = (config) => {
  const secure = /^(?:1|t|true|yes|y|on)$/i.test(config.server('security', 'cookie_secure'));
  if (!secure) return unlikely('cookie_secure is off');
  return /^http:/.test(config.server('server', 'root_url'))
    ? holds('cookie_secure is on and root_url is http', 'security.cookie_secure')
    : undefined;
};

export const sameSiteNone: Decide = (config) => {
  if (config.server('security', 'cookie_samesite').toLowerCase() !== 'none')
    return unlikely('cookie_samesite is not none');
  return /^(?:1|t|true|yes|y|on)$/i.test(config.server('security', 'cookie_secure'))
    ? unlikely('cookie_secure is on')
    : holds('cookie_samesite is none and cookie_secure is off', 'security.cookie_samesite');
};

export const autoDetect: Decide = (config) => {
  if (config.section !== 'auth.generic_oauth') return undefined;
  const style = config.text('auth_style').toLowerCase();
  return style === 'inheader' || style === 'inparams'
    ? unlikely(`auth_style is ${config.text('auth_style')}`, 'auth_style')
    : holds('auth_style is AutoDetect', 'auth_style');
};

export const serverFlag =
  (section: string, key: string, expected: boolean): Decide =>
  (config) => {
    const on = /^(?:1|t|true|yes|y|on)$/i.test(config.server(section, key));
    return on === expected
      ? holds(`${key} of [${section}] is ${on ? 'on' : 'off'}`, `${section}.${key}`)
      : unlikely(`${key} of [${section}] is ${on ? 'on' : 'off'}`);
  };

/** An expression that may be what failed. */
export const expressionHas =
  (pattern: RegExp, because: string, ...options: readonly string[]): Decide =>
  (config) => {
    const option = options.find((name) => pattern.test(config.text(name)));
    return option === undefined ? undefined : holds(`${option} ${because}`, option);
  };

export const EXPRESSIONS = [
  'role_attribute_path',
  'groups_attribute_path',
  'org_attribute_path',
  'email_attribute_path',
  'login_attribute_path',
  'name_attribute_path',
  'team_ids_attribute_path',
] as const;
