/**
 * A login as a file: the envelope that `eval-role` replays, with the exchanges beside it. Without `--show-tokens` it holds no
 * credential: tokens that carry claims are kept as claims, everything else as `[redacted]`.
 */
import type { Exchange } from './recorder.js';
import { REDACTED, redactJson, type SecretStore } from './redact.js';

/** `redacted` in base64url: a signature part that keeps a token's shape but proves nothing. */
const NO_SIGNATURE = 'cmVkYWN0ZWQ';

export interface HttpAnswer {
  readonly status?: number;
  readonly body?: string;
  readonly error?: string;
}

export interface LoginEnvelope {
  readonly formatVersion: 1;
  readonly kind: 'auth-cli session';
  readonly recordedAt: string;
  readonly product: string;
  readonly section: string;
  /** The token endpoint's answer, as Grafana keeps it. */
  readonly token: Readonly<Record<string, unknown>>;
  /** Payload of the ID token as raw text, where the token itself was left out. */
  readonly id_token_claims?: string;
  readonly http: Readonly<Record<string, HttpAnswer>>;
  readonly exchanges: readonly Exchange[];
  readonly [key: string]: unknown;
}

export interface EnvelopeInput {
  readonly recordedAt: string;
  readonly product: string;
  readonly section: string;
  readonly idTokenAttributeName: string;
  readonly token: Readonly<Record<string, unknown>>;
  readonly http: Readonly<Record<string, HttpAnswer>>;
  readonly exchanges: readonly Exchange[];
  readonly secrets: SecretStore;
  readonly keepTokens: boolean;
}

/** The envelope that is resolved, shown and saved; one and the same, so that a replay cannot differ from the live run. */
export function loginEnvelope(input: EnvelopeInput): LoginEnvelope {
  const common = {
    formatVersion: 1,
    kind: 'auth-cli session',
    recordedAt: input.recordedAt,
    product: input.product,
    section: input.section,
  } as const;
  if (input.keepTokens) return { ...common, token: input.token, http: input.http, exchanges: input.exchanges };
  const token: Record<string, unknown> = { ...(redactJson(input.token) as Record<string, unknown>) };
  let claims: string | undefined;
  const idToken = input.token[input.idTokenAttributeName];
  if (typeof idToken === 'string') {
    claims = plainPayload(idToken);
    if (claims === undefined) token[input.idTokenAttributeName] = withoutSignature(idToken);
    else delete token[input.idTokenAttributeName];
  }
  const accessToken = input.token['access_token'];
  if (typeof accessToken === 'string') token['access_token'] = withoutSignature(accessToken);
  const http = Object.fromEntries(
    Object.entries(input.http).map(([url, answer]) => [
      url,
      answer.body === undefined ? answer : { ...answer, body: input.secrets.clean(unsigned(answer.body)) },
    ]),
  );
  return {
    ...common,
    token,
    ...(claims === undefined ? {} : { id_token_claims: claims }),
    http,
    exchanges: input.exchanges,
  };
}

/** The payload text of a plainly signed JWT; undefined where the token is anything else (its oddity must survive the replay). */
export function plainPayload(token: string): string | undefined {
  const parts = token.split('.');
  if (parts.length !== 3 || !parts.every((part) => /^[-_A-Za-z0-9]+$/.test(part))) return undefined;
  try {
    const header: unknown = JSON.parse(decode(parts[0]!));
    if (typeof header !== 'object' || header === null || Array.isArray(header) || 'zip' in header) return undefined;
    return decode(parts[1]!);
  } catch {
    return undefined;
  }
}

function decode(part: string): string {
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') !== part) throw new Error('not canonical');
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** A signed UserInfo answer is a token, too. */
function unsigned(body: string): string {
  return /^\s*ey[-_A-Za-z0-9]+\.[-_A-Za-z0-9]+\.[-_A-Za-z0-9]*\s*$/.test(body) ? withoutSignature(body.trim()) : body;
}

/** A token that kept its shape and claims but is no credential any more; an opaque one is gone. */
export function withoutSignature(token: string): string {
  const parts = token.split('.');
  if (parts.length === 3 && parts[0]!.startsWith('ey'))
    return `${parts[0]}.${parts[1]}.${parts[2] === '' ? '' : NO_SIGNATURE}`;
  return REDACTED;
}
