/** Pieces several presets share. */
import type { ClaimsOf, Facts } from './types.js';

export const profile = (f: Facts) => ({
  name: f.name,
  given_name: f.given,
  family_name: f.family,
  preferred_username: f.login,
});

/** Address and whether it is verified; nothing where the provider has no address. */
export const mail = (f: Facts) => ({
  email: f.email,
  email_verified: f.email === undefined ? undefined : f.verified,
});

/** Profile, address and groups: what a plainly configured OpenID provider says everywhere. */
export const everything: ClaimsOf = (f) => ({ ...profile(f), ...mail(f), groups: f.groups });

/** No claim hangs on a scope: what the application is set up for is sent, whatever is asked. */
export const NO_CLAIM_SCOPES: Readonly<Record<string, string>> = {};

/** The role expression for a list (or single text) of groups; nothing where no group fits, so later sources are asked. */
export function roleFrom(claim: string, rename: (group: string) => string = (group) => group): string {
  const has = (group: string, role: string) => `contains([${claim}][], '${rename(group)}') && '${role}'`;
  return `${has('grafana-server-admins', 'GrafanaAdmin')} || ${has('grafana-admins', 'Admin')} || ${has('grafana-editors', 'Editor')}`;
}

/** Settings of most OpenID providers; what differs is given. */
export function oidcSettings(changes: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    scopes: 'openid profile email',
    use_pkce: 'true',
    auth_style: 'InHeader',
    role_attribute_path: roleFrom('groups'),
    allow_assign_grafana_admin: 'true',
    groups_attribute_path: '[groups][]',
    login_attribute_path: 'preferred_username',
    ...changes,
  };
}

/** Where Grafana sends the browser after sign-out: `{origin}` is the provider, `{grafana}` the encoded root_url. */
export const signOut = (path: string, parameter = 'post_logout_redirect_uri') =>
  `{origin}${path}?${parameter}={grafana}%2Flogin`;

export const OIDC_SCOPES = ['openid', 'profile', 'email', 'offline_access'] as const;
export const BASIC_AND_POST = ['client_secret_basic', 'client_secret_post'] as const;
export const POST_AND_BASIC = ['client_secret_post', 'client_secret_basic'] as const;
