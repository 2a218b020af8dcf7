/**
 * Completion scripts in the shells they are for. bash is driven as it drives a completion itself; zsh and fish only where they are
 * installed, which the names of the skipped tests tell; PowerShell is checked as a text where it is not.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/main.js';
import { catalog } from '../../src/program.js';
import { createFakeHost } from '../helpers/fake-host.js';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
const scripts = new Map<string, string>();
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'auth-cli-'));
  for (const name of ['grafana.ini', 'my users.jsonl']) writeFileSync(join(folder, name), '');
  mkdirSync(join(folder, 'deploy'));
  for (const shell of SHELLS) {
    const host = createFakeHost();
    expect(await main(['completion', shell], host)).toBe(0);
    scripts.set(shell, host.out());
    writeFileSync(join(folder, `completion.${shell}`), host.out());
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const has = (binary: string) => spawnSync(binary, ['--version']).error === undefined;
const env = { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', HOME: '/nonexistent', TERM: 'dumb' };

function shell(binary: string, args: readonly string[]): string[] {
  const { stdout, stderr, status } = spawnSync(binary, args, { cwd: folder, encoding: 'utf8', env });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\n').filter((line) => line !== '');
}

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** `words` as bash hands them over: `=` and `:` are words of their own. */
function bash(...words: string[]): string[] {
  const split = words.flatMap((word) => (word === '' ? [''] : word.split(/([=:])/).filter((part) => part !== '')));
  const code = `source ./completion.bash
COMP_WORDS=(${['auth-cli', ...split].map(quote).join(' ')})
COMP_CWORD=${split.length}
_auth_cli
printf '%s\\n' "\${COMPREPLY[@]}"`;
  return shell('bash', ['--norc', '-c', code]);
}

describe('bash', () => {
  it('is registered', () => {
    expect(shell('bash', ['--norc', '-c', 'source ./completion.bash; complete -p auth-cli'])).toEqual([
      'complete -F _auth_cli auth-cli',
    ]);
  });

  it('completes commands and subcommands', () => {
    expect(bash('val')).toEqual(['validate']);
    expect(bash('')).toEqual(expect.arrayContaining([...catalog.names]));
    expect(bash('token', '')).toEqual(expect.arrayContaining(['decode', 'verify', 'sign']));
    expect(bash('--quiet', 'comp')).toEqual(['completion']);
    expect(bash('completion', '')).toEqual(['bash', 'zsh', 'fish', 'powershell']);
  });

  it('completes options, of the command and in front of it', () => {
    expect(bash('diff', '--fail-on-')).toEqual(['--fail-on-loss', '--fail-on-gain']);
    expect(bash('token', 'verify', '--jw')).toEqual(['--jwks']);
    expect(bash('--grafana-')).toEqual(['--grafana-version']);
  });

  it('completes values', () => {
    expect(bash('validate', '--fail-on', '')).toEqual(['error', 'warning', 'info', 'never']);
    expect(bash('diff', '--format', 'm')).toEqual(['markdown']);
    expect(bash('show', '--product', 'gr')).toEqual(['grafana', 'grafana-cloud']);
    expect(bash('show', '--section', 'auth.gen')).toEqual(['auth.generic_oauth']);
    expect(bash('demo-idp', '--as', 'keyc')).toContain('keycloak');
    expect(bash('eval-role', '--grafana-version', '11.')).toContain('11.3');
    expect(bash('explain', 'role_attribute_p')).toEqual(['role_attribute_path']);
    expect(bash('explain', 'duplicate-k')).toEqual(['duplicate-key']);
  });

  it('completes what stands behind = and :, where only that is replaced', () => {
    expect(bash('validate', '--rule', 'duplicate-key=of')).toEqual(['off']);
    expect(bash('diff', '--format=mark')).toEqual(['markdown']);
    expect(bash('diff', '--allow', 'rol')).toEqual(['role:']);
    expect(bash('validate', '--format', 'sari')).toEqual(['sarif', 'sarif=']);
  });

  it('completes files where files are meant, also with blanks in their names', () => {
    expect(bash('validate', 'graf')).toEqual(['grafana.ini']);
    expect(bash('validate', '--config', '')).toEqual(
      expect.arrayContaining(['grafana.ini', 'my users.jsonl', 'deploy']),
    );
    expect(bash('diff', 'grafana.ini', 'grafana.ini', '--users', 'my')).toEqual(['my users.jsonl']);
    expect(bash('explain', 'graf')).not.toContain('grafana.ini');
    expect(bash('validate', '--rule', 'graf')).not.toContain('grafana.ini');
  });

  it('gives nothing where a value is free', () => {
    expect(bash('diff', '--now', '')).toEqual([]);
  });

  it('is good for the bash of macOS: no mapfile, no associative arrays', () => {
    expect(scripts.get('bash')).not.toMatch(/\b(?:mapfile|readarray|declare -A|local -A)\b/);
  });
});

describe.skipIf(!has('zsh'))('zsh (skipped where zsh is not installed)', () => {
  /** Drives the function with stand-ins for what only a terminal has. */
  const zsh = (...words: string[]) => {
    const code = `compdef() { :; }
_files() { print -l -- FILES; }
_describe() { print -l -- "\${(@)\${(P)2}%%:*}"; }
compadd() { local w; local -a rest; while [[ "$1" != -- ]]; do [[ "$1" == -S ]] && shift; shift; done; shift; for w in "$@"; do [[ "$w" == "$PREFIX"* ]] && print -- "$w"; done; return 0; }
compset() { PREFIX="\${PREFIX#*=}"; }
words=(${['auth-cli', ...words].map(quote).join(' ')}) CURRENT=${words.length + 1} PREFIX=${quote(words.at(-1)!)}
source ./completion.zsh
_auth_cli`;
    return shell('zsh', ['-f', '-c', code]);
  };

  it('parses', () => {
    expect(shell('zsh', ['-f', '-n', './completion.zsh'])).toEqual([]);
  });

  it('completes commands, options, values and files', () => {
    expect(zsh('')).toEqual(expect.arrayContaining(['validate', 'diff', 'why']));
    expect(zsh('token', '')).toEqual(expect.arrayContaining(['decode', 'verify', 'sign']));
    expect(zsh('diff', '--fail-on-')).toEqual(['--fail-on-loss', '--fail-on-gain']);
    expect(zsh('diff', '--format', 'm')).toEqual(['markdown']);
    expect(zsh('diff', '--format=m')).toEqual(['markdown']);
    expect(zsh('validate', '--rule', 'duplicate-key=of')).toEqual(['duplicate-key=off']);
    expect(zsh('diff', '--allow', 'rol')).toEqual(['role:']);
    expect(zsh('validate', '')).toContain('FILES');
    expect(zsh('explain', 'duplicate-k')).toEqual(['duplicate-key']);
  });
});

describe.skipIf(!has('fish'))('fish (skipped where fish is not installed)', () => {
  const fish = (line: string) =>
    shell('fish', ['--no-config', '-c', `source ./completion.fish; complete -C ${quote(`auth-cli ${line}`)}`]).map(
      (one) => one.split('\t')[0]!,
    );

  it('completes commands, options, values and files', () => {
    expect(fish('')).toEqual(expect.arrayContaining(['validate', 'diff', 'why']));
    expect(fish('')).not.toContain('grafana.ini');
    expect(fish('token ')).toEqual(expect.arrayContaining(['decode', 'verify', 'sign']));
    expect(fish('token ver')).toEqual(['verify']);
    expect(fish('diff --fail-on-')).toEqual(['--fail-on-gain', '--fail-on-loss']);
    expect(fish('diff --format m')).toEqual(['markdown']);
    expect(fish('validate --rule duplicate-key=of')).toEqual(['duplicate-key=off']);
    expect(fish('validate graf')).toEqual(['grafana.ini']);
    expect(fish('explain duplicate-k')).toEqual(['duplicate-key']);
    expect(fish('validate --config graf')).toEqual(['grafana.ini']);
  });
});

describe('powershell', () => {
  it('has nothing open: quotes, brackets and braces', () => {
    const open: string[] = [];
    const text = scripts.get('powershell')!.replace(/^#.*$/gm, '');
    const plain = text.replace(/'(?:[^']|'')*'|"(?:[^"`]|`.)*"/g, (part) => {
      expect(part).not.toContain('\n');
      return '';
    });
    expect(plain).not.toMatch(/['"]/);
    for (const sign of plain) {
      if ('([{'.includes(sign)) open.push({ '(': ')', '[': ']', '{': '}' }[sign]!);
      else if (')]}'.includes(sign)) expect(open.pop()).toBe(sign);
    }
    expect(open).toEqual([]);
  });

  it.skipIf(!has('pwsh'))('completes (skipped where pwsh is not installed)', () => {
    const pwsh = (line: string) =>
      shell('pwsh', [
        '-NoProfile',
        '-Command',
        `. ./completion.powershell.ps1; (TabExpansion2 -inputScript ${quote(`auth-cli ${line}`)} -cursorColumn ${line.length + 9}).CompletionMatches | ForEach-Object CompletionText`,
      ]);
    writeFileSync(join(folder, 'completion.powershell.ps1'), scripts.get('powershell')!);
    expect(pwsh('val')).toEqual(['validate']);
    expect(pwsh('diff --format m')).toEqual(['markdown']);
    expect(pwsh('token ')).toEqual(expect.arrayContaining(['decode', 'verify', 'sign']));
  });
});

describe.each(SHELLS)('%s', (name) => {
  it('knows every command and option', async () => {
    const out = scripts.get(name)!;
    for (const { path, options } of await catalog.describe()) {
      expect(out).toContain(path.at(-1));
      for (const flag of options.flatMap(({ flags }) => flags))
        if (flag.startsWith('--')) expect(out).toContain(name === 'fish' ? `-l ${flag.slice(2)}` : flag);
    }
  });

  it('is plain text', () => {
    expect(scripts.get(name)).toMatch(/^[\t\n\x20-\x7e]*$/);
  });
});
