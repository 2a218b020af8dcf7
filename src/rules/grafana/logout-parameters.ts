import { knownGeneric } from './provider-traps.js';
import type { GrafanaRule } from './subject.js';
import { given } from './support.js';

export const logoutParameters: GrafanaRule = {
  id: 'logout-parameters',
  code: 'P13',
  severity: 'warning',
  summary: 'signout_redirect_url has parameters this provider does not take',
  when: ['signout_redirect_url'],
  docs: {
    why: 'Keycloak dropped redirect_uri from its logout address in version 18: it answers "Invalid parameter: redirect_uri" and people stay logged in there. Amazon Cognito has its own logout: it ignores post_logout_redirect_uri and wants client_id and logout_uri.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://id.acme.com/realms/acme/protocol/openid-connect/auth\ntoken_url = https://id.acme.com/realms/acme/protocol/openid-connect/token\nsignout_redirect_url = https://id.acme.com/realms/acme/protocol/openid-connect/logout?redirect_uri=https%3A%2F%2Fgrafana.acme.com%2Flogin\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://id.acme.com/realms/acme/protocol/openid-connect/auth\ntoken_url = https://id.acme.com/realms/acme/protocol/openid-connect/token\nsignout_redirect_url = https://id.acme.com/realms/acme/protocol/openid-connect/logout?post_logout_redirect_uri=https%3A%2F%2Fgrafana.acme.com%2Flogin\n',
    references: [
      'Keycloak: upgrading guide, changes in 18.0.0 (OpenID Connect logout)',
      'Amazon Cognito: logout endpoint',
      'Grafana issues 67987, 24643',
    ],
  },
  check(subject, report) {
    const key = 'signout_redirect_url';
    const found = knownGeneric(subject);
    if (!found || !given(subject, found.provider.section, key)) return;
    const { known, provider } = found;
    const value = provider.text(key);
    const has = (name: string) => new RegExp(`[?&]${name}=`).exec(value);
    const old = has('redirect_uri');
    const oidc = has('post_logout_redirect_uri');
    // Below /auth it is most often Red Hat SSO or another one from before 17, where the old name is right.
    const recent = /:\/\/[^/]+\/realms\/[^/]+\/protocol\/openid-connect\/logout/.test(value);
    if (known.id === 'keycloak' && old && !oidc && recent) {
      const name = 'redirect_uri';
      report({
        ...provider.within(key, old.index + 1, name.length),
        message: `${known.name} takes no redirect_uri at its logout address since version 18`,
        consequence: 'people see "Invalid parameter: redirect_uri" at the provider and stay logged in there',
        help: 'write post_logout_redirect_uri, and register the address with the client (Valid post logout redirect URIs); from 10.2 on Grafana adds id_token_hint itself',
        suggestions: [value.replace(/([?&])redirect_uri=/, '$1post_logout_redirect_uri=')],
      });
    }
    if (known.id === 'cognito' && oidc && !has('logout_uri'))
      report({
        ...provider.within(key, oidc.index + 1, 'post_logout_redirect_uri'.length),
        message: `${known.name} does not take post_logout_redirect_uri`,
        consequence: 'it ends the session, if at all, and does not send people back',
        help: 'write https://<domain>/logout?client_id=<client id>&logout_uri=<address>, with an address of "Allowed sign-out URLs"',
      });
  },
};
