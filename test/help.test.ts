/** The help of every command: complete, narrow enough, and its examples do what they say. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { HttpRequest, HttpResponse } from '../src/host.js';
import { main } from '../src/main.js';
import { nodeRequest } from '../src/node-request.js';
import { catalog } from '../src/program.js';
import { textWidth } from '../src/text/width.js';
import { createFakeHost, ROOT } from './helpers/fake-host.js';
import { splitWords } from './helpers/scenario.js';

const commands = await catalog.describe();
const WIDTH = 100;

/** Examples may talk to servers they start themselves, on this machine; nothing else is reachable. */
function request(asked: HttpRequest): Promise<HttpResponse> {
  const { hostname } = new URL(asked.url);
  if (hostname !== '127.0.0.1' && hostname !== 'localhost')
    return Promise.reject(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' }));
  return nodeRequest(asked, {}, new AbortController().signal);
}

async function call(words: readonly string[], stdin?: string) {
  const host = createFakeHost({ request, now: Date.now(), ...(stdin === undefined ? {} : { stdin }) });
  const status = await main(words, host);
  return { status, out: host.out(), err: host.err() };
}

describe.each(commands.map((command) => [command.path.join(' '), command] as const))('%s --help', (name, command) => {
  it('has every part and fits a terminal', async () => {
    const { status, out, err } = await call([...command.path, '--help']);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    for (const part of ['Usage:', 'Options:', 'Examples:', 'Exit codes:'])
      expect(out).toMatch(new RegExp(`^${part}`, 'm'));
    expect(out.startsWith(`Usage: auth-cli ${name}`)).toBe(true);
    expect(out.split('\n').filter((line) => textWidth(line) > WIDTH)).toEqual([]);
  });

  it('is what "help" shows too', async () => {
    const { out } = await call(['help', ...command.path]);
    expect(out).toBe((await call([...command.path, '-h'])).out);
  });

  it('says what each example shows', () => {
    expect(command.examples.length).toBeGreaterThan(0);
    for (const { note, command: line } of command.examples) {
      expect(note).not.toBe('');
      expect(line).toMatch(/(?:^|\| )auth-cli /);
    }
  });

  it.each(command.examples.filter((example) => example.notRun === undefined))('$command', async (example) => {
    const piped = /^cat (\S+) \| (.*)$/.exec(example.command);
    const words = splitWords(piped?.[2] ?? example.command).slice(1);
    const { status, err } = await call(words, piped ? readFileSync(ROOT + piped[1], 'utf8') : undefined);
    expect(err).not.toContain('internal error');
    expect(status).toBe(example.status ?? 0);
  });
});

it('lists every command in the full and the short help', async () => {
  const full = (await call(['--help'])).out;
  const short = (await call([])).out;
  for (const { path, summary } of commands.filter((command) => command.path.length === 1)) {
    expect(full).toContain(`${path[0]} `);
    expect(full).toContain(summary);
    expect(short).toContain(summary);
  }
  for (const text of [full, short]) expect(text.split('\n').filter((line) => textWidth(line) > WIDTH + 10)).toEqual([]);
});

it.each(['bash', 'zsh', 'fish'])('completion %s knows every command and option', async (shell) => {
  const { status, out } = await call(['completion', shell]);
  expect(status).toBe(0);
  for (const { path, options } of commands) {
    expect(out).toContain(path.at(-1));
    for (const flag of options.flatMap((option) => option.flags))
      if (flag.startsWith('--')) expect(out).toContain(shell === 'fish' ? `-l ${flag.slice(2)}` : flag);
  }
});
