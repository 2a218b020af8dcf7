import { knownGeneric } from './provider-traps.js';
import type { GrafanaRule } from './subject.js';
import { given, items } from './support.js';

/** What these give in place of a person's address. */
const GIVES: Readonly<Record<string, { readonly what: string; readonly basis: 'docs' | 'inferred' }>> = {
  openshift: { what: 'a user name, and no e-mail address', basis: 'inferred' },
  simplelogin: { what: 'an alias made for each client, not the address of the person', basis: 'docs' },
};

export const domainGateNoAddress: GrafanaRule = {
  id: 'domain-gate-no-address',
  code: 'P15',
  severity: 'warning',
  summary: 'allowed_domains against a provider that does not give the address of a person',
  when: ['allowed_domains'],
  docs: {
    why: 'allowed_domains compares the end of the e-mail address. SimpleLogin gives an alias of its own domain for each client, and the user object of OpenShift has no e-mail address at all, so that its name is usually taken in place of one: a company domain matches nobody.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://app.simplelogin.io/oauth2/authorize\ntoken_url = https://app.simplelogin.io/oauth2/token\napi_url = https://app.simplelogin.io/oauth2/userinfo\nallowed_domains = acme.com\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://app.simplelogin.io/oauth2/authorize\ntoken_url = https://app.simplelogin.io/oauth2/token\napi_url = https://app.simplelogin.io/oauth2/userinfo\nallow_sign_up = false\n',
    references: ['SimpleLogin: user information of the OAuth endpoints', 'Grafana issues 9585, 25267 (OpenShift)'],
  },
  check(subject, report) {
    const key = 'allowed_domains';
    const found = knownGeneric(subject);
    const gives = found && GIVES[found.known.id];
    if (!gives || !given(subject, found.provider.section, key)) return;
    const { known, provider } = found;
    const domains = items(subject, provider, key);
    if (domains.length === 0 || domains.every((domain) => /simplelogin|slmail|aleeas/i.test(domain))) return;
    report({
      ...provider.at(key),
      message: `${known.name} gives ${gives.what}${gives.basis === 'docs' ? '' : ', as far as known'}`,
      consequence: 'no domain of a company matches, and whoever has none of the domains is refused',
      help:
        known.id === 'openshift'
          ? 'use allowed_groups with groups_attribute_path = groups (10.1 and later), or a strict role'
          : 'create the users first and write allow_sign_up = false, or use another provider',
    });
  },
};
