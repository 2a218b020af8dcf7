import type { GrafanaRule } from './subject.js';
import { genericInUse, given, providerBehind, scopesOf } from './support.js';

export const defaultGithubScope: GrafanaRule = {
  id: 'default-github-scope',
  code: 'C01',
  severity: 'error',
  summary: 'generic OAuth asks for user:email, a scope of GitHub',
  docs: {
    why: 'The default of scopes is user:email, which only GitHub knows. Other identity providers answer invalid_scope, or give neither an ID token nor an e-mail, and the login ends with "Provider didn\'t return an email address" or an error about /emails.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://login.acme.com/authorize\ntoken_url = https://login.acme.com/token\napi_url = https://login.acme.com/userinfo\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes = openid profile email\nauth_url = https://login.acme.com/authorize\ntoken_url = https://login.acme.com/token\napi_url = https://login.acme.com/userinfo\n',
    references: [
      'Grafana manual: configure generic OAuth, scopes (default user:email)',
      'OpenID Connect Core 1.0, 5.4: scopes',
    ],
  },
  check(subject, report) {
    const provider = genericInUse(subject);
    if (!provider) return;
    const scopes = scopesOf(subject, provider);
    if (!scopes.includes('user:email')) return;
    const known = providerBehind(provider);
    if (known?.id === 'github' || known?.id === 'gitea') return;
    const written = given(subject, provider.section, 'scopes');
    const empty = written ? undefined : subject.writes(provider.section, 'scopes').at(-1);
    const value = provider.text('scopes');
    const at = value.indexOf('user:email');
    report({
      ...(written
        ? provider.within('scopes', at, 'user:email'.length)
        : { ...(empty ? subject.atKey(empty) : provider.place), section: provider.section, option: 'scopes' }),
      message: written
        ? `scopes of [${provider.section}] asks for user:email, a scope only GitHub has`
        : `scopes of [${provider.section}] is ${empty ? 'empty' : 'not set'}, and its default is user:email, a scope only GitHub has`,
      consequence:
        known?.protocol === 'oauth2'
          ? `${known.name} does not know it: the login ends with invalid_scope, or no e-mail is found`
          : 'the identity provider answers invalid_scope, or sends no ID token and no e-mail, and the login fails',
      help:
        known?.protocol === 'oauth2'
          ? `write the scopes ${known.name} documents`
          : 'write scopes = openid profile email',
      ...(known?.protocol === 'oauth2' ? {} : { suggestions: ['openid profile email'] }),
      cause: `scopes:${provider.section}`,
    });
  },
};
