/**
 * How Grafana reads typed values from text.
 * Source: the study of go-ini 1.67 and of Grafana's own list splitting, version by version.
 */
import type { VersionProfile } from '../../settings/versions.js';

const TRUE = new Set(['1', 't', 'T', 'true', 'TRUE', 'True', 'YES', 'yes', 'Yes', 'y', 'ON', 'on', 'On']);
const FALSE = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False', 'NO', 'no', 'No', 'n', 'OFF', 'off', 'Off']);
const STRICT = new Set(['1', 't', 'T', 'true', 'TRUE', 'True', '0', 'f', 'F', 'false', 'FALSE', 'False']);

/** A boolean as go-ini reads it; undefined where the text is none, so that the fallback in the code counts. */
export function goBool(text: string): boolean | undefined {
  return TRUE.has(text) ? true : FALSE.has(text) ? false : undefined;
}

/** Grafana 10.3 to 11.0 read provider booleans with Go's own decoder: anything else keeps the provider from being created. */
export function isStrictBool(text: string): boolean {
  return text === '' || STRICT.has(text);
}

export interface ListValue {
  readonly items: readonly string[];
  /** Set where the text begins like a JSON list and is none: Grafana sees an empty list. */
  readonly malformed: boolean;
  readonly json: boolean;
}

const EMPTY: ListValue = { items: [], malformed: false, json: false };

/** A list as Grafana splits it: JSON array of strings, else items between commas and blanks, from 11.1 with quotes. */
export function splitList(text: string, profile: Pick<VersionProfile, 'order'>): ListValue {
  if (text === '') return EMPTY;
  if (/^\s*\[/.test(text)) {
    const items = stringArray(text);
    return items ? { items, malformed: false, json: true } : { items: [], malformed: true, json: true };
  }
  const pattern = profile.order >= 11_001 ? /"[^"]*"|[^,\t\n\v\f\r ]+/g : /[^,\s]+/g;
  const items = (text.match(pattern) ?? []).map((item) =>
    profile.order >= 11_001 ? item.replace(/^"+|"+$/g, '') : item,
  );
  return { items, malformed: false, json: false };
}

function stringArray(text: string): string[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(value)) return undefined;
  const items: string[] = [];
  for (const item of value) {
    if (typeof item === 'string') items.push(item);
    else if (item === null) items.push('');
    else return undefined;
  }
  return items;
}
