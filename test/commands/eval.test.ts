import { describe, expect, it } from 'vitest';
import { main } from '../../src/main.js';
import { createFakeHost, type World } from '../helpers/fake-host.js';

async function call(argv: readonly string[], world: World = {}) {
  const host = createFakeHost(world);
  const status = await main(argv, host);
  return { status, out: host.out(), err: host.err() };
}

const json = async (argv: readonly string[], world?: World) => JSON.parse((await call([...argv, '--json'], world)).out);

describe('eval', () => {
  it('gives the value of a text, of JSON that is no object, and of a token', async () => {
    for (const [stdin, expression, value] of [
      ['{"a":1,"a":2}', 'a', 2],
      ['[1,2]', '[1]', 2],
      ['"text"', 'length(@)', 4],
      [`eyJhbGciOiJub25lIn0.${btoa('{"groups":["x"]}').replace(/=+$/, '')}.c2ln`, 'groups[0]', 'x'],
    ] as const) {
      const { results } = await json(['eval', expression, '-'], { stdin });
      expect(results).toMatchObject([{ value }]);
    }
  });

  it('evaluates on every source of a recorded login, or on one', async () => {
    const stdin = JSON.stringify({
      id_token_claims: { sub: '1' },
      userinfo: { status: 200, body: { groups: ['admins'] } },
      token: { access_token: 'opaque' },
    });
    const expression = "contains(groups || `[]`, 'admins') && 'Admin' || 'Viewer'";
    const both = await json(['eval', expression, '-'], { stdin });
    expect(both.results.map(({ source, value }: { source: string; value: unknown }) => [source, value])).toEqual([
      ['id_token', 'Viewer'],
      ['userinfo', 'Admin'],
    ]);
    const one = await json(['eval', expression, '-', '--as', 'userinfo'], { stdin });
    expect(one.results).toMatchObject([{ source: 'userinfo', value: 'Admin', text: 'Admin' }]);
    const none = await call(['eval', 'a', '-', '--as', 'access_token'], { stdin });
    expect(none.status).toBe(2);
    expect(none.err).toContain('it holds id_token, userinfo');
  });

  it('names NaN and the infinities', async () => {
    const stdin = '{}';
    expect((await json(['eval', 'avg(`[]`)', '-', '--grafana-version', '10'], { stdin })).results[0]).toMatchObject({
      value: null,
      notJson: 'NaN',
    });
    expect((await call(['eval', '`1` / `0`', '-'], { stdin })).out).toMatch(/^Infinity\n/);
  });

  it('says what the document lacks, and where the reference implementation differs', async () => {
    const { out } = await call(['eval', "role < 'x' || rolez || length(name)", '-'], {
      stdin: '{"role":"a","roles":["b"],"name":"😀"}',
    });
    expect(out).toContain('rolez is not in the document; there is role, roles');
    expect(out).toContain('jmespath.org answers differently: true');
  });

  it('ends with 1 where the expression fails, with 2 where it does not parse', async () => {
    expect((await call(['eval', 'abs(x)', '-'], { stdin: '{}' })).status).toBe(1);
    expect((await call(['eval', 'nope(x)'])).status).toBe(1);
    expect((await call(['eval', 'a ||'])).status).toBe(2);
    expect((await call(['eval', 'x'])).status).toBe(0);
    const panic = await call(['eval', 'merge(x)', '-', '--grafana-version', '10'], { stdin: '{}' });
    expect(panic.status).toBe(1);
    expect(panic.out).toContain('the login ends with HTTP 500');
  });

  it.each([
    ['no file', ['eval', 'a', 'missing.json'], {}, 'no such file'],
    ['broken JSON', ['eval', 'a', '-'], { stdin: '[1,\n2,]' }, '<stdin>:2:3'],
    ['an empty payload', ['eval', 'a', '-'], { stdin: '' }, 'unexpected end of JSON input'],
    ['a cut token', ['eval', 'a', '-'], { stdin: 'eyJhbGciOiJub25lIn0.e30' }, 'was it cut?'],
    ['no expression off a terminal', ['eval'], {}, 'needs an expression'],
    ['no expression for a program', ['eval', '--json'], { terminal: true }, 'needs an expression'],
  ])('refuses %s', async (_, argv, world, message) => {
    const { status, err } = await call(argv, world);
    expect(status).toBe(2);
    expect(err).toContain(message);
  });
});

describe('the shell of eval', () => {
  const files = { 'ada.json': '{"groups":["admins"],"odd name":1}', 'broken.json': '[' };
  const shell = (typed: readonly string[], options: readonly string[] = []) =>
    call(['eval', ...options], { terminal: true, env: { NO_COLOR: '1' }, files, typed });

  it('evaluates what is typed on what is loaded', async () => {
    const { status, out } = await shell([
      ':load ada.json',
      "contains(groups, 'admins') && 'Admin'",
      '',
      ':json [3]',
      '[0]',
      ':show',
      ':quit',
      'never',
    ]);
    expect(status).toBe(0);
    expect(out).toContain('document: groups, odd name\n"Admin"\n');
    expect(out).toContain('document: loaded\n3\n');
    expect(out).toContain('document: [\n  3\n]\n');
    expect(out).not.toContain('never');
  });

  it('goes on after mistakes', async () => {
    const { status, out, err } = await shell(
      [':load broken.json', ':load', ':nope', ':json {', ':version next', 'a ||', 'b'],
      ['--grafana-version', '10'],
    );
    expect(status).toBe(0);
    for (const text of [
      'cannot read broken.json:1:2',
      ':load needs a file',
      'no command :nope',
      'that is no JSON',
      '"next" is no version',
    ])
      expect(err).toContain(text);
    expect(out).toContain('error: the expression ends where a value is needed');
    expect(out).toContain('reads       b');
  });

  it('changes the version and lists its commands', async () => {
    const { out } = await shell([':help', 'lower(role)', ':version 10.4', 'lower(role)']);
    for (const name of [':load FILE', ':json TEXT', ':version X.Y', ':show', ':help', ':quit'])
      expect(out).toContain(name);
    expect(out.split('\n').filter((line) => line.includes('no function lower()'))).toHaveLength(1);
  });

  it('completes commands, members and functions', async () => {
    const host = createFakeHost({ terminal: true, files });
    let complete: ((typed: string) => readonly string[]) | undefined;
    const lines: typeof host.lines = async function* (_prompt, options) {
      yield ':load ada.json';
      complete = options?.complete;
    };
    await main(['eval'], { ...host, lines });
    expect(complete?.(':l')).toEqual([':load']);
    expect(complete?.('a && gr')).toEqual(['a && groups', 'a && group_by(']);
    expect(complete?.('a && ')).toEqual([]);
  });
});
