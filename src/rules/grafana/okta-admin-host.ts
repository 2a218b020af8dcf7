import type { GrafanaRule } from './subject.js';
import { providersInUse } from './support.js';
import { urlParts } from './urls.js';

const ADMIN = /^([a-z0-9-]+?)-admin\.(okta(?:preview)?|okta-emea)\.com$/;

export const oktaAdminHost: GrafanaRule = {
  id: 'okta-admin-host',
  code: 'P20',
  severity: 'warning',
  summary: 'an address on the host of the Okta admin console',
  when: ['-admin.okta'],
  docs: {
    why: 'The admin console of Okta has a host of its own, acme-admin.okta.com. As far as known, logins are served at acme.okta.com; an address copied from the bar of the browser while in the console leads astray.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = 0oa1\nauth_url = https://acme-admin.okta.com/oauth2/v1/authorize\ntoken_url = https://acme.okta.com/oauth2/v1/token\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = 0oa1\nauth_url = https://acme.okta.com/oauth2/v1/authorize\ntoken_url = https://acme.okta.com/oauth2/v1/token\n',
    references: ['Okta: domains of an organization'],
  },
  check(subject, report) {
    for (const provider of providersInUse(subject)) {
      for (const key of ['auth_url', 'token_url', 'api_url']) {
        const value = provider.text(key);
        const parts = value.includes('-admin.okta') ? urlParts(value) : undefined;
        const match = parts && ADMIN.exec(parts.host);
        if (!match) continue;
        const host = `${match[1]}.${match[2]}.com`;
        report({
          ...provider.within(key, parts.hostPart.at, parts.hostPart.length),
          message: `${key} of [${provider.section}] is on the host of the Okta admin console, where, as far as known, nobody can log in to applications`,
          consequence: 'the login ends with an error page of Okta',
          help: `write ${host}`,
          suggestions: [value.replace(parts.host, host)],
        });
      }
    }
  },
};
