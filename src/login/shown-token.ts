/**
 * Tokens as they are shown: decoded, and redacted unless the person asked for them whole.
 */
import { REDACTED, redactJson } from './redact.js';
import type { ShownToken, ShownTokens } from './report.js';

export function shownTokens(
  token: Readonly<Record<string, unknown>>,
  idTokenAttributeName: string,
  keep: boolean,
): ShownTokens {
  const { access_token: access, refresh_token: refresh, ...others } = token;
  const rest: Record<string, unknown> = others;
  const idToken = rest[idTokenAttributeName];
  delete rest[idTokenAttributeName];
  return {
    id_token: typeof idToken === 'string' ? shownToken(idToken, keep) : null,
    access_token: typeof access === 'string' ? shownToken(access, keep) : null,
    refresh_token: typeof refresh === 'string' && refresh !== '' ? (keep ? refresh : REDACTED) : null,
    other: keep ? rest : (redactJson(rest) as Record<string, unknown>),
  };
}

export function shownToken(token: string, keep: boolean): ShownToken {
  const raw = keep ? token : REDACTED;
  const parts = token.split('.');
  const header = decodeObject(parts[0]);
  if (parts.length === 5 && header !== undefined) return { kind: 'jwe', header, raw };
  const claims = decodeObject(parts[1]);
  if (parts.length === 3 && header !== undefined && claims !== undefined) return { kind: 'jwt', header, claims, raw };
  return { kind: 'opaque', raw };
}

function decodeObject(part: string | undefined): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
