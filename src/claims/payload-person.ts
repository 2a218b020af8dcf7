/** Who a payload is about, where the result of a dry run does not say: a refused person has no user object. */
import { Body } from './body.js';
import { isTable } from './envelope.js';
import { jwtPayload } from './jwt.js';
import { textBody } from './payload.js';
import type { PayloadEnvelope } from './resolver.js';

/** The first of the usual names among the claims, ID token first; undefined where there is none. */
export function nameInPayload(envelope: PayloadEnvelope): string | undefined {
  const token = isTable(envelope.token) ? (envelope.token['id_token'] ?? envelope.id_token) : envelope.id_token;
  const claims = typeof token === 'string' ? jwtPayload(token.slice(token.indexOf(':') + 1)) : undefined;
  for (const part of [claims?.ok ? textBody(claims.text) : envelope.id_token_claims, envelope.userinfo]) {
    const value = part instanceof Body ? part.plain?.value : part;
    if (!isTable(value)) continue;
    for (const key of ['preferred_username', 'login', 'username', 'email', 'upn', 'sub']) {
      const found = value[key];
      if (typeof found === 'string' && found !== '') return found;
    }
  }
  return undefined;
}
