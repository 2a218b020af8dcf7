import { knownGeneric } from './provider-traps.js';
import type { GrafanaRule } from './subject.js';
import { given } from './support.js';

/** Names of claims that stand in a published example and that Keycloak does not send by itself. */
const PUBLISHED: readonly (readonly [option: string, claim: string, sent: string, otherwise: string])[] = [
  ['login_attribute_path', 'username', 'preferred_username', 'the e-mail address becomes the login'],
  ['name_attribute_path', 'full_name', 'name', 'the name is found in the claim name all the same'],
];

export const publishedClaimNames: GrafanaRule = {
  id: 'published-claim-names',
  code: 'P16',
  severity: 'info',
  summary: 'claim names of a published example that Keycloak does not send',
  when: ['username', 'full_name'],
  docs: {
    why: "Grafana's page about Keycloak reads the login from username and the name from full_name. Keycloak sends preferred_username and name; the others come only where somebody added mappers for them. The paths find nothing, without a message, and the e-mail address becomes the login.",
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://id.acme.com/realms/acme/protocol/openid-connect/auth\ntoken_url = https://id.acme.com/realms/acme/protocol/openid-connect/token\nlogin_attribute_path = username\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://id.acme.com/realms/acme/protocol/openid-connect/auth\ntoken_url = https://id.acme.com/realms/acme/protocol/openid-connect/token\nlogin_attribute_path = preferred_username\n',
    references: ['Grafana manual: configure Keycloak OAuth2 authentication', 'Keycloak: client scope profile'],
  },
  check(subject, report) {
    const found = knownGeneric(subject);
    if (found?.known.id !== 'keycloak') return;
    const { known, provider } = found;
    for (const [option, claim, sent, otherwise] of PUBLISHED) {
      if (!given(subject, provider.section, option) || provider.text(option) !== claim) continue;
      report({
        ...provider.at(option),
        message: `${known.name} sends ${sent}, and no claim ${claim} unless a mapper was added for it`,
        consequence: `${option} finds nothing: ${otherwise}`,
        help: `write ${option} = ${sent}`,
        suggestions: [`${option} = ${sent}`],
      });
    }
  },
};
