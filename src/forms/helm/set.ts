/** Values given beside the file: `helm --set`, the parameters of Argo CD. Source: forms, "Numbers"; helm's manual, `--set`. */
import type { Span } from '../../text/source.js';
import { type Field, MapValue, type ScalarValue, type Value } from '../values.js';
import type { YamlValue } from '../yaml-types.js';

/** One value, by its path. */
export interface Setting {
  readonly path: readonly string[];
  readonly value: Value;
  /** Where it is written; absent where no file has it. */
  readonly span?: Span;
}

/** Reads `a\.b.c=x,d=y`; parts without `=` and items of lists by index are left out. */
export function readSetArgument(argument: string): readonly { path: readonly string[]; text: string }[] {
  const found: { path: readonly string[]; text: string }[] = [];
  for (const part of splitAt(argument, ',')) {
    const [name, ...rest] = splitAt(part, '=', 2);
    if (name === undefined || rest.length === 0) continue;
    const path = readPath(name);
    if (path.length > 0 && !path.some((key) => key === '' || /\[\d+\]$/.test(key)))
      found.push({ path, text: rest.join('=') });
  }
  return found;
}

/** Keys of a path; `\.` is a dot within one. */
export function readPath(name: string): string[] {
  return splitAt(name, '.').map(withoutEscapes);
}

/** Splits outside escapes and braces. */
function splitAt(text: string, separator: string, limit = Number.POSITIVE_INFINITY): string[] {
  const parts: string[] = [];
  let from = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '{') depth++;
    else if (text[at] === '}') depth--;
    else if (text[at] === separator && depth <= 0 && parts.length < limit - 1) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}

function withoutEscapes(text: string): string {
  return text.replace(/\\(.)/gs, '$1');
}

/** A value as `--set` types it: whole numbers keep their digits, a leading zero keeps it a text. */
export function setValue(text: string, span: Span, isText = false): Value {
  const list = isText ? undefined : /^\{(.*)\}$/s.exec(text);
  if (list)
    return {
      kind: 'list',
      span,
      items: list[1] === '' ? [] : splitAt(list[1]!, ',').map((item) => setValue(item, span)),
    };
  const plain = withoutEscapes(text);
  const value: YamlValue = isText ? { type: 'string', text: plain } : typed(plain);
  const scalar: ScalarValue = { kind: 'scalar', span, text: plain, style: 'double', value, piece: { span } };
  return scalar;
}

function typed(text: string): YamlValue {
  if (text === 'true' || text === 'false') return { type: 'boolean', value: text === 'true' };
  if (text === 'null') return { type: 'null' };
  if (/^(?:0|[-+]?[1-9]\d*)$/.test(text)) {
    const value = BigInt(text);
    if (value >= -(2n ** 63n) && value < 2n ** 63n) return { type: 'integer', value, exact: true };
  }
  return { type: 'string', text };
}

/** The map with a value put at a path; what is no map on the way there gives way. */
export function overlay(map: MapValue, path: readonly string[], value: Value, keySpan: Span): MapValue {
  const [key, ...rest] = path;
  if (key === undefined) return map;
  const before = map.field(key);
  const inner = before?.value.kind === 'map' ? before.value : new MapValue(before?.value.span ?? keySpan, () => []);
  const at = before?.keySpan ?? keySpan;
  const field: Field = {
    key,
    keySpan: rest.length === 0 ? keySpan : at,
    value: rest.length === 0 ? value : overlay(inner, rest, value, keySpan),
    shadowed: [],
  };
  const fields = map.fields.filter((one) => one.key !== key);
  return new MapValue(map.span, () => [...fields, field]);
}
