import { createHash, randomBytes } from 'node:crypto';
import { type AutoLoginOptions, autoLogin, type DemoIdp } from '../../src/demo-idp/index.js';

export const REDIRECT = 'http://localhost:3000/login/generic_oauth';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into, not typed
  readonly json: any;
}

export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    text,
    headers: response.headers,
    json,
  };
}

export const verifier = randomBytes(96).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');

/** What Grafana would send the browser to. */
export function authorizationUrl(
  idp: DemoIdp,
  extra: Record<string, string> = {},
  settings: { readonly scopes?: string; readonly pkce?: boolean } = {},
): string {
  const url = new URL(idp.endpoints.authorize);
  const scope = settings.scopes ?? idp.preset.settings['scopes'] ?? '';
  const parameters: Record<string, string> = {
    client_id: idp.clientId,
    redirect_uri: REDIRECT,
    response_type: 'code',
    state: 'st4te-st4te',
    ...(scope === '' ? {} : { scope }),
    ...(settings.pkce === false ? {} : { code_challenge: challenge, code_challenge_method: 'S256' }),
    ...extra,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

export const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
});

export function exchange(
  idp: DemoIdp,
  code: string,
  style: 'header' | 'params' = 'header',
  secret = idp.clientSecret,
  more: Record<string, string> = { code_verifier: verifier },
): Promise<Answer> {
  const form = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT, ...more });
  if (style === 'params') {
    form.set('client_id', idp.clientId);
    form.set('client_secret', secret);
  }
  return ask(idp.endpoints.token, {
    method: 'POST',
    body: form,
    headers: style === 'header' ? basic(idp.clientId, secret) : {},
  });
}

export async function codeFor(
  idp: DemoIdp,
  user: string | undefined,
  extra?: Record<string, string>,
  options?: AutoLoginOptions,
): Promise<string> {
  const end = new URL(await autoLogin(authorizationUrl(idp, extra), user, options));
  return end.searchParams.get('code') ?? `no code: ${end.search}`;
}

/** A whole login: the token answer and UserInfo. */
export async function login(idp: DemoIdp, user: string, style?: 'header' | 'params') {
  const token = await exchange(idp, await codeFor(idp, user), style);
  const userinfo = await ask(idp.endpoints.userinfo, {
    headers: { authorization: `Bearer ${token.json?.access_token}` },
  });
  return { token, userinfo };
}
