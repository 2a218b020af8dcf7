import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeGoJson } from '../../src/text/go-json.js';
import { type JsonNode, JsonSyntaxError, parseJsonTree } from '../../src/text/json-tree.js';

function decoded(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object': {
      const value: Record<string, unknown> = {};
      for (const member of node.members)
        Object.defineProperty(value, member.key, {
          value: decoded(member.value),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      return value;
    }
    case 'array':
      return node.items.map(decoded);
    case 'number':
      return Number(node.text);
    case 'null':
      return null;
    default:
      return node.value;
  }
}

const errorOf = (text: string) => {
  try {
    parseJsonTree(text);
    return undefined;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return { message: error.message, offset: error.offset };
    throw error;
  }
};

describe('parseJsonTree', () => {
  it('keeps duplicates, numbers as written and places', () => {
    const text = ' {"a":1.0,"a":[true,null], "b":"x"} ';
    const node = parseJsonTree(text) as Extract<JsonNode, { kind: 'object' }>;
    expect(node.members.map((member) => member.key)).toEqual(['a', 'a', 'b']);
    expect(node.members.map((member) => text.slice(member.value.start, member.value.end))).toEqual([
      '1.0',
      '[true,null]',
      '"x"',
    ]);
    expect(text.slice(node.start, node.end)).toBe(text.trim());
  });

  it('gives the values JSON.parse gives', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(decoded(parseJsonTree(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('accepts and refuses what the decoder of documents does, in the same words', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '\\u12',
      '\\',
      '1',
      '-',
      '.',
      'e',
      '0',
      'true',
      'tru',
      'null',
      ' ',
      '\n',
      '\u00e9',
      'x',
      '\u0001',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        const other = decodeGoJson(text);
        expect(errorOf(text)).toEqual(other.error && { message: other.error.message, offset: other.error.offset });
      }),
      { numRuns: 3000 },
    );
  });

  it('goes 10,000 levels deep and no further', () => {
    expect(errorOf('['.repeat(10_000) + ']'.repeat(10_000))).toBeUndefined();
    expect(errorOf('['.repeat(10_001) + ']'.repeat(10_001))?.message).toBe('exceeded max depth');
    expect(errorOf('{"a":'.repeat(100_000))?.message).toBe('exceeded max depth');
  });

  it('turns lone surrogates into U+FFFD', () => {
    expect(decoded(parseJsonTree('"\\ud83d\\ud83d\\ude00\\ude00"'))).toBe('\ufffd\u{1f600}\ufffd');
  });
});
