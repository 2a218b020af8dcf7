import { payload } from './example.js';
import type { DashboardRule } from './subject.js';
import { cite, piecePlace } from './subject.js';

export const dashboardGroupsText: DashboardRule = {
  id: 'dashboard-groups-text',
  code: 'J24',
  severity: 'warning',
  summary: 'The groups claim is a text, not a list',
  docs: {
    why: 'Up to v58 a text is walked letter by letter: nothing matches, and mapped memberships are lost. Only the newest source takes it as one group.',
    bad: payload(['id_token_claims: { email: rasta@example.com, groups: extHR }'], {
      MB_JWT_GROUP_SYNC: 'true',
      MB_JWT_GROUP_MAPPINGS: '{"extHR": [7]}',
    }),
    good: payload(['id_token_claims: { email: rasta@example.com, groups: [extHR] }'], {
      MB_JWT_GROUP_SYNC: 'true',
      MB_JWT_GROUP_MAPPINGS: '{"extHR": [7]}',
    }),
    references: ['Dashboard: login with JWT, up to v58 and newest'],
  },
  check(subject, report) {
    const { view, profile } = subject;
    if (!view.groupSync) return;
    for (const piece of subject.evidence.claims) {
      if (typeof piece.value.get(view.groupsClaim) !== 'string') continue;
      report({
        ...piecePlace(piece, view.groupsClaim),
        option: `id_token_claims.${view.groupsClaim}`,
        message: `${cite(view.groupsClaim)} is a text, not a list`,
        consequence: profile.wrapsSingleGroup
          ? 'the newest source takes it as one group; up to v58 nothing matches and mapped memberships are removed'
          : 'nothing matches and mapped memberships are removed',
        help: 'send a list, also with one group',
      });
    }
  },
};
