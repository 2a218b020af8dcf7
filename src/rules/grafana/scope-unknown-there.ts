import { isVerified } from '../../providers/index.js';
import { knownGeneric } from './provider-traps.js';
import type { GrafanaRule } from './subject.js';
import { listOf, scopesOf } from './support.js';

export const scopeUnknownThere: GrafanaRule = {
  id: 'scope-unknown-there',
  code: 'P05',
  severity: 'error',
  summary: 'a scope this identity provider refuses',
  when: ['scopes'],
  docs: {
    why: 'Many identity providers refuse the whole request for one scope they do not know: the login ends at "invalid_scope" before anybody can type a password. groups is a scope at some and none at Entra ID, Google and GitLab; offline_access is none at Google, GitLab, Cognito and AD FS.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes = openid profile email groups\nauth_url = https://login.microsoftonline.com/3a1f/oauth2/v2.0/authorize\ntoken_url = https://login.microsoftonline.com/3a1f/oauth2/v2.0/token\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes = openid profile email\nauth_url = https://login.microsoftonline.com/3a1f/oauth2/v2.0/authorize\ntoken_url = https://login.microsoftonline.com/3a1f/oauth2/v2.0/token\n',
    references: [
      'RFC 6749, 4.1.2.1: invalid_scope',
      'Microsoft identity platform: scopes; GitLab: OpenID Connect provider; Dex: custom scopes',
      'mintel/dex-k8s-authenticator issue 168 (Cognito)',
    ],
  },
  check(subject, report) {
    const found = knownGeneric(subject);
    if (!found?.known.invalidScopes) return;
    const { known, provider } = found;
    if (scopesOf(subject, provider).length === 0) return;
    const basis = known.basis?.scopes;
    for (const { text, at, length } of listOf(subject, provider, 'scopes').items) {
      // The scope of GitHub that stands in defaults.ini has a rule of its own.
      const refused = text === 'user:email' ? undefined : known.invalidScopes!.find(({ scope }) => scope === text);
      if (!refused) continue;
      const { unless } = refused;
      // That most providers refuse offline_access is remembered, not read.
      const sure = isVerified(basis) && (text !== 'offline_access' || known.id === 'cognito');
      // Remembered only, and not even always so: nothing to bother people with.
      if (!sure && unless !== undefined) continue;
      report({
        ...provider.within('scopes', at, length),
        severity: sure && unless === undefined ? 'error' : 'warning',
        message: `${sure ? '' : 'as far as known, '}${known.name} has no scope ${text}${unless === undefined ? '' : ` unless ${unless}`}`,
        consequence: 'it refuses the request with invalid_scope, and nobody can log in',
        help: text === 'groups' ? `leave it out: groups are set up at ${known.name}, not asked for` : 'leave it out',
        ...(sure && unless === undefined ? { failShut: true } : {}),
      });
    }
  },
};
