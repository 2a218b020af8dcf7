/**
 * How a request brings tenant and token: `Authorization: Bearer <tenant>:<JWT>`, or HTTP basic with the tenant as user and
 * the JWT as password. Source: GEM manual "Integrate with OAuth"; RFC 7617 (basic), RFC 7235 (scheme without case).
 */
import { decodeBase64, looksLikeJwt, utf8 } from './jwt.js';

export interface Credentials {
  readonly form: 'bearer' | 'basic' | 'tenant:token' | 'token' | 'none';
  /** Null where the form has none; empty for a basic user left empty, as the admin API is used. */
  readonly tenant: string | null;
  readonly token: string | null;
}

export interface CredentialResult {
  readonly credentials: Credentials;
  /** Why they are refused. */
  readonly refused?: { readonly message: string; readonly hint?: string };
  /** Said although they pass. */
  readonly notes: readonly string[];
  readonly undetermined?: boolean;
}

const NONE: Credentials = { form: 'none', tenant: null, token: null };

/** The value of a header, its name compared without case. */
export function header(headers: Readonly<Record<string, unknown>>, name: string): string | undefined {
  for (const [key, value] of Object.entries(headers))
    if (key.toLowerCase() === name && typeof value === 'string') return value;
  return undefined;
}

/** Splits the `Authorization` header of a request. */
export function readHeaders(headers: Readonly<Record<string, unknown>>): CredentialResult {
  const value = header(headers, 'authorization');
  if (value === undefined) return refuse(NONE, 'the request has no Authorization header', missingHint(headers));
  const space = value.indexOf(' ');
  const scheme = space === -1 ? value : value.slice(0, space);
  const rest = space === -1 ? '' : value.slice(space + 1).trim();
  const word = scheme.toLowerCase();
  if (word === 'bearer') return withScheme(scheme, 'Bearer', bearer(rest));
  if (word === 'basic') return withScheme(scheme, 'Basic', basic(rest));
  return refuse(
    NONE,
    `the authorization scheme "${scheme}" is not one GEM documents`,
    'send Bearer <tenant>:<JWT>, or Basic with the tenant as user and the JWT as password',
  );
}

/** A token given by itself: `tenant:JWT` or a JWT. */
export function readToken(text: string): CredentialResult {
  const colon = text.indexOf(':');
  if (colon === -1) return { credentials: { form: 'token', tenant: null, token: text }, notes: [] };
  const tenant = text.slice(0, colon);
  return { credentials: { form: 'tenant:token', tenant, token: text.slice(colon + 1) }, notes: tenantNotes(tenant) };
}

function withScheme(written: string, usual: string, result: CredentialResult): CredentialResult {
  if (written === usual || result.refused) return result;
  const note = `the scheme is written "${written}"; HTTP compares it without case, whether GEM does is not documented`;
  return { ...result, notes: [...result.notes, note], undetermined: true };
}

function bearer(text: string): CredentialResult {
  const colon = text.indexOf(':');
  if (colon === -1) {
    const plain = { form: 'bearer', tenant: null, token: text } as const;
    return refuse(
      plain,
      'the bearer token has no tenant in front: two parts, <tenant>:<JWT>, are needed',
      looksLikeJwt(text)
        ? 'put the tenant and a colon in front; where the client can only forward a plain token (Grafana "Forward OAuth Identity", an agent), a proxy has to do it'
        : undefined,
    );
  }
  const tenant = text.slice(0, colon);
  const token = text.slice(colon + 1);
  const credentials = { form: 'bearer', tenant, token } as const;
  if (tenant === '')
    return {
      ...refuse(credentials, 'nothing stands before the colon: the tenant is missing'),
      undetermined: true,
    };
  if (token === '') return refuse(credentials, 'nothing stands behind the colon: the JWT is missing');
  const notes = [
    ...tenantNotes(tenant),
    'a colon lies outside the bearer alphabet of RFC 6750: a strict proxy in front of GEM may refuse this form',
  ];
  return { credentials, notes };
}

function basic(text: string): CredentialResult {
  const bytes = decodeBase64(text);
  if (bytes === undefined) return refuse({ ...NONE, form: 'basic' }, 'the basic credentials are not base64');
  const pair = utf8(bytes);
  const colon = pair.indexOf(':');
  if (colon === -1)
    return refuse(
      { form: 'basic', tenant: null, token: pair },
      'the basic credentials hold no colon: tenant and JWT are needed',
    );
  const tenant = pair.slice(0, colon);
  const token = pair.slice(colon + 1);
  const credentials = { form: 'basic', tenant, token } as const;
  if (looksLikeJwt(tenant) && !looksLikeJwt(token))
    return refuse(credentials, 'user and password are swapped', 'the tenant is the user, the JWT is the password');
  if (token === '') return refuse(credentials, 'the password is empty: the JWT goes there');
  return { credentials, notes: tenantNotes(tenant) };
}

/** Source: tenant names as the admin API of the sibling Enterprise Logs takes them, 3 to 64 of a-z 0-9 - _. */
export function tenantNameProblem(tenant: string): string | undefined {
  if (tenant.length < 3 || tenant.length > 64) return 'is not 3 to 64 characters long';
  for (const char of tenant)
    if (!((char >= 'a' && char <= 'z') || (char >= '0' && char <= '9') || char === '-' || char === '_'))
      return `holds ${JSON.stringify(char)}; only a-z, 0-9, - and _ are allowed`;
  return undefined;
}

/** The tenants of a tenant part: several are parted by `|`. */
export function tenantsOf(tenant: string): readonly string[] {
  return tenant.split('|');
}

function tenantNotes(tenant: string): string[] {
  if (tenant === '') return ['the tenant is empty, as requests to the admin API have it'];
  const notes: string[] = [];
  for (const one of tenantsOf(tenant)) {
    const problem = tenantNameProblem(one);
    if (problem !== undefined) notes.push(`the tenant name "${one}" ${problem}`);
  }
  return notes;
}

function refuse(credentials: Credentials, message: string, hint?: string): CredentialResult {
  return { credentials, refused: { message, ...(hint === undefined ? {} : { hint }) }, notes: [] };
}

function missingHint(headers: Readonly<Record<string, unknown>>): string | undefined {
  const scope = header(headers, 'x-scope-orgid');
  if (header(headers, 'x-id-token') !== undefined)
    return `Grafana's forwarded token stands in X-ID-Token; a proxy has to turn it into Authorization: Bearer ${scope ?? '<tenant>'}:<token>`;
  if (scope !== undefined) return 'X-Scope-OrgID alone is believed only with auth.type: trust';
  return undefined;
}
