/**
 * Texts that stand for a value someone still has to fill in.
 */
import { memoize } from '../../text/memo.js';
import { urlParts } from './urls.js';

export interface Placeholder {
  /** Place in the value. */
  readonly at: number;
  readonly length: number;
  /** `template`: something to fill in; `default`: the text of Grafana's own defaults.ini; `host`: a host name of examples. */
  readonly kind: 'template' | 'default' | 'host';
}

/** Ids and secrets of Grafana's own defaults and samples. */
const DEFAULTS = /^some_(id|secret|client_id|client_secret|key)$/i;

const WHOLE =
  /^((the|my|insert|enter|put|add|change|replace|set)[-_ ]?(me|this|it|here)?[-_ ]?)?(client|app|application|consumer)[-_ ]?(id|secret|key)([-_ ]?(here|goes[-_ ]here))?$|^(change[-_ ]?(me|it|this)|replace[-_ ]?(me|this)|fill[-_ ]?me|todo|tbd|fixme|placeholder|dummy|redacted|x{3,}|\*{3,}|\.{3}|…)$/i;

/** `<client id>`, `{tenant}`, `{{ secret }}`, `YOUR_…`, `your-domain`, `[tenant-id]`, `REPLACE_…`; not `${X}` and `$__file{…}`. */
const INSIDE = [
  /<[^<>\s=][^<>=]*>/,
  /(?<![$\w{])(?<!\$__\w{1,20})\{\{?[^{}$]+\}\}?/,
  /(?<![A-Za-z0-9])your([-_. ][A-Za-z0-9_-]+( [a-z]+)*|(company|domain|tenant|org|realm|app|client|host|server|instance|idp|provider|site|grafana|auth)[A-Za-z0-9_-]*)/i,
  /(?<![A-Za-z0-9])(REPLACE|CHANGE|INSERT)[-_ ](ME|THIS|WITH|YOUR)[A-Za-z0-9_-]*/i,
  /\[(tenant|client|realm|domain|app|org|host)[-_ a-z]*\]/i,
];

/** Every placeholder inside a value has one of these; most values have none, and are done with one look. */
const ANY_INSIDE = /[<{[]|your|(?:replace|change|insert)[-_ ]/i;

/** Every placeholder that is a whole value is made of these. */
const ONLY_WORDS = /^[A-Za-z*._ …-]+$/;

/** Hosts that stand in examples only: `foo.bar` of Grafana's sample.ini and the bare names reserved for documentation. */
const EXAMPLE_HOST = /^(www\.)?(foo\.bar|example\.(com|org|net))$/;

/**
 * The first placeholder in a value, or undefined. Expanders (`${X}`, `$__file{…}`) are none.
 * With `whole`, the placeholder must be all of the value: a generated secret may hold any characters.
 */
export function findPlaceholder(value: string, whole = false): Placeholder | undefined {
  const text = value.trim();
  if (text === '') return undefined;
  if (!ONLY_WORDS.test(text) && !ANY_INSIDE.test(value)) return undefined;
  if (DEFAULTS.test(text)) return { at: value.indexOf(text), length: text.length, kind: 'default' };
  if (WHOLE.test(text)) return { at: value.indexOf(text), length: text.length, kind: 'template' };
  if (!ANY_INSIDE.test(value)) return undefined;
  for (const pattern of INSIDE) {
    const match = pattern.exec(value);
    if (!match || match[0].length <= 4 || (whole && match[0].length < text.length)) continue;
    return { at: match.index, length: match[0].length, kind: 'template' };
  }
  return undefined;
}

/** The placeholder in an address: as `findPlaceholder`, and hosts of examples. */
export const findUrlPlaceholder = memoize(inUrl);

function inUrl(value: string): Placeholder | undefined {
  const found = findPlaceholder(value);
  if (found) return found;
  const parts = urlParts(value);
  if (parts && EXAMPLE_HOST.test(parts.host)) return { ...parts.hostPart, kind: 'host' };
  return undefined;
}

/** Names reserved for documentation and tests (RFC 2606, RFC 6761): no real identity provider answers there. */
export function isReservedHost(host: string): boolean {
  return /(^|\.)(example\.(com|org|net)|example|invalid)$/.test(host);
}
