/** What holds for every command: how errors look, Ctrl-C, a reader that goes away. */
import { describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { EXIT } from '../src/errors.js';
import type { Host } from '../src/host.js';
import { main } from '../src/main.js';
import { catalog } from '../src/program.js';
import { VERSION } from '../src/version.js';
import { createFakeHost, type FakeHost } from './helpers/fake-host.js';

const BAD = '[auth.generic_oauth]\nenable = true\n';

it('knows its own version', () => {
  expect(VERSION).toBe(packageJson.version);
});

describe('a bug of ours', () => {
  const broken = (message: string): FakeHost & Host => {
    const host = createFakeHost();
    return {
      ...host,
      readFile: () => Promise.reject(new TypeError(message)),
      stat: () => Promise.resolve({ kind: 'file', size: 1 }),
    };
  };

  it('is one sentence, the stack, and what a report of it needs', async () => {
    const host = broken('cannot read "span" of undefined');
    expect(await main(['validate', 'a.ini'], host)).toBe(EXIT.remote);
    expect(host.out()).toBe('');
    expect(host.err()).toMatch(
      /^internal error: cannot read "span" of undefined\n {2}this is a bug in auth-cli; please report it with the text below\n {2}auth-cli \d+\.\d+\.\d+, node v20\.17\.0, linux x64\n {2}at /,
    );
  });

  it.each([
    'no value in client_secret = s3cr3t-value',
    'bad header Authorization: Bearer s3cr3t-value',
    'bad body {"password":"s3cr3t-value"}',
    'cannot parse eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.s3cr3t-value',
  ])('says no secret: %s', async (message) => {
    const host = broken(message);
    await main(['validate', 'a.ini'], host);
    expect(host.err()).not.toContain('s3cr3t-value');
    expect(host.err()).toContain('[redacted]');
  });
});

describe('Ctrl-C', () => {
  it('ends a command that does not listen for it', async () => {
    const host = createFakeHost({ files: { 'a.ini': BAD } });
    const stuck: Host = { ...host, readFile: () => new Promise(() => {}) };
    const running = main(['validate', 'a.ini'], stuck);
    host.interrupt();
    expect(await running).toBe(EXIT.interrupted);
    expect(host.err()).toBe('Cancelled.\n');
  });

  it('counts also when the command fails because of it', async () => {
    const host = createFakeHost();
    const failing: Host = {
      ...host,
      readFile: async () => {
        host.interrupt();
        throw new Error('the socket was closed');
      },
    };
    expect(await main(['validate', 'a.ini'], failing)).toBe(EXIT.interrupted);
    expect(host.err()).toBe('Cancelled.\n');
  });

  it('leaves no result file', async () => {
    const host = createFakeHost({ files: { 'a.ini': BAD } });
    const stuck: Host = { ...host, readFile: () => new Promise(() => {}) };
    const running = main(['validate', 'a.ini', '--output', 'out.txt'], stuck);
    host.interrupt();
    await running;
    expect([...host.written]).toEqual([]);
  });
});

it('stops when the reader goes away, with the verdict so far', async () => {
  const files = Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`${at}.ini`, BAD]));
  const host = createFakeHost({ files, closeAfter: 1 });
  expect(await main(['validate', ...Object.keys(files)], host)).toBe(EXIT.failed);
  expect(host.out().length).toBeLessThan(100_000);
  expect(host.err()).toBe('');
});

it('goes on for a report in a file when the reader of the other one goes away', async () => {
  const files = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`${at}.ini`, BAD]));
  const host = createFakeHost({ files, closeAfter: 1 });
  expect(await main(['validate', ...Object.keys(files), '--format', 'json=all.json'], host)).toBe(EXIT.failed);
  expect(JSON.parse(host.written.get('all.json')!).summary.files).toBe(300);
});

it('writes no report at all where one cannot be written', async () => {
  const host = createFakeHost({ files: { 'a.ini': BAD } });
  const createFile: typeof host.createFile = (path, options) => {
    if (path === 'second.json') return Promise.reject(new Error('EACCES'));
    return host.createFile(path, options);
  };
  const words = ['validate', 'a.ini', '--format', 'compact=first.txt', '--format', 'json=second.json'];
  expect(await main(words, Object.assign(Object.create(host), { createFile }))).toBe(EXIT.usage);
  expect(host.err()).toMatch(/^error: cannot write second\.json/);
  expect([...host.written.keys()]).toEqual([]);
});

describe('every command', () => {
  it.each(['--json', '--format=json'])('prints one JSON document with %s', async (option) => {
    for (const call of [
      ['validate', 'a.ini'],
      ['validate', 'good.ini'],
      ['validate', 'a.ini', 'good.ini', 'nope.ini'],
      ['show', 'a.ini'],
      ['explain'],
      ['explain', 'unknown-key'],
      ['explain', 'client_id'],
    ]) {
      const host = createFakeHost({ files: { 'a.ini': BAD, 'good.ini': '' } });
      await main([...call, option], host);
      expect(JSON.parse(host.out())).toMatchObject({ formatVersion: 1 });
      expect(host.out().endsWith('}\n')).toBe(true);
    }
  });

  it('answers a mistyped option with exit code 2 and the right one', async () => {
    for (const { path, subcommands } of await catalog.describe()) {
      if (subcommands.length > 0) continue;
      const host = createFakeHost();
      expect(await main([...path, '--colr', 'never'], host)).toBe(EXIT.usage);
      expect(host.err()).toContain('did you mean "--color"');
    }
  });

  it('takes global options in front of its name', async () => {
    const words = ['--color', 'never', '--format', 'compact', '-q', '--fail-on', 'never', 'validate', 'a.ini'];
    const host = createFakeHost({ files: { 'a.ini': BAD } });
    expect(await main(words, host)).toBe(EXIT.ok);
    expect(host.out()).toMatch(/^a\.ini:2:1: error: .*\n$/);
  });
});
