import type { GrafanaRule } from './subject.js';
import { providerBehind } from './support.js';

/** UserInfo addresses of providers whose answer has no sub: plain OAuth2, no OpenID Connect. */
const WITHOUT_SUB: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Bitbucket', /^https?:\/\/api\.bitbucket\.org\/2\.0\/user\/?$/i],
  ['GitHub', /^https?:\/\/api\.github\.com\/user\/?$/i],
  ['Discord', /^https?:\/\/discord(app)?\.com\/api(\/v\d+)?\/users\/@me\/?$/i],
];

export const missingSub: GrafanaRule = {
  id: 'missing-sub',
  code: 'D08',
  severity: 'warning',
  summary: 'the provider names no subject, which Grafana recognises returning people by',
  versions: '>=10.0',
  when: ['api_url'],
  docs: {
    why: 'Since 10.0 Grafana recognises a returning person by the claim sub. A provider without it leaves the id empty: where people are no longer matched by e-mail, the second login fails with "User sync failed", and a later version is to refuse such logins.',
    bad: '[auth.generic_oauth]\nenabled = true\nscopes = account email\napi_url = https://api.bitbucket.org/2.0/user\n',
    good: '[auth.generic_oauth]\nenabled = true\nscopes = openid profile email\napi_url = https://id.acme.org/userinfo\n',
    references: ['CVE-2023-3128', 'feature toggle oauthRequireSubClaim'],
  },
  check(subject, report) {
    for (const provider of subject.enabledProviders()) {
      if (!provider.isGeneric || !provider.isSet('api_url')) continue;
      const url = provider.text('api_url');
      const known = providerBehind(provider);
      const name = WITHOUT_SUB.find(([, pattern]) => pattern.test(url))?.[0] ?? (known?.noSub ? known.name : undefined);
      if (name === undefined) continue;
      report({
        ...provider.at('api_url'),
        message: `the user document of ${name} has no claim sub`,
        consequence:
          'Grafana has no stable id for a returning person; where e-mail lookup is off, the second login fails with "User sync failed"',
        help: 'use a provider or proxy that speaks OpenID Connect and sends sub',
      });
    }
  },
};
