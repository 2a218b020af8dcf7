import { describe, expect, it } from 'vitest';
import { IDENTITY_PROVIDERS, identityProvider, speaksOidc } from '../../src/providers/index.js';

const at = (auth: string, token = '', api = '') => ({ auth, token, api });

describe('an identity provider', () => {
  it.each([
    ['keycloak', 'https://sso.acme.io/realms/main/protocol/openid-connect/auth'],
    ['keycloak', 'https://sso.acme.io/auth/realms/main/protocol/openid-connect/auth?kc_idp_hint=x'],
    ['entra', 'https://login.microsoftonline.com/acme.onmicrosoft.com/oauth2/v2.0/authorize'],
    ['google', 'https://accounts.google.com/o/oauth2/v2/auth?access_type=offline'],
    ['github', 'https://github.com/login/oauth/authorize'],
    ['github', 'https://github.acme.io/login/oauth/authorize'],
    ['gitea', 'https://git.acme.io/login/oauth/authorize'],
    ['bitbucket', 'https://bitbucket.org/site/oauth2/authorize'],
    ['openshift', 'https://oauth-openshift.apps.acme.io/oauth/authorize'],
    ['cognito', 'https://acme.auth.eu-west-1.amazoncognito.com/oauth2/authorize'],
    ['onelogin', 'https://acme.onelogin.com/oidc/2/auth'],
    ['cyberark', 'https://acme.my.centrify.com/OAuth2/Authorize/grafana'],
    ['authentik', 'https://auth.acme.io/application/o/authorize/'],
    ['authelia', 'https://auth.acme.io/api/oidc/authorization'],
    ['okta', 'https://acme.okta.com/oauth2/v1/authorize'],
    ['okta-custom', 'https://login.acme.io/oauth2/default/v1/authorize'],
    ['zitadel', 'https://acme.zitadel.cloud/oauth/v2/authorize'],
    ['adfs', 'https://adfs.acme.io/adfs/oauth2/authorize/'],
    ['pingone', 'https://auth.pingone.eu/9d1a/as/authorize'],
    ['pingfederate', 'https://sso.acme.io/as/authorization.oauth2'],
    ['jumpcloud', 'https://oauth.id.jumpcloud.com/oauth2/auth'],
    ['kanidm', 'https://idm.acme.io/ui/oauth2'],
    ['salesforce', 'https://acme.my.salesforce.com/services/oauth2/authorize'],
    ['auth0', 'https://acme.eu.auth0.com/authorize'],
    ['gitlab', 'https://gitlab.acme.io/oauth/authorize'],
    ['dex', 'https://dex.acme.io/auth'],
    ['dex', 'https://acme.io/dex/auth'],
  ])('%s is recognised by %s', (id, url) => {
    expect(identityProvider(at(url))?.id).toBe(id);
  });

  it('is recognised by the token address or UserInfo where the first says nothing', () => {
    expect(identityProvider(at('https://login.acme.io/authorize', 'https://id.acme.io/api/oidc/token'))?.id).toBe(
      'authelia',
    );
    expect(identityProvider(at('', '', 'https://api.bitbucket.org/2.0/user'))?.id).toBe('bitbucket');
  });

  it.each(['https://login.acme.io/authorize', 'https://acme.io/login', '', 'YOUR_AUTH_URL'])(
    'is unknown behind %j',
    (url) => {
      expect(identityProvider(at(url))).toBeUndefined();
    },
  );

  it('has one entry each, with a source', () => {
    const ids = IDENTITY_PROVIDERS.map((provider) => provider.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const provider of IDENTITY_PROVIDERS) expect(provider.reference).not.toBe('');
  });
});

describe('OpenID Connect', () => {
  it('is told by the provider, the scopes, or the addresses', () => {
    expect(speaksOidc(at('https://bitbucket.org/site/oauth2/authorize'), ['openid'])).toBe(false);
    expect(speaksOidc(at('https://login.acme.io/authorize'), ['profile'])).toBe(true);
    expect(speaksOidc(at('', '', 'https://login.acme.io/userinfo'), [])).toBe(true);
    expect(speaksOidc(at('https://login.acme.io/oidc/auth'), [])).toBe(true);
    expect(speaksOidc(at('https://login.acme.io/authorize', '', 'https://login.acme.io/me'), ['user'])).toBeUndefined();
  });
});
