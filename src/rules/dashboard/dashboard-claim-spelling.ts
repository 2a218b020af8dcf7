import { payload } from './example.js';
import type { DashboardRule } from './subject.js';
import { CLAIM_SETTINGS, cite, fixTo, piecePlace, valuePlace } from './subject.js';

export const dashboardClaimSpelling: DashboardRule = {
  id: 'dashboard-claim-spelling',
  code: 'J23',
  severity: 'warning',
  summary: 'The name of a claim has blanks or other capitals',
  docs: {
    why: 'Names are compared exactly, with case and with every blank.',
    bad: payload(['id_token_claims:', '  Email: rasta@example.com']),
    good: payload(['id_token_claims:', '  email: rasta@example.com']),
    references: ['Dashboard: tests of JWT login (claim names with odd capitals)'],
  },
  check(subject, report) {
    for (const name of CLAIM_SETTINGS) {
      const entry = subject.known(name);
      const claim = subject.config.value(name);
      if (entry !== undefined && claim !== claim.trim()) {
        report({
          ...valuePlace(entry),
          message: `the name of the claim ${cite(claim)} has a blank at its beginning or end`,
          consequence: 'the claim is never found',
          help: `write ${claim.trim()}`,
          suggestions: [claim.trim()],
          ...fixTo(entry, claim.trim()),
        });
        continue;
      }
      for (const piece of subject.evidence.claims) {
        if (piece.value.has(claim)) continue;
        const other = [...piece.value.keys()].find((key) => key.toLowerCase() === claim.toLowerCase());
        if (other === undefined) continue;
        report({
          ...(entry === undefined ? piecePlace(piece, other) : valuePlace(entry)),
          option: name,
          message: `the token has ${cite(other)}, ${name} names ${cite(claim)}`,
          consequence:
            name === 'MB_JWT_ATTRIBUTE_EMAIL' ? 'the e-mail is not found and nobody logs in' : 'the claim is not found',
          help: `set ${name}=${other}`,
          suggestions: [other],
        });
      }
    }
  },
};
