import type { GrafanaRule, GrafanaSubject, ProviderView } from './subject.js';
import { cite, given, isLiteral, providersInUse, rootUrl } from './support.js';
import { ownerOf, urlParts } from './urls.js';

/** Whether provider and Grafana belong to one site, so that a strict cookie comes back; false where that is not known. */
export function sameSite(subject: GrafanaSubject, provider: ProviderView): boolean {
  const from = provider.isCloud ? 'grafana.com' : urlParts(provider.text('auth_url'))?.host;
  const to = urlParts(rootUrl(subject))?.host;
  return from !== undefined && to !== undefined && ownerOf(from) === ownerOf(to);
}

const KNOWN = ['disabled', 'lax', 'none', 'strict'];

export const samesiteStrict: GrafanaRule = {
  id: 'samesite-strict',
  code: 'W07',
  severity: 'error',
  summary: 'cookie_samesite = strict keeps the state cookie from coming back',
  when: ['cookie_samesite'],
  docs: {
    why: 'The way back from an identity provider on another site is a request from there, and a strict cookie is not sent with it. Grafana finds no state and ends every login with "Missing saved oauth state". A misspelt value counts as lax without a word.',
    bad: '[security]\ncookie_samesite = strict\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
    good: '[security]\ncookie_samesite = lax\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
    references: [
      'Grafana manual: configuration, cookie_samesite',
      'RFC 6265bis, 5.6.7: the SameSite attribute',
      'grafana/grafana issue 19556',
    ],
  },
  versions: '>=6.0',
  check(subject, report) {
    const key = 'cookie_samesite';
    if (providersInUse(subject).length === 0 || !given(subject, 'security', key)) return;
    const value = subject.text('security', key);
    if (value === 'strict') {
      const near = providersInUse(subject).every((provider) => sameSite(subject, provider));
      report({
        ...subject.atSetting('security', key),
        ...(near ? { severity: 'warning' } : { failShut: true }),
        message: near
          ? 'cookie_samesite is "strict", and the state cookie of a login comes back only from the same site'
          : 'cookie_samesite is "strict", and the state cookie of a login does not come back',
        consequence: near
          ? 'it works as long as the identity provider asks for the password itself; where people log in at another provider behind it, the login ends with "Missing saved oauth state"'
          : 'every login by OAuth ends with "Missing saved oauth state"',
        help: 'write cookie_samesite = lax',
        suggestions: ['lax'],
      });
    }
    if (value !== '' && !KNOWN.includes(value) && isLiteral(subject, 'security', key)) {
      const meant = KNOWN.find((known) => known === value.trim().toLowerCase());
      report({
        ...subject.atSetting('security', key),
        severity: 'warning',
        message: `cookie_samesite is ${cite(value)}, which is none of ${KNOWN.join(', ')}`,
        consequence: 'Grafana takes it as lax without a word',
        help:
          meant === 'strict' || !meant
            ? 'write cookie_samesite = lax (strict breaks logins by OAuth)'
            : `write cookie_samesite = ${meant}`,
        suggestions: [meant && meant !== 'strict' ? meant : 'lax'],
      });
    }
  },
};
