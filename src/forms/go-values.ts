/** Values of a YAML text as Go's templates print them. Source: forms, "Rendering rules" and "Numbers". */
import type { ScalarValue, Value } from './values.js';
import { goFloat } from './yaml-types.js';

/** Byte order, as Go sorts the keys of a map. */
export function byBytes(a: string, b: string): number {
  const encoder = new TextEncoder();
  const [left, right] = [encoder.encode(a), encoder.encode(b)];
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) if (left[at] !== right[at]) return left[at]! - right[at]!;
  return left.length - right.length;
}

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
