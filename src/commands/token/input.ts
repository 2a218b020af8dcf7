/** Where the token of a call comes from: an argument, a file, standard input; alone or in the JSON of a saved login. */
import { UsageError } from '../../errors.js';
import { looksLikeToken } from '../../token/decode.js';
import type { CommandContext } from '../command.js';
import { choiceOption } from '../flags.js';
import { decodeText, readBytes, STDIN } from '../inputs.js';

export interface NamedToken {
  /** `id_token`, `access_token`; `token` where it stands alone. */
  readonly name: string;
  readonly text: string;
}

/** Tokens are kilobytes; whatever is longer is another file. */
const MAX_BYTES = 1 << 20;

/** Members of a token answer or a saved login that may hold a token. */
const MEMBERS = ['id_token', 'access_token', 'jwt', 'token', 'refresh_token'];

/** @throws UsageError where there is nothing that could be a token. */
export async function readTokens(context: CommandContext, operand: string | undefined): Promise<readonly NamedToken[]> {
  if (operand !== undefined && operand !== STDIN && looksLikeToken(operand)) return [{ name: 'token', text: operand }];
  const path = operand ?? STDIN;
  if (operand?.startsWith('ey') && operand.length > 60 && !(await context.host.stat(operand))) {
    return [{ name: 'token', text: operand }];
  }
  const bytes = await readBytes(context, path, 'a token');
  const shown = path === STDIN ? '<stdin>' : path;
  if (bytes.length > MAX_BYTES) throw new UsageError(`${shown} is too long for a token: ${bytes.length} bytes`);
  const text = decodeText(bytes, shown);
  if (text.trim() === '') throw new UsageError(`${shown} is empty: there is no token in it`);
  if (!text.trimStart().startsWith('{')) return [{ name: 'token', text }];
  const found = tokensIn(text, shown);
  if (found.length > 0) return found;
  throw new UsageError(`${shown} is JSON without a token`, {
    because: `looked for ${MEMBERS.join(', ')}, also inside "token"`,
    hint: 'a login saved without --show-tokens keeps claims, not tokens; auth-cli eval-role reads it',
  });
}

function tokensIn(text: string, shown: string): NamedToken[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not the parser's own words: they quote the text, which may hold a token.
    throw new UsageError(`${shown} is neither a token nor valid JSON`);
  }
  const found = new Map<string, string>();
  for (const object of [value, member(value, 'token')]) {
    for (const name of MEMBERS) {
      const token = member(object, name);
      if (typeof token === 'string' && looksLikeToken(token)) found.set(name, token);
    }
  }
  return [...found].map(([name, token]) => ({ name, text: token }));
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** The one token to work on: the one named, else the ID token, else the first. */
export function pickToken(tokens: readonly NamedToken[], name: string | undefined): NamedToken {
  if (name === undefined) return tokens.find((token) => token.name === 'id_token') ?? tokens[0]!;
  const found = tokens.find((token) => token.name === name);
  if (found) return found;
  throw new UsageError(`there is no ${name} in the input`, {
    because: `it has ${tokens.map((token) => token.name).join(', ')}`,
  });
}

/** How a shared secret is written in its file. */
export function secretEncodingOption() {
  const encodings = ['text', 'hex', 'base64', 'base64url'];
  return choiceOption('--secret-encoding <name>', 'how the secret is written; default text', encodings);
}

/** @throws UsageError where more than one thing is to be read from standard input. */
export function checkOneStdin(named: Readonly<Record<string, string | undefined>>): void {
  const used = Object.entries(named).filter(([, path]) => path === STDIN);
  if (used.length > 1) {
    throw new UsageError(`standard input can be read once only, not as ${used.map(([name]) => name).join(' and as ')}`);
  }
}

/** Text of a file or of standard input, as a key or claims. */
export async function readTextOption(context: CommandContext, path: string, what: string): Promise<string> {
  return decodeText(await readBytes(context, path, what), path === STDIN ? '<stdin>' : path);
}
