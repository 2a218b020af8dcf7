import { parseJavaUri } from '../../dashboard/java-uri.js';
import { refusedReturn, unsafeReturn } from '../../dashboard/request.js';
import { payload } from './example.js';
import type { DashboardRule } from './subject.js';
import { cite, piecePlace } from './subject.js';

export const dashboardReturnToElsewhere: DashboardRule = {
  id: 'dashboard-return-to-elsewhere',
  code: 'J32',
  severity: 'error',
  summary: 'return_to leads to another site',
  docs: {
    why: 'Another host is refused with 400. Addresses beginning with three slashes or a backslash pass the server or confuse it while a browser leaves the site with them: an open redirect.',
    bad: payload(['request:', "  query: { return_to: '///evil.example' }"]),
    good: payload(['request:', "  query: { return_to: '/question/1' }"]),
    references: ['Dashboard: check of the redirect', 'java.net.URI (run on OpenJDK 17)'],
  },
  failOpen: true,
  check(subject, report) {
    const { view, profile } = subject;
    for (const piece of subject.evidence.requests) {
      const returnTo = piece.value.query['return_to'];
      if (returnTo === undefined || parseJavaUri(returnTo) === undefined) continue;
      const refused = refusedReturn(returnTo, view.siteUrl, profile.redirectCheck);
      const unsafe = unsafeReturn(returnTo, view.siteUrl);
      if (refused === undefined && unsafe === undefined) continue;
      report({
        ...piecePlace(piece, 'query', 'return_to'),
        option: 'request.query.return_to',
        failOpen: refused === undefined,
        message: `return_to ${cite(returnTo)}: ${refused ?? unsafe}`,
        consequence:
          refused === undefined
            ? 'the server lets it pass, and the browser leaves the site'
            : 'the login ends with 400 "Invalid redirect URL"',
        help: 'pass on only addresses that begin with one slash',
      });
    }
  },
};
