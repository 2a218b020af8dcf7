import { block } from './example.js';
import type { GemRule } from './subject.js';
import { cite, fixTo, valuePlace } from './subject.js';

export const gemIssuerSlash: GemRule = {
  id: 'gem-issuer-slash',
  code: 'G46',
  severity: 'error',
  summary: 'The issuer of this identity provider has a slash at its end, or has none',
  docs: {
    why: 'The issuer of a token is compared letter by letter. authentik, Auth0 and JumpCloud end theirs with a slash; Keycloak, Entra ID, Okta, Google and Cognito do not. With one slash too many or too few every token is refused.',
    bad: block({ issuer_url: 'https://acme.eu.auth0.com' }),
    good: block({ issuer_url: 'https://acme.eu.auth0.com/' }),
    references: ['OpenID Connect Core 1.0 section 3.1.3.7 (iss)', 'Auth0: discovery; authentik: OAuth2 provider'],
  },
  check(subject, report) {
    const entry = subject.issuer;
    const { providers, claims } = subject.evidence;
    // What the provider itself says is compared elsewhere.
    if (entry === undefined || providers.length > 0 || claims.length > 0) return;
    const known = SLASHES.find(({ issuer }) => issuer.test(entry.value));
    if (!known || entry.value.endsWith('/') === known.slash) return;
    const better = known.slash ? `${entry.value}/` : entry.value.replace(/\/+$/, '');
    report({
      ...valuePlace(entry),
      message: `the issuer ${cite(entry.value)} ${known.slash ? 'lacks the slash at its end' : 'has a slash at its end'}, and that of ${known.name} ${known.slash ? 'has one' : 'has none'}`,
      consequence: 'the issuer in every token differs from it, and every token is refused',
      help: `write ${better}`,
      suggestions: [better],
      ...fixTo(entry, better),
    });
  },
};

interface IssuerForm {
  readonly name: string;
  readonly issuer: RegExp;
  readonly slash: boolean;
}

const SLASHES: readonly IssuerForm[] = [
  { name: 'authentik', issuer: /^https?:\/\/[^/]+\/application\/o\/[^/]+\/?$/, slash: true },
  { name: 'Auth0', issuer: /^https:\/\/[^/]+\.auth0\.com\/?$/, slash: true },
  { name: 'JumpCloud', issuer: /^https:\/\/oauth\.id(\.[a-z]+)?\.jumpcloud\.com\/?$/, slash: true },
  { name: 'Keycloak', issuer: /^https?:\/\/[^/]+(\/auth)?\/realms\/[^/]+\/?$/, slash: false },
  {
    name: 'Microsoft Entra ID',
    issuer: /^https:\/\/login\.microsoftonline\.(com|us)\/[^/]+\/v2\.0\/?$/,
    slash: false,
  },
  { name: 'Okta', issuer: /^https:\/\/[^/]+\.okta(preview)?\.com(\/oauth2\/[^/]+)?\/?$/, slash: false },
  { name: 'Google', issuer: /^https:\/\/accounts\.google\.com\/?$/, slash: false },
  {
    name: 'Amazon Cognito',
    issuer: /^https:\/\/cognito-idp\.[a-z0-9-]+\.amazonaws\.com\/[^/]+\/?$/,
    slash: false,
  },
];
