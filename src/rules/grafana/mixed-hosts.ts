import { type Endpoint, endpoints } from './endpoints.js';
import type { GrafanaRule } from './subject.js';
import { cite, providerBehind } from './support.js';
import { hostKind, ownerOf, type Part, type UrlParts, urlParts } from './urls.js';

export const mixedHosts: GrafanaRule = {
  id: 'mixed-hosts',
  code: 'R11',
  severity: 'warning',
  summary: 'the addresses of one provider belong to different hosts or tenants',
  docs: {
    why: 'The code that one tenant or realm gives out is worth nothing at the token endpoint of another. Different hosts are most often the remains of copying one address from elsewhere. Providers that spread their endpoints by design, such as Google and Microsoft, are left alone, and so are names that mean something inside one network only.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://acme.eu.auth0.com/authorize\ntoken_url = https://acme-dev.eu.auth0.com/oauth/token\napi_url = https://acme.eu.auth0.com/userinfo\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://acme.eu.auth0.com/authorize\ntoken_url = https://acme.eu.auth0.com/oauth/token\napi_url = https://acme.eu.auth0.com/userinfo\n',
    references: [
      'RFC 6749, 4.1.3: the code is bound to the server that issued it',
      'OpenID Connect Discovery 1.0: one issuer publishes its endpoints',
    ],
  },
  check(subject, report) {
    const all = [...endpoints(subject, ['auth_url', 'token_url', 'api_url'])];
    for (const provider of new Set(all.map((one) => one.provider))) {
      const found = all.filter((one) => one.provider === provider);
      const known = providerBehind(provider);
      const parsed = found.flatMap((endpoint) => {
        const parts = urlParts(endpoint.value);
        return parts ? [{ endpoint, parts }] : [];
      });
      const hosts = known?.severalHosts
        ? []
        : parsed
            .filter(({ parts }) => hostKind(parts.host) === 'public')
            .map(({ endpoint, parts }) => ({
              endpoint,
              name: ownerOf(parts.host),
              shown: parts.host,
              part: parts.hostPart,
            }));
      const tenants = known?.tenant
        ? parsed.flatMap(({ endpoint, parts }) => tenantOf(endpoint, parts, known.tenant!))
        : [];
      for (const [what, group] of [
        ['host', hosts],
        ['tenant', tenants],
      ] as const) {
        const odd = oddOne(group);
        if (!odd) continue;
        const usual = group.find((one) => one.name !== odd.name)!;
        report({
          ...provider.within(odd.endpoint.key, odd.part.at, odd.part.length),
          message:
            what === 'host'
              ? `${odd.endpoint.key} of [${provider.section}] is on ${cite(odd.shown)}, but ${usual.endpoint.key} on ${cite(usual.shown)}`
              : `${odd.endpoint.key} of [${provider.section}] names the ${known?.tenantName ?? 'tenant'} ${cite(odd.shown)}, but ${usual.endpoint.key} ${cite(usual.shown)}`,
          consequence:
            odd.endpoint.key === 'api_url' || usual.endpoint.key === 'api_url'
              ? 'UserInfo of one refuses the access token of the other: its claims are missing, with no word in the log at the usual level'
              : 'the code one of them gives out is refused by the other: "Failed to get token from provider"',
          help: 'check which address is right; all of them stand in one discovery document, which auth-cli discover shows',
          related: [
            subject.related(
              `${usual.endpoint.key}: ${usual.shown}`,
              provider.within(usual.endpoint.key, usual.part.at, usual.part.length),
            ),
          ],
        });
      }
    }
  },
};

interface Named {
  readonly endpoint: Endpoint;
  readonly name: string;
  readonly shown: string;
  readonly part: Part;
}

/** The endpoint whose name differs from the others'; the token endpoint where only two can be compared. */
function oddOne(group: readonly Named[]): Named | undefined {
  if (new Set(group.map((one) => one.name)).size < 2) return undefined;
  const count = (name: string) => group.filter((one) => one.name === name).length;
  const rare = group.filter((one) => count(one.name) === 1);
  return group.length === 3 && rare.length === 1 ? rare[0] : group.find((one) => one.name !== group[0]!.name);
}

function tenantOf(endpoint: Endpoint, parts: UrlParts, pattern: RegExp): Named[] {
  const match = pattern.exec(parts.path);
  if (!match) return [];
  const tenant = match[1] ?? '';
  const within = tenant === '' ? 0 : match[0].indexOf(tenant);
  const at = parts.pathPart.at + match.index + within;
  return [
    {
      endpoint,
      name: tenant,
      shown: tenant === '' ? 'none' : tenant,
      part: { at, length: Math.max(tenant.length, 1) },
    },
  ];
}
