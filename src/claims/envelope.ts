/** What a payload's envelope carries, sorted into what Grafana would meet. */
import { UsageError } from '../errors.js';
import { Body, TextBody, ValueBody } from './body.js';
import type { RecordedAnswer, RecordedAnswers } from './exchange.js';
import type { KnownOrgs } from './org-mapping.js';

/** The parts of an envelope that a login is resolved from; the whole is described with the command `eval-role`. */
export interface LoginEnvelope {
  readonly id_token?: unknown;
  readonly id_token_claims?: unknown;
  readonly access_token?: unknown;
  readonly token?: unknown;
  readonly userinfo?: unknown;
  readonly emails?: unknown;
  readonly teams?: unknown;
  readonly orgs?: unknown;
  readonly http?: unknown;
  readonly organizations?: unknown;
}

type Table = Readonly<Record<string, unknown>>;

export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Body);
}

/** A document of an envelope: a text is raw text, anything else its JSON. */
export function bodyOf(value: unknown): Body {
  if (value instanceof Body) return value;
  return typeof value === 'string' ? new TextBody(value) : new ValueBody(value);
}

/** `{ status, body }` where a failing endpoint is the point; an object with any other key is a body itself. */
export function isAnswer(value: unknown): value is { readonly status: number; readonly body?: unknown } {
  return (
    isTable(value) &&
    typeof value['status'] === 'number' &&
    Object.keys(value).every((key) => key === 'status' || key === 'body')
  );
}

function answer(value: unknown): RecordedAnswer {
  if (!isAnswer(value)) return { status: 200, body: bodyOf(value) };
  return { status: value.status, body: value.body === undefined ? NO_BODY : bodyOf(value.body) };
}

const NO_BODY = new TextBody('');

function httpAnswer(url: string, value: unknown): RecordedAnswer {
  if (!isTable(value))
    throw new UsageError(`the payload's http["${url}"] is no answer`, {
      hint: 'write { "status": 200, "body": … } or { "error": "text" }',
    });
  if (typeof value['error'] === 'string') return { error: value['error'] };
  const status = value['status'] ?? 200;
  if (typeof status !== 'number') throw new UsageError(`the payload's http["${url}"].status is no number`);
  return { status, body: value['body'] === undefined ? NO_BODY : bodyOf(value['body']) };
}

/** The answers an envelope carries. Throws UsageError where its shape is wrong. */
export function recordedAnswers(envelope: LoginEnvelope): RecordedAnswers {
  let http: Map<string, RecordedAnswer> | undefined;
  if (envelope.http !== undefined && envelope.http !== null) {
    if (!isTable(envelope.http)) throw new UsageError('the payload\'s "http" is no object of URL → answer');
    http = new Map(Object.entries(envelope.http).map(([url, value]) => [url, httpAnswer(url, value)]));
  }
  const one = (key: 'userinfo' | 'emails' | 'teams' | 'orgs'): RecordedAnswer | undefined =>
    envelope[key] === undefined ? undefined : answer(envelope[key]);
  return { http, userinfo: one('userinfo'), emails: one('emails'), teams: one('teams'), orgs: one('orgs') };
}

export interface RecordedToken {
  /** What stands under the name Grafana looks for; undefined where there is nothing (null counts as nothing). */
  readonly idToken: unknown;
  /** Claims to take where there is no ID token. */
  readonly claims: Body | undefined;
  readonly accessToken: string;
}

/**
 * The token endpoint's answer. `attribute`: the key Grafana reads the ID token from (`id_token_attribute_name`).
 * Throws UsageError where the envelope's shape is wrong.
 */
export function recordedToken(envelope: LoginEnvelope, attribute: string): RecordedToken {
  const { token } = envelope;
  if (token !== undefined && token !== null && !isTable(token))
    throw new UsageError('the payload\'s "token" is no object', {
      hint: 'it is the answer of the token endpoint: { "access_token": "…", "id_token": "…" }',
    });
  const table: Table = token ?? {};
  const accessToken = Object.hasOwn(table, 'access_token') ? table['access_token'] : envelope.access_token;
  let idToken: unknown;
  if (Object.hasOwn(table, attribute)) idToken = table[attribute];
  else if (attribute === 'access_token') idToken = envelope.access_token ?? envelope.id_token;
  else idToken = envelope.id_token;
  const absent = idToken === undefined || idToken === null;
  return {
    idToken: absent ? undefined : idToken,
    claims: absent && envelope.id_token_claims !== undefined ? bodyOf(envelope.id_token_claims) : undefined,
    accessToken: typeof accessToken === 'string' ? accessToken : '',
  };
}

/** The server's organizations. Throws UsageError where the envelope's shape is wrong. */
export function knownOrgs(envelope: LoginEnvelope): KnownOrgs {
  const { organizations } = envelope;
  if (organizations === undefined || organizations === null) return organizations;
  const wrong = () =>
    new UsageError('the payload\'s "organizations" is no object of name → id', {
      hint: 'write { "Main Org.": 1 }, or null where Grafana cannot list them',
    });
  if (!isTable(organizations)) throw wrong();
  if (Object.values(organizations).some((id) => !Number.isSafeInteger(id))) throw wrong();
  return organizations as Readonly<Record<string, number>>;
}
