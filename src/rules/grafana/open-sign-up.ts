import { everyTenantOf } from './every-tenant.js';
import type { GrafanaRule, GrafanaSubject, ProviderView } from './subject.js';
import { ALLOW_LISTS, given, keyOrProvider, providerBehind, providersInUse } from './support.js';

export const openSignUp: GrafanaRule = {
  id: 'open-sign-up',
  code: 'A07',
  severity: 'warning',
  summary: 'everybody with an account at the identity provider gets a Grafana user',
  docs: {
    why: 'With allow_sign_up, and without a list of allowed domains, groups, organizations or teams and without a strict role, whoever can log in at the identity provider becomes a Grafana user with the default role. At a public one that is the whole world.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nallow_sign_up = true\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nallow_sign_up = true\nallowed_domains = acme.com\n',
    references: ['Grafana manual: configure generic OAuth, allow_sign_up, allowed_domains, role_attribute_strict'],
  },
  check(subject, report) {
    for (const provider of providersInUse(subject)) {
      if (provider.isCloud || !provider.flag('allow_sign_up') || hasGate(subject, provider)) continue;
      if (subject.profile.order >= 10_002 && subject.text('users', 'auto_assign_org_role') === 'None') continue;
      if (everyTenantOf(provider)) continue;
      const known = providerBehind(provider);
      const world = known?.open || provider.kind === 'google' || provider.kind === 'github';
      report({
        ...keyOrProvider(subject, provider, 'allow_sign_up'),
        message: `nothing limits who may log in with [${provider.section}]`,
        consequence: world
          ? `anybody can get an account at ${known?.name ?? provider.text('name')}, and with it a user of this Grafana with the default role`
          : 'everybody with an account at the identity provider gets a Grafana user with the default role',
        help: `name who may enter: allowed_domains, ${subject.profile.order >= 10_001 || !provider.isGeneric ? 'allowed_groups, ' : ''}or role_attribute_path with role_attribute_strict = true`,
      });
    }
  },
};

/** Whether anything keeps some people out, or was meant to (other rules say where it does not). */
export function hasGate(subject: GrafanaSubject, provider: ProviderView): boolean {
  if (ALLOW_LISTS.some((key) => given(subject, provider.section, key))) return true;
  if (provider.kind === 'google' && given(subject, provider.section, 'hosted_domain')) return true;
  // Strict without a path lets nobody in at all.
  return provider.flag('role_attribute_strict');
}
