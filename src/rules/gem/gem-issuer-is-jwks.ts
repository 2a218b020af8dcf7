import { block } from './example.js';
import type { GemRule } from './subject.js';
import { cite, within } from './subject.js';

export const gemIssuerIsJwks: GemRule = {
  id: 'gem-issuer-is-jwks',
  code: 'G08',
  severity: 'error',
  summary: 'The issuer is the address of keys or tokens',
  docs: {
    why: 'GEM wants the issuer and finds the keys by discovery. The habit of giving the jwks_uri comes from the manuals of Enterprise Logs and Traces.',
    bad: block({ issuer_url: 'https://accounts.example.com/realms/acme/protocol/openid-connect/certs' }),
    good: block(),
    references: [
      'GEM manual: Integrate with OAuth',
      'Enterprise Logs and Traces manuals (auth.admin.oidc.url is the jwks_uri there)',
    ],
  },
  check(subject, report) {
    const entry = subject.issuer;
    if (entry === undefined || entry.value.includes('/.well-known/openid-configuration')) return;
    const match =
      /\/(?:protocol\/openid-connect\/\w+|oauth2\/(?:v\d+\/)?(?:keys|token|certs)|discovery\/(?:v[\d.]+\/)?keys|\.well-known\/jwks(?:\.json)?|jwks(?:\.json|_uri)?|certs|keys|token|authorize)\/?$/.exec(
        entry.value,
      );
    // WSO2 Identity Server and Asgardeo name their token endpoint as the issuer.
    if (match === null || match[0] === '/oauth2/token') return;
    const issuer = entry.value.slice(0, match.index);
    report({
      ...within(entry, { start: match.index, end: entry.value.length }),
      message: `the issuer ends in ${cite(match[0])}, like an address of keys or tokens`,
      consequence: 'no discovery document is found below it: OIDC does not work',
      help: `write the issuer, probably ${issuer}`,
      suggestions: [issuer],
    });
  },
};
