import { payload } from './example.js';
import type { DashboardRule } from './subject.js';
import { piecePlace, within } from './subject.js';

export const dashboardExpectsCode: DashboardRule = {
  id: 'dashboard-expects-code',
  code: 'J37',
  severity: 'warning',
  summary: 'The set-up expects an authorization code or PKCE',
  docs: {
    why: 'Manuals up to about v0.53 name both flows. No version reads code, state or a verifier: only a signed token in the parameter jwt logs in.',
    bad: payload(['request:', '  query: { code: abc, state: xyz }']),
    good: payload(['request:', '  query: { redirect: /question/1 }']),
    references: ['Dashboard: /auth/sso', 'Dashboard manual up to v0.53: Authentication flows'],
  },
  check(subject, report) {
    const consequence =
      'Dashboard reads only the parameter jwt: the person is sent to the identity provider again, in circles';
    const help = 'let an app of yours do the OAuth flow and then redirect to /auth/sso?jwt=…';
    const entry = subject.known('MB_JWT_IDENTITY_PROVIDER_URI');
    const found = entry === undefined ? null : /[?&](?:response_type|code_challenge|client_id)=/.exec(entry.value);
    if (entry !== undefined && found !== null)
      report({
        ...within(entry, { start: found.index + 1, end: found.index + found[0].length }),
        message: 'the identity provider URI is an OAuth authorization address',
        consequence: `it answers with a code; ${consequence}`,
        help,
      });
    for (const piece of subject.evidence.requests)
      for (const name of ['code', 'code_verifier', 'access_token', 'id_token'])
        if (piece.value.query[name] !== undefined && piece.value.query['jwt'] === undefined)
          report({
            ...piecePlace(piece, 'query', name),
            option: `request.query.${name}`,
            message: `the request brings "${name}" and no "jwt"`,
            consequence,
            help,
          });
  },
};
