/** The authorization endpoint: the checks of the imitated provider, then over to the OpenID provider behind it. */
import { type Context, type Exchange, has, isLoopback, oauthError, redirect, sendHtml } from './context.js';
import { errorPage } from './pages.js';
import { ASKED_OFFLINE, ASKED_SCOPE } from './provider.js';

/** Path and query to hand on; undefined where the request has been answered here. */
export function checkAuthorization(context: Context, { url, request, response, form }: Exchange): string | undefined {
  const { preset } = context;
  const asked = request.method === 'POST' ? form : url.searchParams;
  const target = asked.get('redirect_uri') ?? '';
  const refuse = (text: string) => {
    sendHtml(response, 400, errorPage('The request was refused', text));
    return undefined;
  };
  if (asked.get('client_id') !== context.clientId) return refuse('invalid_client: no such client_id');
  if (!redirectAllowed(context, target)) {
    return refuse(preset.errors.redirect ?? `invalid_redirect_uri: ${target || '(none)'} is not registered`);
  }
  const back = (problem: { error: string; error_description?: string }) => {
    const location = new URL(target);
    for (const [name, value] of Object.entries(problem)) location.searchParams.set(name, value);
    const state = asked.get('state');
    if (state !== null) location.searchParams.set('state', state);
    redirect(response, location.href);
    return undefined;
  };

  if (has(context, 'access-denied')) {
    return back({ error: 'access_denied', error_description: 'The resource owner denied the request.' });
  }
  const shortest = preset.minStateLength ?? 0;
  if ((asked.get('state') ?? '').length < shortest) {
    return back({ error: 'invalid_state', error_description: `state must have at least ${shortest} characters` });
  }
  const scopes = (asked.get('scope') ?? '').split(' ').filter(Boolean);
  // Scopes of the Grafana Cloud login, at its own address.
  const known = url.pathname === '/oauth2/authorize' ? [...preset.scopes, 'user:email'] : preset.scopes;
  const unknown = scopes.filter((scope) => !known.includes(scope));
  if (preset.unknownScopes === 'refuse' && unknown.length > 0) {
    const text = preset.errors.scope?.replace('{scope}', unknown[0] ?? '').replace('{asked}', scopes.join(' '));
    return back(oauthError(text, 'invalid_scope', `unknown scope: ${unknown.join(' ')}`));
  }
  if (preset.pkce === 'required' && !asked.has('code_challenge')) {
    return back(oauthError(withCode(preset.errors.pkce), 'invalid_request', 'code_challenge is required'));
  }
  if (has(context, 'nonce-required') && !asked.has('nonce')) {
    return back({ error: 'invalid_request', error_description: 'nonce is required' });
  }

  const inner = new URLSearchParams(asked);
  if (preset.pkce === 'ignored') {
    inner.delete('code_challenge');
    inner.delete('code_challenge_method');
  }
  const offline = asked.get('access_type') === 'offline';
  inner.set(ASKED_SCOPE, scopes.join(' '));
  if (offline) inner.set(ASKED_OFFLINE, 'true');
  inner.delete('access_type');
  inner.set('scope', context.inner.innerScope);
  return `${preset.paths.authorize}?${inner}`;
}

/** A text without an error code is a description of invalid_request. */
function withCode(text: string | undefined): string | undefined {
  return text === undefined || /^[a-z_]+: /.test(text) || /^[a-z_]+$/.test(text) ? text : `invalid_request: ${text}`;
}

function redirectAllowed(context: Context, target: string): boolean {
  if (!URL.canParse(target) || new URL(target).hash !== '') return false;
  const registered = context.redirectUris;
  if (registered === undefined) return isLoopback(target);
  switch (context.preset.redirectMatch) {
    case 'exact':
      return registered.includes(target);
    case 'prefix':
      return registered.some((uri) => target.startsWith(uri));
    case 'wildcard':
      return registered.some((uri) =>
        new RegExp(`^${uri.split('*').map(escapeRegExp).join('[^?#]*')}$`, 'u').test(target),
      );
  }
}

const escapeRegExp = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
