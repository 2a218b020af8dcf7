import { attributesOf } from '../../dashboard/attributes.js';
import { payload } from './example.js';
import type { DashboardRule } from './subject.js';
import { cite, piecePlace } from './subject.js';

export const dashboardAttributeDropped: DashboardRule = {
  id: 'dashboard-attribute-dropped',
  code: 'J36',
  severity: 'warning',
  summary: 'A claim is not stored as attribute',
  docs: {
    why: 'Objects, null and names beginning with @ are dropped with a line in the log, lists too up to v58. Row-level rules that need the attribute then show too little or too much.',
    bad: payload(['id_token_claims: { email: rasta@example.com, iat: 1767225600, team: { id: 7 } }']),
    good: payload(['id_token_claims: { email: rasta@example.com, iat: 1767225600, team_id: 7 }']),
    references: ['Dashboard: tests of attributes', 'Dashboard manual: User attribute configuration'],
  },
  check(subject, report) {
    const { view, profile } = subject;
    for (const piece of subject.evidence.claims)
      for (const { name, because } of attributesOf(piece.value, view, profile, profile.tenants).dropped)
        report({
          ...piecePlace(piece, name),
          option: `id_token_claims.${name}`,
          message: `${cite(name)} does not become an attribute: ${because}`,
          consequence: 'rules for rows and columns that need it show too little or too much',
          help: 'send a text or a number under a plain name',
        });
  },
};
