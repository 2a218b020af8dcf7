import { endpoints } from './endpoints.js';
import type { GrafanaRule } from './subject.js';
import { cite } from './support.js';
import { urlParts } from './urls.js';

export const urlFragment: GrafanaRule = {
  id: 'url-fragment',
  code: 'R07',
  severity: 'error',
  summary: 'auth_url has a "#", and everything Grafana adds lands behind it',
  when: ['#'],
  docs: {
    why: 'Grafana adds client_id, redirect_uri, state and the rest to the end of auth_url. Behind a "#" they never reach the identity provider, because browsers do not send that part.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = """https://login.acme.com/#/authorize"""\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://login.acme.com/authorize\n',
    references: ['RFC 6749, 3.1: the authorization endpoint must not include a fragment', 'RFC 3986, 3.5'],
  },
  check(subject, report) {
    for (const { provider, key, value } of endpoints(subject, ['auth_url'])) {
      const fragment = urlParts(value)?.fragmentPart;
      if (!fragment) continue;
      report({
        ...provider.within(key, fragment.at, fragment.length),
        message: `auth_url of [${provider.section}] has the fragment ${cite(value.slice(fragment.at), 30)}`,
        consequence: 'client_id, redirect_uri and state are added behind it and never reach the identity provider',
        help: `write the authorization endpoint without fragment, such as ${cite(value.slice(0, fragment.at))}`,
        suggestions: [value.slice(0, fragment.at)],
      });
    }
  },
};
