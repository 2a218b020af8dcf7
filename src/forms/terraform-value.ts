/** What an HCL value is as the text of an attribute, as far as that can be told without running Terraform. */
import type { HclValue } from '../document/hcl.js';
import { isUnknownValue, unknownValue } from '../document/variable.js';
import { type Traced, Tracing, tracedFrom } from './traced.js';

/** Undefined for null; what only Terraform knows is an unknown value. */
export function valueText(value: HclValue): Traced | undefined {
  switch (value.kind) {
    case 'null':
      return undefined;
    case 'number':
    case 'boolean':
      return {
        text: value.text,
        places: Array.from(value.text, (_sign, at) => ({
          start: value.span.start + at,
          end: value.span.start + at + 1,
        })),
      };
    case 'text': {
      const made = new Tracing();
      for (const part of value.parts)
        if ('text' in part) made.add(part);
        else made.put(unknownValue(part.expression.replace(/^[$%]\{~?\s*|\s*~?\}$/g, '')), part.span);
      return made.value;
    }
    case 'call':
      return called(value) ?? tracedFrom(unknownValue(`${value.name}(…)`), value.span);
    case 'expression':
      return tracedFrom(unknownValue(value.text.length > 60 ? 'an expression' : value.text), value.span);
    default:
      return tracedFrom(unknownValue('a list or map'), value.span);
  }
}

export function isLiteralText({ text }: Traced): boolean {
  return !isUnknownValue(text);
}

/** Functions whose outcome is certain for what is written out. */
function called(value: HclValue & { readonly kind: 'call' }): Traced | undefined {
  const [first, second] = value.args;
  if (first === undefined) return undefined;
  switch (value.name) {
    case 'sensitive':
    case 'nonsensitive':
    case 'tostring':
      return first.kind === 'list' || first.kind === 'object' ? undefined : valueText(first);
    case 'jsonencode': {
      const json = encode(first);
      return json === undefined ? undefined : tracedFrom(json, value.span);
    }
    case 'join': {
      const separator = literal(first);
      const items = second?.kind === 'list' ? second.items.map(literal) : undefined;
      return separator === undefined || !items || !items.every((item) => item !== undefined)
        ? undefined
        : tracedFrom(items.join(separator), value.span);
    }
    default:
      return undefined;
  }
}

function literal(value: HclValue): string | undefined {
  if (value.kind === 'list' || value.kind === 'object') return undefined;
  const text = valueText(value);
  return text && isLiteralText(text) ? text.text : undefined;
}

/** Compact, keys sorted, `<`, `>` and `&` by their numbers, as Terraform writes JSON. */
function encode(value: HclValue): string | undefined {
  switch (value.kind) {
    case 'null':
      return 'null';
    case 'number':
    case 'boolean':
      return value.text;
    case 'list': {
      const items = value.items.map(encode);
      return items.every((item) => item !== undefined) ? `[${items.join(',')}]` : undefined;
    }
    case 'object': {
      const entries = value.entries.map((entry) => [entry.name, encode(entry.value)] as const);
      if (!entries.every(([, item]) => item !== undefined)) return undefined;
      return `{${entries
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, item]) => `${quoted(name)}:${item}`)
        .join(',')}}`;
    }
    default: {
      const text = literal(value);
      return text === undefined ? undefined : quoted(text);
    }
  }
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
}
