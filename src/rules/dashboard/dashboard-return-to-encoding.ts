import { parseJavaUri } from '../../dashboard/java-uri.js';
import { payload } from './example.js';
import type { DashboardRule } from './subject.js';
import { cite, piecePlace } from './subject.js';

export const dashboardReturnToEncoding: DashboardRule = {
  id: 'dashboard-return-to-encoding',
  code: 'J31',
  severity: 'warning',
  summary: 'return_to cannot be read, or is cut',
  docs: {
    why: 'The value must be encoded once in the callback. Blanks, |, {, } and quotes that stand in it after decoding end in 400, and an unencoded & cuts the link.',
    bad: payload(['request:', "  query: { return_to: '/question/1?name={a|b}' }"]),
    good: payload(['request:', "  query: { return_to: '/question/1?name=%7Ba%7Cb%7D' }"]),
    references: ['java.net.URI (run on OpenJDK 17)', 'Dashboard: the redirect is plain concatenation'],
  },
  check(subject, report) {
    for (const piece of subject.evidence.requests) {
      const { return_to: returnTo, redirect } = piece.value.query;
      if (returnTo !== undefined && parseJavaUri(returnTo) === undefined && subject.profile.redirectCheck !== 'none')
        report({
          ...piecePlace(piece, 'query', 'return_to'),
          option: 'request.query.return_to',
          message: `Java cannot parse return_to ${cite(returnTo)}`,
          consequence: 'the login ends with 400 "Invalid redirect URL"',
          help: `keep what the browser sent encoded, and encode the whole once more in the callback`,
        });
      const cut = redirect === undefined ? -1 : redirect.search(/[&#]/);
      if (redirect !== undefined && cut !== -1)
        report({
          ...piecePlace(piece, 'query', 'redirect'),
          option: 'request.query.redirect',
          message: `redirect ${cite(redirect)} holds "${redirect[cut]}", and Dashboard does not encode it again`,
          consequence: `the identity provider sees return_to=${redirect.slice(0, cut)}; the rest is lost`,
          help: 'let the authentication app put the rest of its parameters back, or keep the address without them',
        });
    }
  },
};
