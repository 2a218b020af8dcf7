/**
 * Options that keep people out: a mistake in one of them that Grafana ignores lets everybody in.
 */

const GATES = new Set([
  'allowed_domains',
  'allowed_groups',
  'allowed_organizations',
  'team_ids',
  'role_attribute_strict',
  'hosted_domain',
  'validate_hd',
  'validate_id_token',
  'expect_claims',
  'whitelist',
]);

export function isGate(key: string): boolean {
  return GATES.has(key);
}
