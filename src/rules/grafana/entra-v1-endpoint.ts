import type { GrafanaRule } from './subject.js';
import { providersInUse } from './support.js';
import { urlParts } from './urls.js';

export const entraV1Endpoint: GrafanaRule = {
  id: 'entra-v1-endpoint',
  code: 'P19',
  severity: 'error',
  summary: 'an address of version 1.0 of the Microsoft identity platform',
  when: ['microsoftonline', 'azuread'],
  docs: {
    why: 'Addresses without v2.0 belong to version 1.0, which does not know scopes as version 2.0 does and issues other tokens. [auth.azuread] refuses them: "version 1.0 is not supported. Please ensure the auth_url and token_url are set to the v2.0 endpoints."',
    bad: '[auth.azuread]\nenabled = true\nclient_id = 7f1c\nauth_url = https://login.microsoftonline.com/3a1f/oauth2/authorize\ntoken_url = https://login.microsoftonline.com/3a1f/oauth2/token\n',
    good: '[auth.azuread]\nenabled = true\nclient_id = 7f1c\nauth_url = https://login.microsoftonline.com/3a1f/oauth2/v2.0/authorize\ntoken_url = https://login.microsoftonline.com/3a1f/oauth2/v2.0/token\n',
    references: ['Grafana: log of the Azure AD connector', 'Grafana issue 79450'],
  },
  check(subject, report) {
    for (const provider of providersInUse(subject)) {
      if (provider.kind !== 'azuread' && !provider.isGeneric) continue;
      for (const key of ['auth_url', 'token_url']) {
        const value = provider.text(key);
        const parts = value.includes('microsoftonline') ? urlParts(value) : undefined;
        const match = parts && /^\/[^/]+(\/oauth2\/)(authorize|token)$/.exec(parts.path);
        if (!match || !/(^|\.)login\.microsoftonline\.(com|us)$/.test(parts.host)) continue;
        const at = parts.pathPart.at + parts.path.indexOf('/oauth2/');
        const better = `${value.slice(0, at)}/oauth2/v2.0/${value.slice(at + '/oauth2/'.length)}`;
        report({
          ...provider.within(key, at, '/oauth2/'.length),
          severity: provider.isGeneric ? 'warning' : 'error',
          message: `${key} of [${provider.section}] is an address of version 1.0 of the Microsoft identity platform`,
          consequence: provider.isGeneric
            ? 'version 1.0 issues other tokens: claims the configuration expects may be missing'
            : 'every login ends with "version 1.0 is not supported"',
          ...(provider.isGeneric ? {} : { failShut: true }),
          help: `write ${key} = ${better}`,
          suggestions: [`${key} = ${better}`],
        });
      }
    }
  },
};
