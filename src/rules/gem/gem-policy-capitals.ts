import { goLower } from '../../gem/lower.js';
import { payload } from './example.js';
import type { GemRule } from './subject.js';
import { cite, piecePlace } from './subject.js';

export const gemPolicyCapitals: GemRule = {
  id: 'gem-policy-capitals',
  code: 'G23',
  severity: 'error',
  summary: 'An access policy has capitals in its name',
  docs: {
    why: 'Names taken from tokens are put in lower case, so a policy stored with capitals is never found.',
    bad: payload(['policies:', '  Team1: { scopes: [metrics:read], tenants: [tenant-1] }']),
    good: payload(['policies:', '  team1: { scopes: [metrics:read], tenants: [tenant-1] }']),
    references: ['GEM manual: Integrate with OAuth, Note'],
  },
  check(subject, report) {
    for (const piece of subject.evidence.policies)
      for (const name of piece.value.keys()) {
        const lower = goLower(name);
        if (lower === name) continue;
        report({
          ...piecePlace(piece, name),
          option: 'policies',
          message: `the access policy ${cite(name)} has capitals`,
          consequence: `tokens look for ${cite(lower)}: this policy is never found`,
          help: `create it in GEM as ${lower}`,
          suggestions: [lower],
        });
      }
  },
};
