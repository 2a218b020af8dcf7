import { parseJavaUri } from '../../dashboard/java-uri.js';
import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';
import { address, cite, piecePlace, valuePlace } from './subject.js';

export const dashboardSiteUrl: DashboardRule = {
  id: 'dashboard-site-url',
  code: 'J30',
  severity: 'warning',
  summary: 'MB_SITE_URL is missing or its host cannot be compared',
  docs: {
    why: 'An absolute return_to is compared with the host of MB_SITE_URL only. Where that is missing, or Java finds no host in it (an underscore, no scheme), good links are refused and odd ones pass.',
    bad: envFile({ MB_SITE_URL: 'https://dash_board.example.com' }),
    good: envFile(),
    references: ['Dashboard: check of the redirect', 'java.net.URI (run on OpenJDK 17)'],
  },
  check(subject, report) {
    if (!subject.switchedOn) return;
    const entry = subject.config.get('MB_SITE_URL');
    if (entry?.template) return;
    if (entry === undefined || entry.value === '') {
      report({
        ...subject.place,
        option: 'MB_SITE_URL',
        severity: 'info',
        message: 'MB_SITE_URL is not set here',
        consequence: 'unless it is set in the admin area, an absolute return_to is compared with nothing',
        help: 'set it to the address people use',
      });
      return;
    }
    const host = parseJavaUri(entry.value)?.host ?? null;
    if (host === null) {
      report({
        ...valuePlace(entry),
        message: `Java finds no host in ${cite(entry.value)}`,
        consequence: 'absolute links to Dashboard are refused as return_to, and odd addresses without a host pass',
        help: entry.value.includes('_') ? 'use a host name without underscore' : 'write it with https:// in front',
      });
      return;
    }
    for (const piece of subject.evidence.requests) {
      const target = address(piece.value.query['return_to'] ?? '');
      if (target === undefined || parseJavaUri(target.href)?.host === host) continue;
      report({
        ...valuePlace(entry),
        message: `the host of MB_SITE_URL, ${cite(host)}, is not the one of return_to, ${cite(target.hostname)}`,
        consequence: 'the login ends with 400 "Invalid redirect URL"',
        help: 'give both the address people use; case counts',
        related: [{ message: 'return_to', ...piecePlace(piece, 'query', 'return_to') }],
      });
    }
  },
};
