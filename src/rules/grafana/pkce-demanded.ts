import { bySureness, knownGeneric, softly } from './provider-traps.js';
import type { GrafanaRule } from './subject.js';
import { keyOrProvider } from './support.js';

export const pkceDemanded: GrafanaRule = {
  id: 'pkce-demanded',
  code: 'P14',
  severity: 'error',
  summary: 'this identity provider demands PKCE, and use_pkce is not true',
  versions: '>=8.3',
  when: ['auth_url'],
  docs: {
    why: 'Kanidm demands PKCE of every client unless it was switched off for the client. Without use_pkce it refuses the request, and nobody can log in.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://id.acme.com/ui/oauth2\ntoken_url = https://id.acme.com/oauth2/token\napi_url = https://id.acme.com/oauth2/openid/grafana/userinfo\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://id.acme.com/ui/oauth2\ntoken_url = https://id.acme.com/oauth2/token\napi_url = https://id.acme.com/oauth2/openid/grafana/userinfo\nuse_pkce = true\n',
    references: ['Kanidm book: OAuth2, PKCE', 'RFC 7636: code_challenge'],
  },
  check(subject, report) {
    const found = knownGeneric(subject);
    if (found?.known.pkce !== 'required' || found.provider.flag('use_pkce')) return;
    const { known, provider } = found;
    const basis = known.basis?.pkce;
    report({
      ...keyOrProvider(subject, provider, 'use_pkce'),
      severity: bySureness(basis, 'error', 'warning'),
      message: `${softly(basis)}${known.name} demands PKCE, and use_pkce of [${provider.section}] is not true`,
      consequence:
        'it refuses the request for lack of code_challenge, unless PKCE was switched off for this client there',
      help: 'write use_pkce = true',
      suggestions: ['use_pkce = true'],
    });
  },
};
