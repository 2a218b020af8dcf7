/**
 * The requests a login makes, answered from what a payload carries instead of a network. Says which were sent, in order.
 */
import { formatWithoutArguments } from '../text/go-format.js';
import { goQuote } from '../text/go-text.js';
import { type RequestUrl, requestUrl } from '../text/go-url.js';
import { type Body, TextBody } from './body.js';

export type Endpoint = 'userinfo' | 'emails' | 'teams' | 'orgs';

export type RecordedAnswer = { readonly status: number; readonly body: Body } | { readonly error: string };

export interface RecordedAnswers {
  /** By URL; wins over the ones by endpoint. */
  readonly http: ReadonlyMap<string, RecordedAnswer> | undefined;
  readonly userinfo: RecordedAnswer | undefined;
  readonly emails: RecordedAnswer | undefined;
  readonly teams: RecordedAnswer | undefined;
  readonly orgs: RecordedAnswer | undefined;
}

/** Where a request goes; made once and used for many logins. */
export interface Address {
  /** As the configuration gives it, after everything the version does to it. */
  readonly text: string;
  readonly url: RequestUrl;
}

export function address(text: string): Address {
  return { text, url: requestUrl(text) };
}

/** An address that is not known, because nobody said what `api_url` is: it can be asked and is shown as it is called. */
export function unknownAddress(name: string): Address {
  return { text: name, url: { ok: true, url: name } };
}

/**
 * An address made by appending to another one (`api_url` + `/emails`), or one that is used as a format; `sprintf`: whether the
 * version passes it through Sprintf, which mangles percent signs.
 */
export function derivedAddress(text: string, sprintf: boolean): Address {
  return address(sprintf ? formatWithoutArguments(text) : text);
}

export type Answer =
  | { readonly ok: true; readonly url: string; readonly status: number; readonly body: Body }
  | {
      readonly ok: false;
      /** As it left; absent where it could not be sent. */
      readonly url?: string;
      readonly status?: number;
      /** The product's words. */
      readonly error: string;
      /** Nothing in the payload answers it. */
      readonly unrecorded?: boolean;
    };

const NOT_FOUND: RecordedAnswer = { status: 404, body: new TextBody('404 page not found') };

export class Exchange {
  readonly requests: string[] = [];
  readonly #recorded: RecordedAnswers;
  readonly #sprintf: boolean;

  /** `sprintf`: texts of error answers pass through Sprintf in this version. */
  constructor(recorded: RecordedAnswers, sprintf: boolean) {
    this.#recorded = recorded;
    this.#sprintf = sprintf;
  }

  get(endpoint: Endpoint, target: Address): Answer {
    if (!target.url.ok) return { ok: false, error: target.url.error };
    const { url } = target.url;
    this.requests.push(url);
    const { http } = this.#recorded;
    const recorded = http?.get(url) ?? http?.get(target.text) ?? this.#recorded[endpoint];
    const answer = recorded ?? NOT_FOUND;
    if ('error' in answer) return { ok: false, url, error: `Get ${goQuote(url)}: ${answer.error}` };
    if (answer.status < 300) return { ok: true, url, status: answer.status, body: answer.body };
    const { text } = answer.body;
    return {
      ok: false,
      url,
      status: answer.status,
      error: this.#sprintf ? formatWithoutArguments(text) : text,
      ...(recorded === undefined ? { unrecorded: true } : {}),
    };
  }
}
