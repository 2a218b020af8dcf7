import type { GrafanaRule, GrafanaSubject, ProviderView } from './subject.js';
import { given, providerBehind, providersInUse } from './support.js';
import { urlParts } from './urls.js';

const EVERY = /^\/(common|organizations|consumers)\//;

export const everyTenant: GrafanaRule = {
  id: 'every-tenant',
  code: 'P11',
  severity: 'warning',
  summary: 'accounts of every Microsoft tenant can log in',
  failOpen: true,
  when: ['/common/', '/organizations/', '/consumers/'],
  docs: {
    why: 'The tenants common, organizations and consumers of Microsoft Entra ID stand for all tenants there are: whoever has a Microsoft account passes. Without a list of domains, groups, organizations (tenants) or a strict role Grafana keeps none of them out. Such endpoints also answer with tokens whose issuer differs from tenant to tenant.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = 7f1c\nallow_sign_up = true\nauth_url = https://login.microsoftonline.com/common/oauth2/v2.0/authorize\ntoken_url = https://login.microsoftonline.com/common/oauth2/v2.0/token\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = 7f1c\nallow_sign_up = true\nauth_url = https://login.microsoftonline.com/3a1f9c52-77d0-4c1e-8a5e-0c5b2f6d9e11/oauth2/v2.0/authorize\ntoken_url = https://login.microsoftonline.com/3a1f9c52-77d0-4c1e-8a5e-0c5b2f6d9e11/oauth2/v2.0/token\n',
    references: ['Microsoft identity platform: endpoints and tenants', 'CVE-2023-3128'],
  },
  check(subject, report) {
    for (const provider of providersInUse(subject)) {
      const tenant = everyTenantOf(provider);
      if (!tenant || keepsOut(subject, provider)) continue;
      report({
        ...provider.within('auth_url', tenant.at, tenant.length),
        message: `the tenant "${tenant.name}" stands for ${tenant.name === 'consumers' ? 'all personal Microsoft accounts' : 'every tenant of Microsoft Entra ID'}, and no option of [${provider.section}] says who may enter`,
        consequence: 'whoever has such an account at Microsoft gets in',
        help: 'write the id of your tenant in auth_url and token_url, or name who may enter',
      });
    }
  },
};

/** The name in auth_url that stands for all tenants, and its place. */
export function everyTenantOf(
  provider: ProviderView,
): { readonly name: string; readonly at: number; readonly length: number } | undefined {
  if (provider.kind !== 'azuread' && !(provider.isGeneric && providerBehind(provider)?.id === 'entra'))
    return undefined;
  const parts = urlParts(provider.text('auth_url'));
  const name = parts && EVERY.exec(parts.path)?.[1];
  return name === undefined ? undefined : { name, at: parts!.pathPart.at + 1, length: name.length };
}

function keepsOut(subject: GrafanaSubject, provider: ProviderView): boolean {
  if (!provider.flag('allow_sign_up') || provider.flag('role_attribute_strict')) return true;
  const lists = ['allowed_domains', 'allowed_groups', 'allowed_organizations', 'team_ids'];
  return lists.some((key) => given(subject, provider.section, key));
}
