/** Values of a YAML text as Go's templates print them. Source: forms, "Rendering rules" and "Numbers". */
import type { ScalarValue, Value } from './values.js';
import { goFloat } from './yaml-types.js';

/** Byte order of UTF-8, as Go sorts the keys of a map. */
export function byBytes(a: string, b: string): number {
  if (a === b) return 0;
  // Only pairs of surrogates stand elsewhere among code units than among bytes.
  if (!SURROGATE.test(a) && !SURROGATE.test(b)) return a < b ? -1 : 1;
  const [left, right] = [Array.from(a), Array.from(b)];
  const at = left.findIndex((character, index) => character !== right[index]);
  if (at === -1) return -1;
  return right[at] === undefined || left[at]!.codePointAt(0)! > right[at].codePointAt(0)! ? 1 : -1;
}

const SURROGATE = /[\ud800-\udfff]/;

/** A scalar of a values file: all numbers went through JSON and are floating-point numbers now. Null is undefined. */
export function scalarText({ value, text }: ScalarValue): string | undefined {
  switch (value.type) {
    case 'null':
      return undefined;
    case 'boolean':
      return value.value ? 'true' : 'false';
    case 'integer':
      return value.exact ? String(value.value) : goFloat(Number(value.value));
    case 'float':
      return goFloat(value.value);
    case 'string':
    case 'timestamp':
      return value.text;
    case 'invalid':
      return text;
  }
}

/** Go's `%v`: `[a b]`, `map[a:1]`, `<nil>`. */
export function printed(value: Value): string {
  if (value.kind === 'list') return `[${value.items.map(printed).join(' ')}]`;
  if (value.kind === 'map')
    return `map[${[...value.fields]
      .sort((a, b) => byBytes(a.key, b.key))
      .map((field) => `${field.key}:${printed(field.value)}`)
      .join(' ')}]`;
  return scalarText(value) ?? '<nil>';
}

/** Compact JSON as Go writes it: keys sorted, `<`, `>` and `&` escaped. */
export function toJson(value: Value): string {
  if (value.kind === 'list') return `[${value.items.map(toJson).join(',')}]`;
  if (value.kind === 'map')
    return `{${[...value.fields]
      .sort((a, b) => byBytes(a.key, b.key))
      .map((field) => `${jsonText(field.key)}:${toJson(field.value)}`)
      .join(',')}}`;
  const { value: scalar } = value;
  switch (scalar.type) {
    case 'null':
      return 'null';
    case 'boolean':
      return String(scalar.value);
    case 'integer':
      return scalar.exact ? String(scalar.value) : JSON.stringify(Number(scalar.value));
    case 'float':
      return JSON.stringify(scalar.value);
    default:
      return jsonText(scalar.type === 'invalid' ? value.text : scalar.text);
  }
}

export function jsonText(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
