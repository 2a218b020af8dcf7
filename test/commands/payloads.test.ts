import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandContext } from '../../src/commands/command.js';
import { payloadTexts } from '../../src/commands/payloads.js';

/** Standard input in pieces of these sizes, the last one as large as what is left. */
function contextOf(bytes: Uint8Array, sizes: readonly number[]): CommandContext {
  async function* chunks() {
    let at = 0;
    for (const size of sizes) {
      yield bytes.subarray(at, at + size);
      at += size;
    }
    yield bytes.subarray(at);
  }
  return { host: { stdin: { isTTY: false, chunks } } } as unknown as CommandContext;
}

async function read(bytes: Uint8Array, sizes: readonly number[] = []) {
  const found: [number | undefined, string][] = [];
  for await (const batch of payloadTexts(contextOf(bytes, sizes), { path: '-', lines: true }))
    for (const { line, text } of batch) found.push([line, text]);
  return found;
}

describe('JSON lines', () => {
  it('come out the same however the stream is cut, also within a character', async () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'ä', '€', '😀', ' ', '\r', '\n', '"') });
    await fc.assert(
      fc.asyncProperty(line, fc.array(fc.integer({ min: 0, max: 5 })), async (text, sizes) => {
        const expected = text
          .split('\n')
          .map((one, at): [number, string] => [at + 1, one])
          .filter(([, one]) => one.trim() !== '');
        expect(await read(Buffer.from(text), sizes)).toEqual(expected);
      }),
    );
  });

  it('may begin with a byte order mark, and end without a line break', async () => {
    expect(await read(Buffer.from('\ufeff{}\n\n[]'))).toEqual([
      [1, '{}'],
      [3, '[]'],
    ]);
  });

  it('show bytes that are no UTF-8 as the replacement character', async () => {
    expect(await read(Uint8Array.of(0x22, 0xff, 0x22, 0x0a), [2])).toEqual([[1, '"\ufffd"']]);
  });

  it('are none in an empty stream', async () => {
    expect(await read(new Uint8Array())).toEqual([]);
  });
});
