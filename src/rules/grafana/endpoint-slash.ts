import { knownGeneric } from './provider-traps.js';
import type { GrafanaRule } from './subject.js';
import { urlParts } from './urls.js';

export const endpointSlash: GrafanaRule = {
  id: 'endpoint-slash',
  code: 'P07',
  severity: 'warning',
  summary: 'an address of authentik lacks the slash at its end',
  when: ['/application/o/'],
  docs: {
    why: 'The addresses of authentik end in a slash. Without it authentik answers with a redirect, over which the POST to the token endpoint and the header of the request for UserInfo can get lost: the login ends with an error of the token exchange, or without claims.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://id.acme.com/application/o/authorize/\ntoken_url = https://id.acme.com/application/o/token\napi_url = https://id.acme.com/application/o/userinfo/\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://id.acme.com/application/o/authorize/\ntoken_url = https://id.acme.com/application/o/token/\napi_url = https://id.acme.com/application/o/userinfo/\n',
    references: ['authentik: integrate with Grafana', 'goauthentik/authentik issue 14695'],
  },
  check(subject, report) {
    const found = knownGeneric(subject);
    if (!found?.known.apiSlash) return;
    const { known, provider } = found;
    for (const key of ['auth_url', 'token_url', 'api_url']) {
      const value = provider.text(key);
      const parts = urlParts(value);
      if (!parts || !/\/application\/o\/\w+$/.test(parts.path)) continue;
      const end = parts.pathPart.at + parts.path.length;
      const better = `${value.slice(0, end)}/${value.slice(end)}`;
      report({
        ...provider.within(key, end - 1, 1),
        message: `${key} of [${provider.section}] lacks the slash at its end that the addresses of ${known.name} have`,
        consequence: 'the request is redirected, and may arrive without what it carries',
        help: `write ${key} = ${better}`,
        suggestions: [`${key} = ${better}`],
      });
    }
  },
};
