/**
 * Where Grafana takes a person's data from: the ID token, then UserInfo, then (12.1 and later) the access token. A source that
 * cannot be read in full counts as none, and the login goes on. Source: the study of Grafana's resolution, "Sources and JSON
 * decoding", "JWT".
 */
import type { Body, DecodedDocument } from './body.js';
import { type Read, type Refusal, readUser, type UserFields } from './documents.js';
import type { RecordedToken } from './envelope.js';
import type { Address, Answer, Exchange } from './exchange.js';
import { jwtPayload } from './jwt.js';
import { textBody } from './payload.js';
import type { ClaimsProfile } from './profile.js';
import { since } from './profile.js';
import { SOURCE_NAMES, show, type Tracer } from './tracer.js';

export type SourceName = 'id_token' | 'userinfo' | 'access_token';

/** A source that can be read. */
export class SourceDocument {
  readonly #body: Body;
  #document: DecodedDocument | undefined;

  constructor(
    readonly name: SourceName,
    readonly fields: UserFields,
    body: Body,
  ) {
    this.#body = body;
  }

  /** The whole document, for attribute paths. */
  get document(): DecodedDocument {
    this.#document ??= this.#body.document();
    return this.#document;
  }
}

/** An ID token that is no text, up to 10.0: the login dies. */
export class TokenPanic {
  constructor(readonly found: unknown) {}
}

export interface SourceInputs {
  readonly profile: ClaimsProfile;
  readonly token: RecordedToken;
  /** Key the ID token stands under. */
  readonly attribute: string;
  /** Undefined where `api_url` is unset. */
  readonly apiUrl: Address | undefined;
  readonly userinfoRecorded: boolean;
}

export interface Sources {
  /** The readable ones, in the order in which Grafana looks at them. */
  readonly readable: readonly SourceDocument[];
  /** Every document there is, also one that Grafana drops or does not look at; only where there is a trace. */
  readonly documents: ReadonlyMap<SourceName, Body>;
}

const NO_DOCUMENTS = new Map<SourceName, Body>();

/** Throws TokenPanic. */
export function readSources(inputs: SourceInputs, exchange: Exchange, trace: Tracer | undefined): Sources {
  const documents = trace ? new Map<SourceName, Body>() : NO_DOCUMENTS;
  const readable: SourceDocument[] = [];
  const take = (name: SourceName, found: Found | undefined) => {
    if (found === undefined) return;
    if (trace) documents.set(name, found.body);
    if (found.note === undefined) return;
    const source = readDocument(name, found.body, inputs.profile, trace, found.note);
    if (source) readable.push(source);
  };
  take('id_token', findIdToken(inputs, trace));
  take('userinfo', findUserinfo(inputs, exchange, trace));
  take('access_token', findAccessToken(inputs, trace));
  return { readable, documents };
}

interface Found {
  readonly body: Body;
  /** What to say about it; undefined where this version does not look at it. */
  readonly note: string | undefined;
}

function findIdToken(inputs: SourceInputs, trace: Tracer | undefined): Found | undefined {
  const { token, profile, attribute } = inputs;
  const option = attribute === 'id_token' ? {} : { option: 'id_token_attribute_name' };
  if (token.idToken === undefined) {
    if (token.claims !== undefined) return { body: token.claims, note: 'claims given in place of a token' };
    trace?.add({
      field: 'source',
      source: 'id_token',
      ...option,
      status: 'empty',
      note: `the token answer has no "${attribute}"${attribute === 'id_token' ? '; without the scope "openid" providers send none' : ''}`,
    });
    return undefined;
  }
  if (typeof token.idToken !== 'string') {
    if (profile.nonStringToken === 'panic') throw new TokenPanic(token.idToken);
    trace?.add({
      field: 'source',
      source: 'id_token',
      ...option,
      status: 'ignored',
      note: `"${attribute}" of the token answer is no text (${show(token.idToken)})`,
    });
    return undefined;
  }
  const payload = jwtPayload(token.idToken);
  if (!payload.ok) {
    trace?.add({
      field: 'source',
      source: 'id_token',
      ...option,
      status: 'ignored',
      note: `"${attribute}" is no token Grafana can read: ${payload.reason}`,
    });
    return undefined;
  }
  return { body: textBody(payload.text), note: 'its signature, expiry and audience are not looked at here' };
}

function findUserinfo(inputs: SourceInputs, exchange: Exchange, trace: Tracer | undefined): Found | undefined {
  if (inputs.apiUrl === undefined) {
    trace?.add({
      field: 'source',
      source: 'userinfo',
      option: 'api_url',
      status: 'skipped',
      note: inputs.userinfoRecorded
        ? 'api_url is unset: Grafana asks for no UserInfo, the answer in the payload is not used'
        : 'api_url is unset: Grafana asks for no UserInfo',
    });
    return undefined;
  }
  const answer = exchange.get('userinfo', inputs.apiUrl);
  if (!answer.ok) {
    trace?.add({
      field: 'source',
      source: 'userinfo',
      option: 'api_url',
      status: 'error',
      note: failedRequest(answer, 'Grafana only logs this (at debug level) and goes on without UserInfo'),
    });
    return undefined;
  }
  return { body: answer.body, note: `answer of ${answer.url}` };
}

function findAccessToken(inputs: SourceInputs, trace: Tracer | undefined): Found | undefined {
  const { accessToken } = inputs.token;
  if (accessToken === '') return undefined;
  const looked = inputs.profile.accessToken;
  const step = { field: 'source', source: 'access_token' };
  if (!looked) {
    if (trace === undefined) return undefined;
    trace.add({
      ...step,
      status: 'skipped',
      note: 'this version does not look into the access token (12.1 and later do)',
    });
  }
  const payload = jwtPayload(accessToken);
  if (!payload.ok) {
    if (looked) trace?.add({ ...step, status: 'ignored', note: `the access token is no JWT: ${payload.reason}` });
    return undefined;
  }
  return {
    body: textBody(payload.text),
    note: looked ? 'the third source, where the others gave nothing' : undefined,
  };
}

function readDocument(
  name: SourceName,
  body: Body,
  profile: ClaimsProfile,
  trace: Tracer | undefined,
  note: string,
): SourceDocument | undefined {
  const fields: Read<UserFields> = readUser(body, profile.sub);
  if (!fields.ok) {
    trace?.add({
      field: 'source',
      source: name,
      status: 'ignored',
      note: droppedSource(name, fields.refusal, profile),
    });
    return undefined;
  }
  const source = new SourceDocument(name, fields.value, body);
  if (trace) {
    const { document } = source;
    trace.add({
      field: 'source',
      source: name,
      status: 'matched',
      ...(document.ok ? { result: claimNames(document.value) } : {}),
      note: document.ok ? note : `${note}; no attribute path can be evaluated on it: ${document.error}`,
    });
  }
  return source;
}

/** The names at the top of a document. */
function claimNames(value: unknown): string[] | null {
  return typeof value === 'object' && value !== null ? Object.keys(value) : null;
}

function droppedSource(name: SourceName, refusal: Refusal, profile: ClaimsProfile): string {
  const whole = `all of ${SOURCE_NAMES[name]} is dropped, and the login goes on without it`;
  if (refusal.type === undefined) return `not readable as JSON (${refusal.error}): ${whole}`;
  if (refusal.type.field === '') return `an object is needed, this is ${article(refusal.type.found)}: ${whole}`;
  const wanted = refusal.type.wanted === 'string' ? 'a text' : 'an object of lists of texts';
  const versions =
    refusal.type.field === 'sub' ? `; ${since((one) => one.sub)} and later read "sub", earlier versions do not` : '';
  const found = refusal.type.field === 'attributes' && refusal.type.wanted !== 'map[string][]string' ? 'holds' : 'is';
  return `"${refusal.type.field}" ${found} ${article(refusal.type.found)} where Grafana needs ${wanted}: ${whole}${profile.sub ? versions : ''}`;
}

function article(found: string): string {
  const word = found.startsWith('number') ? 'number' : found;
  return /^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`;
}

/** A failed request as a note says it. */
export function failedRequest(answer: Extract<Answer, { ok: false }>, consequence: string): string {
  if (answer.url === undefined) return `the request cannot be sent (${answer.error}); ${consequence}`;
  if (answer.unrecorded) return `the payload holds no answer of ${answer.url}, so it counts as 404; ${consequence}`;
  if (answer.status === undefined) return `${answer.error}; ${consequence}`;
  return `${answer.url} answered ${answer.status}${answer.error === '' ? '' : ` ${show(answer.error)}`}; ${consequence}`;
}
