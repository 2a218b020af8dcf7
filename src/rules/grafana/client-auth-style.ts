import { isVerified } from '../../providers/index.js';
import { existsIn, findOption } from '../../settings/catalog.js';
import { knownGeneric } from './provider-traps.js';
import type { GrafanaRule } from './subject.js';
import { given, keyOrProvider } from './support.js';

export const clientAuthStyle: GrafanaRule = {
  id: 'client-auth-style',
  code: 'P04',
  severity: 'warning',
  summary: 'auth_style is left to trial where this provider takes one way only',
  when: ['auth_url', 'token_url'],
  docs: {
    why: 'With AutoDetect, the default, Grafana sends client id and secret in the header and, where that fails for whatever reason, once more in the body. Authelia, ZITADEL, PingOne, JumpCloud and others register one way for each client: a wrong secret then shows as "method not supported" of the second try. AD FS uses the code up at the first try and says only MSIS9612.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://auth.acme.com/api/oidc/authorization\ntoken_url = https://auth.acme.com/api/oidc/token\napi_url = https://auth.acme.com/api/oidc/userinfo\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://auth.acme.com/api/oidc/authorization\ntoken_url = https://auth.acme.com/api/oidc/token\napi_url = https://auth.acme.com/api/oidc/userinfo\nauth_style = InHeader\n',
    references: [
      'Authelia: OpenID Connect 1.0 clients, token_endpoint_auth_method',
      'portainer/portainer issue 11725 (AD FS), golang/oauth2 issue 373',
    ],
  },
  check(subject, report) {
    const found = knownGeneric(subject);
    if (!found) return;
    const { known, provider } = found;
    const { authStyle, methodPerClient, burnsCode, basis } = known;
    // A mere recollection is no reason to change what works.
    if (!isVerified(basis?.clientAuth)) return;
    if (authStyle === undefined || authStyle === 'AutoDetect' || !(methodPerClient || burnsCode)) return;
    const option = findOption(provider.section, 'auth_style');
    if (!option || !existsIn(option, subject.profile.order)) return;
    const written = given(subject, provider.section, 'auth_style');
    if (written && provider.text('auth_style').toLowerCase() !== 'autodetect') return;
    report({
      ...keyOrProvider(subject, provider, 'auth_style'),
      message: `auth_style is ${written ? 'AutoDetect' : 'not set'}, and ${known.name} ${burnsCode ? 'uses the code up at a failed try' : 'takes one way of client authentication for each client'}`,
      consequence: burnsCode
        ? 'where the first try fails, the second says that the code is already used, whatever was wrong'
        : 'where the secret is wrong, Grafana shows the error of its second try, about the method, instead of that',
      help: `write auth_style = ${authStyle} (${authStyle === 'InHeader' ? 'client_secret_basic' : 'client_secret_post'}), and register the client so`,
      suggestions: [`auth_style = ${authStyle}`],
    });
  },
};
