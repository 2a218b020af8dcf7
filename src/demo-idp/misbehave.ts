/**
 * Providers that go wrong on purpose: what a careful client must survive or refuse. Each name is one fault; several can be combined.
 */

export type Endpoint = 'discovery' | 'jwks' | 'authorize' | 'token' | 'userinfo' | 'emails' | 'teams' | 'orgs';

export const ENDPOINTS: readonly Endpoint[] = [
  'discovery',
  'jwks',
  'authorize',
  'token',
  'userinfo',
  'emails',
  'teams',
  'orgs',
];

interface Fault {
  readonly summary: string;
  /** The endpoint it strikes; where `movable`, another can be named: `slow:token`. */
  readonly at: Endpoint;
  readonly movable?: boolean;
}

export const FAULTS = {
  'alg-none': { at: 'token', summary: 'the ID token is not signed (alg none)' },
  'hs256-public-key': { at: 'token', summary: 'the ID token is signed with HS256, the public key being the secret' },
  'wrong-key': { at: 'token', summary: 'the ID token is signed with another key under the known key id' },
  'unknown-kid': { at: 'token', summary: 'the key of the ID token is not in the JWKS' },
  'wrong-issuer': { at: 'token', summary: 'iss of the ID token is another issuer' },
  'wrong-audience': { at: 'token', summary: 'aud of the ID token is another client' },
  expired: { at: 'token', summary: 'the ID token ended an hour ago' },
  'not-yet-valid': { at: 'token', summary: 'the ID token begins in an hour (iat and nbf)' },
  'wrong-nonce': { at: 'token', summary: 'the ID token has a nonce nobody sent' },
  'wrong-at-hash': { at: 'token', summary: 'at_hash belongs to another access token' },
  'encrypted-id-token': { at: 'token', summary: 'the ID token is encrypted (JWE)' },
  'garbage-id-token': { at: 'token', summary: 'the ID token is not a JWT' },
  'no-id-token': { at: 'token', summary: 'no ID token although openid was asked for' },
  'no-access-token': { at: 'token', summary: 'the token answer has no access_token' },
  'html-token': { at: 'token', summary: 'the token endpoint answers 200 with an HTML page' },
  'form-token': { at: 'token', summary: 'the token answer is form-encoded' },
  'text-token': { at: 'token', summary: 'the token answer is JSON sent as text/plain' },
  'error-200': { at: 'token', summary: 'errors of the token endpoint come with status 200' },
  'no-refresh-token': { at: 'token', summary: 'never a refresh token, whatever is asked' },
  'burnt-code': { at: 'token', summary: 'a failed client authentication spends the code' },
  'userinfo-jwt': { at: 'userinfo', summary: 'UserInfo is a signed JWT (application/jwt)' },
  'userinfo-other-sub': { at: 'userinfo', summary: 'UserInfo speaks of somebody else' },
  'userinfo-403': { at: 'userinfo', summary: 'UserInfo refuses (insufficient_scope)' },
  'numeric-sub': { at: 'token', summary: 'sub is a number in ID token and UserInfo' },
  'nonce-required': { at: 'authorize', summary: 'refuses authorization requests without a nonce' },
  'wrong-state': { at: 'authorize', summary: 'comes back with another state' },
  'wrong-iss-parameter': { at: 'authorize', summary: 'comes back with the iss of another provider' },
  'access-denied': { at: 'authorize', summary: 'comes back with error=access_denied' },
  'no-discovery': { at: 'discovery', summary: 'no discovery document' },
  'discovery-other-issuer': { at: 'discovery', summary: 'the discovery document names another issuer' },
  'discovery-slash': {
    at: 'discovery',
    summary: 'the discovery document adds or drops the slash at the end of the issuer',
  },
  slow: { at: 'userinfo', movable: true, summary: 'answers only after a delay' },
  hang: { at: 'userinfo', movable: true, summary: 'never answers' },
  'hang-up': { at: 'userinfo', movable: true, summary: 'closes the connection without an answer' },
  oversized: { at: 'userinfo', movable: true, summary: 'answers with several megabytes' },
  'redirect-loop': { at: 'userinfo', movable: true, summary: 'redirects to itself for ever' },
  'html-error': { at: 'userinfo', movable: true, summary: 'answers 502 with an HTML page' },
  'html-ok': { at: 'userinfo', movable: true, summary: 'answers 200 with an HTML page' },
  tls: { at: 'authorize', summary: 'https with a certificate of its own CA' },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;

/** `slow` or `slow:token`. */
export interface Misbehaviour {
  readonly fault: FaultName;
  readonly at: Endpoint;
}

/** Reads `slow:token`; undefined where the name is unknown or the fault cannot strike there. */
export function parseMisbehaviour(text: string): Misbehaviour | undefined {
  const [name = '', where] = text.split(':');
  if (!Object.hasOwn(FAULTS, name)) return undefined;
  const fault: Fault = FAULTS[name as FaultName];
  if (where === undefined) return { fault: name as FaultName, at: fault.at };
  const at = ENDPOINTS.find((endpoint) => endpoint === where);
  return at && (fault.movable || at === fault.at) ? { fault: name as FaultName, at } : undefined;
}
