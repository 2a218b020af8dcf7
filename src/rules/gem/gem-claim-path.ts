import { block } from './example.js';
import type { GemRule } from './subject.js';
import { CLAIM, cite, valuePlace } from './subject.js';

export const gemClaimPath: GemRule = {
  id: 'gem-claim-path',
  code: 'G14',
  severity: 'error',
  summary: 'The claim is named by a path',
  docs: {
    why: 'One literal top-level claim is looked up; no path syntax is documented. A name such as realm_access.roles finds nothing.',
    bad: block({ access_policy_claim: 'realm_access.roles' }),
    good: block({ access_policy_claim: 'Grafana/access_policies' }),
    references: [
      'GEM manual: Integrate with OAuth (access_policy_claim)',
      'a public deployment uses the literal claim Grafana/access_policies',
    ],
  },
  check(subject, report) {
    const entry = subject.config.get(CLAIM);
    if (entry === undefined || !isPath(entry.value)) return;
    if (subject.evidence.claims.some((piece) => Object.hasOwn(piece.value, entry.value))) return;
    report({
      ...valuePlace(entry),
      message: `${cite(entry.value)} looks like a path into the token`,
      consequence: 'only a top-level claim of exactly this name counts: no policy is found and people are refused',
      help: 'let the identity provider put the value into a top-level claim, and name that',
    });
  },
};

/** `a.b`, `a[0]`, `$.a`, `/a/b`; not addresses used as claim names. */
function isPath(name: string): boolean {
  if (name.includes('://')) return false;
  return /^\$|^\/|[[\]]/.test(name) || /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/.test(name);
}
