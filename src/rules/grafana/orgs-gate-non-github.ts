import type { GrafanaRule } from './subject.js';
import { genericInUse, isOidc, items, providerBehind } from './support.js';

export const orgsGateNonGithub: GrafanaRule = {
  id: 'orgs-gate-non-github',
  code: 'A06',
  severity: 'error',
  summary: 'allowed_organizations against an identity provider that has no /orgs',
  failShut: true,
  when: ['allowed_organizations'],
  docs: {
    why: 'In generic OAuth allowed_organizations makes Grafana ask api_url + "/orgs", an address GitHub and its likes have. At an OpenID provider the request fails, and a failed request counts as: in no organization. Everybody is refused.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes = openid profile email\napi_url = https://acme.eu.auth0.com/userinfo\nallowed_organizations = acme\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes = openid profile email\napi_url = https://acme.eu.auth0.com/userinfo\ngroups_attribute_path = groups\nallowed_groups = acme\n',
    references: [
      'Grafana: generic OAuth compares the field login of api_url + "/orgs"',
      'grafana/grafana issue 104982',
    ],
  },
  check(subject, report) {
    const provider = genericInUse(subject);
    if (!provider || items(subject, provider, 'allowed_organizations').length === 0) return;
    const known = providerBehind(provider);
    if (known?.gitHubApi || (isOidc(subject, provider) !== true && provider.text('api_url') !== '')) return;
    report({
      ...provider.at('allowed_organizations'),
      message: `allowed_organizations makes Grafana ask api_url + "/orgs", which ${known?.name ?? 'an OpenID provider'} does not have`,
      consequence:
        'the request fails and everybody is refused: "user not a member of one of the required organizations"',
      help: 'use allowed_groups with groups_attribute_path (10.1 and later), or allowed_domains',
    });
  },
};
