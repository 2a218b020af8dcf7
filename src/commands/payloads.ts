/** The payloads of `eval-role`: files, folders, standard input, JSON lines; read as a stream where they are many. */
import { UsageError } from '../errors.js';
import type { CommandContext } from './command.js';
import { decodeText, readBytes, STDIN, unreadable } from './inputs.js';

/** A text to read as one payload, with its place for messages. */
export interface PayloadText {
  readonly path: string;
  /** Line in a JSON lines file, from 1; undefined for a file that is one payload. */
  readonly line?: number;
  readonly text: string;
}

export interface PayloadInput {
  /** `-` is standard input. */
  readonly path: string;
  readonly lines: boolean;
}

const LINES = /\.(jsonl|ndjson)$/i;
const PAYLOAD = /\.(json|jwt|jsonl|ndjson)$/i;

/** Operands → inputs; folders give their payload files by name. @throws UsageError where something is not there. */
export async function payloadInputs(
  { host }: CommandContext,
  operands: readonly string[],
  jsonLines: boolean,
): Promise<PayloadInput[]> {
  const inputs: PayloadInput[] = [];
  for (const path of operands) {
    if (path === STDIN) inputs.push({ path, lines: jsonLines });
    else if ((await host.stat(path))?.kind === 'directory') inputs.push(...(await folder(host, path, jsonLines)));
    else inputs.push({ path, lines: jsonLines || LINES.test(path) });
  }
  return inputs;
}

async function folder(host: CommandContext['host'], path: string, jsonLines: boolean): Promise<PayloadInput[]> {
  const base = path.replace(/[\\/]+$/, '');
  const entries = await host.readDir(path);
  const found = entries
    .filter((entry) => entry.kind === 'file' && PAYLOAD.test(entry.name))
    .map((entry) => `${base}/${entry.name}`)
    .sort();
  if (found.length === 0)
    throw new UsageError(`no payloads in ${path}`, { because: 'looked for *.json, *.jwt, *.jsonl, *.ndjson' });
  return found.map((file) => ({ path: file, lines: jsonLines || LINES.test(file) }));
}

/** The texts of an input, one after the other. @throws UsageError where it cannot be read. */
export async function* payloadTexts(
  context: CommandContext,
  input: PayloadInput,
): AsyncGenerator<readonly PayloadText[]> {
  const path = input.path === STDIN ? '<stdin>' : input.path;
  if (!input.lines) {
    yield [{ path, text: decodeText(await readBytes(context, input.path, 'a payload'), path) }];
    return;
  }
  const { host } = context;
  if (input.path !== STDIN) await checkReadable(host, input.path);
  const chunks = input.path === STDIN ? host.stdin.chunks() : host.readChunks(input.path);
  // Cut at the last line break and decoded whole: no character is in two pieces, and no state has to be kept between them.
  let rest: Uint8Array[] = [];
  let line = 0;
  const cut = (text: string): PayloadText[] => {
    const batch: PayloadText[] = [];
    let start = 0;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', start)) {
      push(batch, path, ++line, text.slice(start, at));
      start = at + 1;
    }
    if (start < text.length) push(batch, path, ++line, text.slice(start));
    return batch;
  };
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(LINE_FEED) + 1;
    if (end === 0) {
      rest.push(chunk);
      continue;
    }
    const whole = chunk.subarray(0, end);
    const batch = cut(decode(rest.length === 0 ? whole : Buffer.concat([...rest, whole])));
    rest = end === chunk.length ? [] : [chunk.subarray(end)];
    if (batch.length > 0) yield batch;
  }
  const last = cut(decode(Buffer.concat(rest)));
  if (last.length > 0) yield last;
}

const LINE_FEED = 0x0a;

function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** A stream that cannot be opened would end the run with Node's words. */
async function checkReadable(host: CommandContext['host'], path: string): Promise<void> {
  const found = await host.stat(path);
  if (found?.kind === 'file') return;
  throw unreadable(path, Object.assign(new Error(path), { code: found === undefined ? 'ENOENT' : 'EISDIR' }));
}

/** Empty lines are no payloads. */
function push(batch: PayloadText[], path: string, line: number, text: string): void {
  const clean = text.charCodeAt(0) === 0xfeff && line === 1 ? text.slice(1) : text;
  if (clean.charCodeAt(0) > 0x20 || clean.trim() !== '') batch.push({ path, line, text: clean });
}
