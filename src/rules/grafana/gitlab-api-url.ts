import { knownGeneric } from './provider-traps.js';
import type { GrafanaRule } from './subject.js';
import { urlParts } from './urls.js';

export const gitlabApiUrl: GrafanaRule = {
  id: 'gitlab-api-url',
  code: 'P21',
  severity: 'warning',
  summary: 'generic OAuth asks the REST API of GitLab instead of UserInfo',
  when: ['/api/v4'],
  docs: {
    why: 'api_url = …/api/v4 belongs to [auth.gitlab], which asks several addresses below it. Generic OAuth asks exactly the address it is given and takes its answer for the claims: groups are not among them, and the scopes of OpenID Connect do not open the REST API. UserInfo of GitLab is at /oauth/userinfo.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes = openid profile email\nauth_url = https://gitlab.acme.com/oauth/authorize\ntoken_url = https://gitlab.acme.com/oauth/token\napi_url = https://gitlab.acme.com/api/v4\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes = openid profile email\nauth_url = https://gitlab.acme.com/oauth/authorize\ntoken_url = https://gitlab.acme.com/oauth/token\napi_url = https://gitlab.acme.com/oauth/userinfo\n',
    references: ['GitLab: OpenID Connect provider', 'Grafana manual: configure GitLab OAuth2 authentication'],
  },
  check(subject, report) {
    const found = knownGeneric(subject);
    if (found?.known.id !== 'gitlab') return;
    const { provider } = found;
    const value = provider.text('api_url');
    const parts = urlParts(value);
    if (!parts || !/\/api\/v4(\/user)?\/?$/.test(parts.path)) return;
    const at = parts.pathPart.at + parts.path.indexOf('/api/v4');
    const better = `${value.slice(0, at)}/oauth/userinfo`;
    report({
      ...provider.within('api_url', at, '/api/v4'.length),
      message: 'api_url is an address of the REST API of GitLab, which has no groups of the person',
      consequence:
        'most likely the request is refused or its answer lacks what is looked for: groups, roles and perhaps the e-mail address are missing',
      help: `write api_url = ${better}, or use [auth.gitlab]`,
      suggestions: [`api_url = ${better}`],
    });
  },
};
