import type { GrafanaRule } from './subject.js';
import { cite, given, isLiteral, providersInUse } from './support.js';

const KNOWN = ['disabled', 'lax', 'none', 'strict'];

export const samesiteStrict: GrafanaRule = {
  id: 'samesite-strict',
  code: 'W07',
  severity: 'error',
  summary: 'cookie_samesite = strict keeps the state cookie from coming back',
  when: ['cookie_samesite'],
  docs: {
    why: 'The way back from the identity provider is a request from another site, and a strict cookie is not sent with it. Grafana finds no state and ends every login with "Missing saved oauth state". A misspelt value counts as lax without a word.',
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
    if (value === 'strict')
      report({
        ...subject.atSetting('security', key),
        message: 'cookie_samesite is "strict", and the state cookie of a login does not come back',
        consequence: 'every login by OAuth ends with "Missing saved oauth state"',
        help: 'write cookie_samesite = lax',
        failShut: true,
        suggestions: ['lax'],
      });
    else if (value !== '' && !KNOWN.includes(value) && isLiteral(subject, 'security', key)) {
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
