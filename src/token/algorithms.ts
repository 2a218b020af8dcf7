/** The signature algorithms of JWS that can be verified (RFC 7518, RFC 8037, RFC 9864). */

/** Which kind of key an algorithm needs, and its curve where it has one. */
export const ALGORITHMS: Readonly<
  Record<string, { readonly kty: string; readonly crv?: readonly string[]; readonly hash: string }>
> = {
  RS256: { kty: 'RSA', hash: 'SHA-256' },
  RS384: { kty: 'RSA', hash: 'SHA-384' },
  RS512: { kty: 'RSA', hash: 'SHA-512' },
  PS256: { kty: 'RSA', hash: 'SHA-256' },
  PS384: { kty: 'RSA', hash: 'SHA-384' },
  PS512: { kty: 'RSA', hash: 'SHA-512' },
  ES256: { kty: 'EC', crv: ['P-256'], hash: 'SHA-256' },
  ES384: { kty: 'EC', crv: ['P-384'], hash: 'SHA-384' },
  ES512: { kty: 'EC', crv: ['P-521'], hash: 'SHA-512' },
  EdDSA: { kty: 'OKP', crv: ['Ed25519'], hash: 'SHA-512' },
  Ed25519: { kty: 'OKP', crv: ['Ed25519'], hash: 'SHA-512' },
  HS256: { kty: 'oct', hash: 'SHA-256' },
  HS384: { kty: 'oct', hash: 'SHA-384' },
  HS512: { kty: 'oct', hash: 'SHA-512' },
};

export const SIGNING_ALGORITHMS: readonly string[] = Object.keys(ALGORITHMS);
