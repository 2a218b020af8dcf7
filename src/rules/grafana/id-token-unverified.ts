import type { GrafanaRule } from './subject.js';
import { given, isFilledIn, keyOrProvider, providersInUse } from './support.js';
import { hostKind, urlParts } from './urls.js';

const KINDS = ['generic_oauth', 'gitlab', 'google', 'okta'];

export const idTokenUnverified: GrafanaRule = {
  id: 'id-token-unverified',
  code: 'C09',
  severity: 'warning',
  summary: 'the signature of the ID token is not checked although it was meant to be, or has to be',
  docs: {
    why: 'Grafana checks the signature of the ID token only where validate_id_token is true and jwk_set_url is set. One without the other does nothing. Where the connection to the token endpoint is not protected, the signature is all that could be trusted.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nvalidate_id_token = true\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nvalidate_id_token = true\njwk_set_url = https://login.acme.com/keys\n',
    references: [
      'Grafana: validate_id_token and jwk_set_url (12.4)',
      'OpenID Connect Core 1.0, 3.1.3.7: ID token validation',
    ],
  },
  versions: '>=12.4',
  check(subject, report) {
    for (const provider of providersInUse(subject)) {
      if (!KINDS.includes(provider.kind)) continue;
      if (isFilledIn(subject, provider.section, 'validate_id_token')) continue;
      const on = provider.flag('validate_id_token');
      const keys = given(subject, provider.section, 'jwk_set_url');
      if (on && keys) continue;
      if (on)
        report({
          ...provider.at('validate_id_token'),
          message: `validate_id_token of [${provider.section}] is true, but jwk_set_url is not set`,
          consequence: 'no signature is checked: without keys the option does nothing',
          help: 'set jwk_set_url to jwks_uri of the discovery document',
        });
      else if (keys)
        report({
          ...provider.at('jwk_set_url'),
          message: `jwk_set_url of [${provider.section}] is set, but validate_id_token is not true`,
          consequence: 'no signature is checked: the keys are never fetched',
          help: 'write validate_id_token = true',
          suggestions: ['validate_id_token = true'],
        });
      else if (
        provider.isSet('validate_id_token') ||
        unprotected(provider.text('token_url'), provider.flag('tls_skip_verify_insecure'))
      )
        report({
          ...keyOrProvider(subject, provider, 'validate_id_token'),
          severity: 'info',
          message: `the signature of ID tokens is not checked by [${provider.section}]`,
          consequence: 'claims are believed because of the connection they came through alone',
          help: 'set validate_id_token = true and jwk_set_url to jwks_uri of the discovery document',
          suggestions: ['validate_id_token = true'],
        });
    }
  },
};

function unprotected(tokenUrl: string, skipsVerification: boolean): boolean {
  const parts = urlParts(tokenUrl);
  return skipsVerification || (parts?.scheme === 'http' && hostKind(parts.host) === 'public');
}
