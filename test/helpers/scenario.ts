/**
 * Whole-command tests as files. A scenario is a text with parts that begin with `--- name`:
 *
 *     What it shows, in a sentence.
 *     --- call
 *     auth-cli validate grafana.ini
 *     --- file grafana.ini
 *     [auth.generic_oauth]
 *     --- status
 *     1
 *     --- stdout
 *     …
 *
 * Also: `env` (NAME=value lines), `stdin`, `terminal` (streams are terminals), `unreadable` and `unwritable` (paths), `now` (ISO time),
 * `bytes PATH` (a file with one byte a character), `stderr`, `written PATH`. A line of `\e` escapes stands for itself: control characters are written as `\x1b`, a backslash as `\\`, in expected
 * parts only. Parts `status`, `stdout`, `stderr` and `written` are what is expected; `UPDATE=1` writes them anew.
 */
import { main } from '../../src/main.js';
import { createFakeHost, type World } from './fake-host.js';

export interface Scenario {
  readonly title: string;
  readonly call: string;
  readonly parts: readonly Part[];
}

interface Part {
  readonly name: string;
  readonly argument: string;
  readonly body: string;
}

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly written: ReadonlyMap<string, string>;
}

const EXPECTED = new Set(['status', 'stdout', 'stderr', 'written']);
const GIVEN = new Set(['call', 'file', 'bytes', 'env', 'stdin', 'terminal', 'unreadable', 'unwritable', 'now']);

/** @throws Error for a text that is no scenario. */
export function parseScenario(text: string): Scenario {
  const [title, ...rest] = text.split(/^--- /m);
  const parts = rest.map((piece): Part => {
    const [head = '', ...lines] = piece.split('\n');
    const [name = '', ...words] = head.trim().split(' ');
    if (!EXPECTED.has(name) && !GIVEN.has(name)) throw new Error(`a scenario has no part "${name}"`);
    return { name, argument: words.join(' '), body: lines.join('\n') };
  });
  const call = parts.find((part) => part.name === 'call')?.body.trim();
  if (!call) throw new Error('a scenario needs a part "call"');
  return { title: title!.trim(), call, parts };
}

/** Splits as a shell does, as far as scenarios need it: blanks, and quotes of both kinds. */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  for (const match of line.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g))
    words.push(match[0].replace(/'([^']*)'|"([^"]*)"/g, (_all, single, double) => single ?? double));
  return words;
}

export async function runScenario(scenario: Scenario): Promise<Outcome> {
  const part = (name: string) => scenario.parts.find((entry) => entry.name === name);
  const files: Record<string, string | Uint8Array> = {};
  for (const { name, argument, body } of scenario.parts)
    if (name === 'file') files[argument] = plain(body);
    else if (name === 'bytes') files[argument] = Uint8Array.from(plain(body), (char) => char.charCodeAt(0));
  const env = Object.fromEntries(
    (part('env')?.body ?? '')
      .split('\n')
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  const world: World = {
    files,
    env,
    terminal: part('terminal') !== undefined,
    unreadable: paths(part('unreadable')),
    unwritable: paths(part('unwritable')),
    ...(part('stdin') ? { stdin: plain(part('stdin')!.body) } : {}),
    ...(part('now') ? { now: Date.parse(part('now')!.body.trim()) } : {}),
  };
  const words = splitWords(scenario.call);
  if (words[0] !== 'auth-cli') throw new Error('a call begins with auth-cli');
  const host = createFakeHost(world);
  const status = await main(words.slice(1), host);
  return { status, stdout: host.out(), stderr: host.err(), written: host.written };
}

function paths(part: Part | undefined): string[] {
  return (part?.body ?? '').split('\n').filter((line) => line !== '');
}

/** The expected parts as they would be written. */
export function renderOutcome(outcome: Outcome): string {
  const part = (name: string, body: string) => (body === '' ? '' : `--- ${name}\n${visible(body)}`);
  return [
    `--- status\n${outcome.status}\n`,
    part('stdout', outcome.stdout),
    part('stderr', outcome.stderr),
    ...[...outcome.written].map(([path, body]) => part(`written ${path}`, body)),
  ].join('');
}

export function renderExpected(scenario: Scenario): string {
  return scenario.parts
    .filter((part) => EXPECTED.has(part.name))
    .map((part) => `--- ${part.name}${part.argument ? ` ${part.argument}` : ''}\n${part.body}`)
    .join('');
}

/** The scenario with its expected parts replaced. */
export function updateScenario(scenario: Scenario, outcome: Outcome): string {
  const given = scenario.parts.filter((part) => GIVEN.has(part.name));
  const head = given
    .map((part) => `--- ${part.name}${part.argument ? ` ${part.argument}` : ''}\n${part.body}`)
    .join('');
  return `${scenario.title}\n${head}${renderOutcome(outcome)}`;
}

const NO_BREAK = '\\ no line break at the end\n';

function visible(text: string): string {
  const shown = text
    // Grows with every new rule.
    .replace(/\(\d+ rules\)/g, '(N rules)')
    .replaceAll('\\', '\\\\')
    .replace(/[\x00-\x08\x0b-\x1f\x7f]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .replace(/^--- /gm, '\\--- ');
  return shown.endsWith('\n') ? shown : `${shown}\n${NO_BREAK}`;
}

/** In given files and input `\x00` … `\xff` stand for that character; every other backslash for itself. */
function plain(text: string): string {
  const body = text.endsWith(NO_BREAK) ? text.slice(0, -NO_BREAK.length - 1) : text;
  return body.replace(/\\x([0-9a-f]{2})/g, (_all, code) => String.fromCharCode(Number.parseInt(code, 16)));
}
