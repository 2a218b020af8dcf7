/** The action, the hook and the template, as far as they run without the services they are for. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildIfStale } from './helpers/built.js';
import { ROOT } from './helpers/fake-host.js';

beforeAll(buildIfStale, 120_000);

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const BAD = '[auth.generic_oauth]\nclientid = grafana\nclient_secret = k3y-9f2b71c0a5\n';
const GOOD = '[auth.generic_oauth]\nenabled = false\n';

const temporary = mkdtempSync(join(tmpdir(), 'auth-cli-pipelines-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** A repository with configuration in several forms, and what else lies about in one. */
let repository: string;
let count = 0;
beforeEach(() => {
  repository = join(temporary, String(++count));
  mkdirSync(join(repository, 'deploy'), { recursive: true });
  writeFileSync(join(repository, 'deploy/grafana.ini'), BAD);
  writeFileSync(join(repository, 'deploy/my custom.ini'), GOOD);
  writeFileSync(join(repository, 'compose.yml'), 'services:\n  web:\n    image: nginx\n');
  writeFileSync(join(repository, 'tox.ini'), '[testenv]\ncommands =\n    pytest\n');
});

function bash(script: string, env: Readonly<Record<string, string>>, shell = 'bash') {
  const { status, stdout, stderr } = spawnSync(shell, ['-e', '-c', script], {
    cwd: repository,
    encoding: 'utf8',
    // Bash reads a person's start-up file where standard input is a socket.
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH']!, LANG: 'C.UTF-8', ...env },
  });
  return { status, stdout, stderr };
}

describe.skipIf(process.platform === 'win32')('action.yml', () => {
  interface Action {
    readonly name: string;
    readonly description: string;
    readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
    readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
    readonly runs: {
      readonly using: string;
      readonly steps: readonly {
        readonly id: string;
        readonly shell: string;
        readonly run: string;
        readonly env: Record<string, string>;
      }[];
    };
  }
  const action = parse(read('action.yml')) as Action;
  const [step] = action.runs.steps as [Action['runs']['steps'][0]];

  /** The folder of the action: built, and with a set-up that tells it was called. */
  const home = join(temporary, 'home');
  beforeAll(() => {
    mkdirSync(join(home, '.dev'), { recursive: true });
    for (const name of ['bin', 'dist', 'package.json']) symlinkSync(join(ROOT, name), join(home, name));
    writeFileSync(
      join(home, '.dev/setup.mjs'),
      'export const installIfMissing = () => console.log("installs"); export const buildIfStale = async ({ types }) => console.log("builds", types);',
    );
  });

  function run(inputs: Readonly<Record<string, string>> = {}) {
    const runner = join(repository, '.runner');
    mkdirSync(runner);
    for (const name of ['output', 'summary']) writeFileSync(join(runner, name), 'earlier=1\n');
    const value = (expression: string) => {
      const [, context, name = ''] = /^\$\{\{ (inputs|github)\.([\w-]+) \}\}$/.exec(expression) ?? [];
      if (context === 'github' && name === 'action_path') return home;
      const input = context === 'inputs' ? action.inputs[name] : undefined;
      if (!input) throw new Error(`nothing answers to ${expression}`);
      return inputs[name] ?? input.default;
    };
    const env = Object.fromEntries(Object.entries(step.env).map(([name, expression]) => [name, value(expression)]));
    const result = bash(step.run, {
      ...env,
      RUNNER_TEMP: runner,
      GITHUB_OUTPUT: join(runner, 'output'),
      GITHUB_STEP_SUMMARY: join(runner, 'summary'),
    });
    const outputs = Object.fromEntries(
      readFileSync(join(runner, 'output'), 'utf8')
        .trim()
        .split('\n')
        .map((row) => [row.slice(0, row.indexOf('=')), row.slice(row.indexOf('=') + 1)]),
    );
    return { ...result, outputs, summary: readFileSync(join(runner, 'summary'), 'utf8') };
  }

  it('has what a composite action needs', () => {
    expect(action.name).not.toBe('');
    expect(action.description.length).toBeLessThanOrEqual(125);
    expect(action.runs.using).toBe('composite');
    for (const { id, shell } of action.runs.steps) expect([id, shell]).toEqual([expect.any(String), 'bash']);
    for (const [name, { description, default: value }] of Object.entries(action.inputs)) {
      expect([name, description, typeof value]).toEqual([
        expect.stringMatching(/^[a-z-]+$/),
        expect.stringMatching(/\.$/),
        'string',
      ]);
      expect(Object.values(step.env)).toContain(`\${{ inputs.${name} }}`);
    }
    for (const [name, { value }] of Object.entries(action.outputs)) {
      expect(value).toBe(`\${{ steps.${step.id}.outputs.${name} }}`);
      expect(step.run).toContain(`echo "${name}=`);
    }
  });

  it('puts no input into the script itself', () => {
    expect(step.run).not.toContain('${{');
  });

  it('fails on errors, with annotations, a summary and a SARIF file', () => {
    const { status, stdout, outputs, summary } = run();
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error file=deploy\/grafana\.ini,line=2,/);
    expect(stdout).not.toContain('tox.ini');
    expect(summary).toMatch(/^earlier=1\n### ❌ auth-cli: /);
    expect(outputs).toMatchObject({ earlier: '1', 'exit-code': '1' });
    const sarif = JSON.parse(readFileSync(outputs['sarif']!, 'utf8'));
    expect(sarif.runs[0].results.map((result: { ruleId: string }) => result.ruleId)).toContain('known-misspelling');
    expect(stdout + summary + JSON.stringify(sarif)).not.toContain('k3y-9f2b71c0a5');
  });

  it('passes what is in order', () => {
    const { status, stdout, stderr, outputs } = run({ files: 'deploy/my custom.ini' });
    expect({ status, stdout, code: outputs['exit-code'] }).toEqual({ status: 0, stdout: '', code: '0' });
    expect(stderr).toMatch(/installs\nbuilds false\n/);
  });

  it('takes every input', () => {
    const { status, stdout, outputs } = run({
      files: 'deploy/grafana.ini\n\ndeploy/my*.ini\n',
      format: 'compact',
      'fail-on': 'never',
      'grafana-version': '9.4',
      'sarif-file': 'out/result of the run.sarif',
      args: '--rule\nknown-misspelling=off\n',
    });
    expect(status).toBe(0);
    expect(stdout).not.toContain('known-misspelling');
    expect(outputs['sarif']).toBe('out/result of the run.sarif');
    const { runs } = JSON.parse(readFileSync(join(repository, 'out/result of the run.sarif'), 'utf8'));
    expect(runs[0].properties.targets).toEqual([{ product: 'grafana', version: '9.4' }]);
    expect(runs[0].artifacts.map((one: { location: { uri: string } }) => one.location.uri)).toEqual([
      'deploy/grafana.ini',
      'deploy/my%20custom.ini',
    ]);
  });

  it('runs nothing that stands in an input', () => {
    const { status, stderr } = run({ files: '$(touch pwned)\n`touch pwned`\n"; touch pwned; "\n-h' });
    expect(status).toBe(2);
    expect(stderr).toContain('cannot read $(touch pwned)');
    expect(existsSync(join(repository, 'pwned'))).toBe(false);
  });

  it('tells of a wrong call without outputs that are not there', () => {
    const { status, stderr, outputs, summary } = run({ format: 'githup' });
    expect({ status, outputs, summary }).toEqual({
      status: 2,
      outputs: { earlier: '1', 'exit-code': '2' },
      summary: 'earlier=1\n',
    });
    expect(stderr).toContain('did you mean "github"?');
  });
});

describe('.pre-commit-hooks.yaml', () => {
  interface Hook {
    readonly id: string;
    readonly name: string;
    readonly description: string;
    readonly entry: string;
    readonly language: string;
    readonly files: string;
    readonly exclude: string;
    readonly types: readonly string[];
  }
  const [hook, ...others] = parse(read('.pre-commit-hooks.yaml')) as [Hook, ...Hook[]];

  /** Python's way to write flags. */
  const pattern = (text: string) => new RegExp(text.replace(/^\(\?i\)/, ''), text.startsWith('(?i)') ? 'i' : '');
  const isTaken = (path: string) => pattern(hook.files).test(path) && !pattern(hook.exclude).test(path);

  /** As pre-commit calls a hook: the entry, its arguments, the names of files. */
  const run = (...files: readonly string[]) => {
    const call = hook.entry.replace(/^auth-cli /, '');
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(ROOT, 'bin/auth-cli.js'), ...call.split(' '), ...files],
      {
        cwd: repository,
        encoding: 'utf8',
        env: { PATH: process.env['PATH']!, LANG: 'C.UTF-8' },
      },
    );
    return { status, stdout };
  };

  it('has what pre-commit needs', () => {
    expect(others).toEqual([]);
    expect(hook).toMatchObject({
      id: 'auth-cli-validate',
      language: 'node',
      entry: expect.stringMatching(/^auth-cli /),
      types: ['text'],
    });
    expect(
      Object.keys(hook).filter(
        (key) => !['id', 'name', 'description', 'entry', 'language', 'files', 'exclude', 'types'].includes(key),
      ),
    ).toEqual([]);
  });

  it('takes files of every form', () => {
    const taken = [
      'grafana.ini',
      'deploy/compose.yml',
      'values.yaml',
      'sso.json',
      'sso.tf',
      '.env',
      'env/.env.production',
      'grafana.env',
      'grafana.service',
      'GRAFANA.INI',
    ];
    expect(taken.filter((path) => !isTaken(path))).toEqual([]);
    const left = ['README.md', 'src/main.ts', 'package-lock.json', 'node_modules/a/b.json', 'inish', 'a.ini.md'];
    expect(left.filter(isTaken)).toEqual([]);
  });

  it('stops a commit with errors in it, and no other', () => {
    expect(run('deploy/my custom.ini', 'compose.yml', 'tox.ini').status).toBe(0);
    expect(run('compose.yml', 'tox.ini')).toEqual({ status: 0, stdout: '' });
    const { status, stdout } = run('compose.yml', 'deploy/grafana.ini', 'tox.ini');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^deploy\/grafana\.ini:2:1: error: /);
  });

  it('can be installed as pre-commit does it: npm pack prints the name of the package and nothing else', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect(scripts['prepare']).toBe('node .dev/setup.mjs');
    expect(read('.npmrc').split('\n')).toContain('foreground-scripts=false');
    const { stdout, status } = spawnSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json', '--offline'], {
      cwd: ROOT,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    expect(status).toBe(0);
    const listed = JSON.parse(stdout) as Record<string, { files: { path: string }[] }>;
    const names = Object.values(listed)[0]!.files.map((file) => file.path);
    for (const name of [
      'bin/auth-cli.js',
      'dist/command/hot.js',
      'dist/index.js',
      'schemas/validate-report.schema.json',
      'README.md',
      'LICENSE',
    ])
      expect(names).toContain(name);
    expect(names.filter((name) => /^(?:src|test|fixtures|\.dev)\//.test(name))).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('the GitLab template', () => {
  interface Job {
    readonly stage: string;
    readonly image: string;
    readonly variables: Readonly<Record<string, string>>;
    readonly script: readonly string[];
    readonly artifacts: {
      readonly when: string;
      readonly reports: Readonly<Record<string, string>>;
      readonly paths: readonly string[];
    };
  }
  const jobs = parse(read('templates/auth-cli.gitlab-ci.yml')) as Record<string, Job>;
  const job = jobs['auth-cli-validate']!;
  const AUTH_CLI = `'${process.execPath}' '${join(ROOT, 'bin/auth-cli.js')}'`;

  const run = (variables: Readonly<Record<string, string>>) => {
    // Paths of this machine may have blanks; where a runner splits the words of $AUTH_CLI, a function stands here.
    const call = `auth_cli() { ${AUTH_CLI} "$@"; }\n`;
    return bash(call + job.script.join('\n'), { ...job.variables, ...variables, AUTH_CLI: 'auth_cli' }, 'sh');
  };

  it('has what GitLab needs', () => {
    expect(Object.keys(jobs)).toEqual(['auth-cli-validate']);
    expect(
      Object.keys(job).filter((key) => !['stage', 'image', 'variables', 'script', 'artifacts'].includes(key)),
    ).toEqual([]);
    expect(job.script.every((line) => typeof line === 'string')).toBe(true);
    expect(Object.values(job.variables).every((value) => typeof value === 'string')).toBe(true);
    // Reports are wanted most when the job fails.
    expect(job.artifacts.when).toBe('always');
    const { version } = JSON.parse(read('package.json')) as { version: string };
    expect(job.variables['AUTH_CLI']).toBe(`npx --yes auth-cli@${version}`);
  });

  it('leaves the reports it promises, and fails on errors', () => {
    const { status, stdout } = run({});
    expect(status).toBe(1);
    expect(stdout).toMatch(/^deploy\/grafana\.ini:2:1: error: /);
    for (const path of [...Object.values(job.artifacts.reports), ...job.artifacts.paths])
      expect(existsSync(join(repository, path)), path).toBe(true);
    const issues = JSON.parse(readFileSync(join(repository, job.artifacts.reports['codequality']!), 'utf8'));
    expect(issues[0]).toMatchObject({ check_name: expect.any(String), location: { path: 'deploy/grafana.ini' } });
    expect(readFileSync(join(repository, job.artifacts.reports['junit']!), 'utf8')).toContain('<failure ');
  });

  it('passes patterns and further options on', () => {
    const { status } = run({
      AUTH_CLI_FILES: 'deploy/*.ini compose.yml',
      AUTH_CLI_FAIL_ON: 'never',
      AUTH_CLI_ARGS: '--grafana-version 9.4',
    });
    expect(status).toBe(0);
    expect(readFileSync(join(repository, 'auth-cli-junit.xml'), 'utf8')).toContain('deploy/my custom.ini');
  });
});

describe('the examples of the README', () => {
  const readme = read('README.md');
  const examples = [...readme.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map((match) => parse(match[1]!) as unknown);
  const { version } = JSON.parse(read('package.json')) as { version: string };

  it('give the action inputs it has, and use outputs it has', () => {
    const steps = examples.find((example) => Array.isArray(example)) as {
      uses: string;
      with: Record<string, string>;
    }[];
    const [own, upload] = steps as [(typeof steps)[0], (typeof steps)[0]];
    const action = parse(read('action.yml')) as { inputs: object; outputs: object };
    expect(own.uses).toMatch(new RegExp(`/auth-cli@v${version}$`));
    for (const name of Object.keys(own.with)) expect(action.inputs).toHaveProperty([name]);
    const [, output = ''] = /steps\.auth\.outputs\.([\w-]+)/.exec(upload.with['sarif_file']!) ?? [];
    expect(action.outputs).toHaveProperty([output]);
  });

  it('name the hook there is', () => {
    const { repos } = examples.find((example) => Object.hasOwn(example as object, 'repos')) as {
      repos: [{ rev: string; hooks: [{ id: string }] }];
    };
    const [{ rev, hooks }] = repos;
    expect(rev).toBe(`v${version}`);
    expect((parse(read('.pre-commit-hooks.yaml')) as { id: string }[]).map((hook) => hook.id)).toContain(hooks[0].id);
  });

  it('include the template there is, and set variables it has', () => {
    const example = examples.find((one) => Object.hasOwn(one as object, 'include')) as Record<string, unknown>;
    const [{ local }] = example['include'] as [{ local: string }];
    const { variables } = (parse(read(local)) as Record<string, { variables: object }>)['auth-cli-validate']!;
    const set = (example['auth-cli-validate'] as { variables: object }).variables;
    for (const name of Object.keys(set)) expect(variables).toHaveProperty([name]);
  });
});
