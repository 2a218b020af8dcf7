import { block } from './example.js';
import type { GemRule } from './subject.js';
import { CLAIM, cite, valuePlace } from './subject.js';

export const gemOpenClaim: GemRule = {
  id: 'gem-open-claim',
  code: 'G27',
  severity: 'error',
  summary: 'People or other systems choose the policy',
  docs: {
    why: 'With (.*) whatever stands in the claim becomes the policy. A claim people can edit, or a group list not made for GEM, lets them choose; the built-in __admin__ policy is within reach unless it is switched off.',
    bad: block({ access_policy_claim: 'preferred_username', access_policy_regex: '(.*)' }),
    good: block({ access_policy_claim: 'preferred_username' }),
    references: ['GEM 1.7 configuration descriptor (admin_client.disable_default_admin_policy)'],
  },
  failOpen: true,
  check(subject, report) {
    const expression = subject.expression;
    const entry = subject.config.get(CLAIM);
    if (expression?.facts === undefined || !expression.facts.wholeValue || entry === undefined) return;
    const editable = EDITABLE.has(entry.value);
    const adminOff = subject.config.flag('admin_client.disable_default_admin_policy');
    if (!editable && (!GROUPS.has(entry.value) || adminOff)) return;
    report({
      ...valuePlace(expression.entry),
      message: editable
        ? `the whole of ${cite(entry.value)} becomes the policy, and people can often edit that claim`
        : `the whole of each entry of ${cite(entry.value)} becomes a policy, also of groups not made for GEM`,
      consequence: `${editable ? 'people choose their policy' : 'whoever may name groups chooses policies'}${adminOff ? '' : '; the built-in __admin__ is within reach'}`,
      help: 'take a prefix that only the identity provider gives, such as ^gem-([a-z0-9-]+)$',
    });
  },
};

const EDITABLE = new Set([
  'preferred_username',
  'nickname',
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'profile',
  'website',
  'email',
  'phone_number',
  'username',
  'display_name',
]);
const GROUPS = new Set(['groups', 'roles', 'role', 'cognito:groups', 'memberOf', 'teams']);
