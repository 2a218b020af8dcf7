// Measures what speed and memory the README promises, in one run. `npm run bench` prints; `-- --write` also puts the figures into
// README.md; `-- WORD` runs only the measurements whose title contains the word.
//
// To add a measurement: one entry in MEASUREMENTS, whose `run` returns rows of [what, figure, aim].
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root, setup } from './setup.mjs';

await setup();

const bin = join(root, 'bin/auth-cli.js');
const folder = mkdtempSync(join(tmpdir(), 'auth-cli-bench-'));
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));

/** Loaded into a measured process: tells the peak of its memory and its processor time on a channel of its own. */
const peakHook = join(folder, 'peak.cjs');
writeFileSync(
  peakHook,
  `process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    require('node:fs').writeSync(3, maxRSS + ' ' + (userCPUTime + systemCPUTime) / 1000);
  });`,
);

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const ms = (number) => `${number.toFixed(number < 100 ? 1 : 0)} ms`;
const whole = (number) => Math.round(number).toLocaleString('en-US');
const mb = (kilobytes) => `${whole(kilobytes / 1024)} MB`;

/** Wall time of a process in milliseconds. */
function time(args) {
  const started = process.hrtime.bigint();
  const { error } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 30,
  });
  if (error) throw error;
  return Number(process.hrtime.bigint() - started) / 1e6;
}

/** Medians of processes started in turn, so that a busy moment of the machine meets all of them. */
function inTurn(calls, rounds = 31) {
  const times = calls.map(() => []);
  for (let round = 0; round < rounds; round++) for (const [at, call] of calls.entries()) times[at].push(time(call));
  return times.map(median);
}

/** Wall time, processor time and peak memory of one process; its output is read and thrown away. */
function measure(args) {
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(process.execPath, ['--require', peakHook, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    let peak = '';
    let errors = '';
    child.stdout.resume();
    child.stderr.setEncoding('utf8').on('data', (text) => (errors = (errors + text).slice(-2000)));
    child.stdio[3].setEncoding('utf8').on('data', (text) => (peak += text));
    child.on('error', reject);
    child.on('close', (status) => {
      if (status !== 0 && status !== 1) return reject(new Error(`${args.join(' ')} ended with ${status}\n${errors}`));
      const [memory, cpu] = peak.split(' ').map(Number);
      resolve({ ms: Number(process.hrtime.bigint() - started) / 1e6, cpu, peak: memory });
    });
  });
}

/** Runs a piece of code in a process of its own; it calls `done(count)` with how often it did its work in `seconds`. */
function inProcess(code) {
  const file = join(folder, `piece-${Math.abs(hash(code))}.mjs`);
  writeFileSync(file, code);
  const { stdout, stderr, status } = spawnSync(process.execPath, [file], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

function hash(text) {
  let value = 0;
  for (const char of text) value = (Math.imul(value, 31) + char.charCodeAt(0)) | 0;
  return value;
}

const TYPICAL = readFileSync(join(root, 'fixtures/demo/good.ini'), 'utf8');

/** A configuration as large as asked for: sections as they occur, with comments, long values and every kind of quotes. */
function largeIni(bytes) {
  const section = (at) => `
# Provider ${at}: what the identity team sent, ticket ${at * 7}
[auth.provider_${at}]
enabled = ${at % 3 === 0}
name = Provider ${at}
;allow_sign_up = true
client_id = client-${at}
client_secret = \${SECRET_${at}}
scopes = openid email profile groups
auth_url = https://id${at}.acme.dev/realms/acme/protocol/openid-connect/auth
token_url = https://id${at}.acme.dev/realms/acme/protocol/openid-connect/token
api_url = https://id${at}.acme.dev/realms/acme/protocol/openid-connect/userinfo
allowed_groups = ["devs", "ops-${at}"]
role_attribute_path = """contains(groups[*], 'admins-${at}') && 'Admin' || contains(groups[*], 'devs') && 'Editor' || 'Viewer'"""
`;
  const parts = [];
  for (let size = 0, at = 0; size < bytes; at++) {
    parts.push(section(at));
    size += parts[at].length;
  }
  return parts.join('');
}

const MEASUREMENTS = [
  {
    title: 'start-up',
    run() {
      const sample = ['fixtures/payloads/editor.json', '--config', 'fixtures/payloads/grafana.ini'];
      const calls = {
        '`validate` of a typical grafana.ini': [['validate', 'fixtures/demo/good.ini'], '≤ 1.30 ×'],
        '`--help`': [['--help'], '≤ 1.25 ×'],
        '`eval-role` of one payload': [['eval-role', ...sample], '≤ 1.40 ×'],
        '`validate` of Helm values': [['validate', 'fixtures/demo/values.yaml'], ''],
        '`show`': [['show', 'fixtures/demo/good.ini'], ''],
        '`explain` of a rule': [['explain', 'jmespath-syntax'], ''],
        '`eval`': [['eval', 'groups', 'fixtures/payloads/editor.json'], ''],
        '`convert` to Helm values': [['convert', 'fixtures/demo/good.ini', '--to', 'helm'], ''],
        '`diff`': [['diff', sample[2], sample[2], '--users', sample[0]], ''],
        '`why`': [['why', 'login.OAuthLogin(missing saved state)'], ''],
        '`init --list`': [['init', '--list'], ''],
        '`token decode`': [['token', 'decode', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.'], ''],
        '`completion bash`': [['completion', 'bash'], ''],
      };
      const [bare, ...times] = inTurn([['-e', '0'], ...Object.values(calls).map(([words]) => [bin, ...words])], 21);
      return [
        ['`node -e 0`', ms(bare), ''],
        ...Object.entries(calls).map(([what, [, aim]], at) => [
          what,
          `${ms(times[at])}, ${(times[at] / bare).toFixed(2)} ×`,
          aim,
        ]),
      ];
    },
  },
  {
    title: 'large file',
    async run() {
      const text = largeIni(10 * 1024 * 1024);
      const size = text.length / 1e6;
      const file = join(folder, 'large.ini');
      writeFileSync(file, text);
      const validate = await measure([bin, 'validate', file, '--format', 'compact']);
      const reader = (code) =>
        inProcess(`import { readFileSync } from 'node:fs';
          ${code}
          const text = readFileSync(${JSON.stringify(file)}, 'utf8');
          const times = [];
          for (let round = 0; round < 5; round++) {
            const started = performance.now();
            await read(text);
            times.push(performance.now() - started);
          }
          console.log(JSON.stringify({ ms: Math.min(...times), peak: process.resourceUsage().maxRSS }));`);
      const library = JSON.stringify(pathToFileURL(join(root, 'dist/index.js')).href);
      const own = reader(`import { loadConfig } from ${library};
        const read = async (text) => (await loadConfig([{ path: 'grafana.ini', text }], { defaults: false })).fileView;`);
      const other =
        reader(`import ini from ${JSON.stringify(pathToFileURL(join(root, 'node_modules/ini/lib/ini.js')).href)};
        const read = (text) => ini.parse(text);`);
      const rate = (result) => `${(size / (result.ms / 1000)).toFixed(1)} MB/s, peak ${mb(result.peak)}`;
      return [
        ['reading 10 MB with places for everything (`loadConfig`)', rate(own), 'not slower than `ini.parse`'],
        ['the same text with `ini.parse` of npm', rate(other), ''],
        ['`validate` of 10 MB, whole call', rate(validate), ''],
      ];
    },
  },
  {
    title: 'fix',
    async run() {
      const fixes = async (bytes) => {
        // One thing to fix in each section: a comment that switches nothing off.
        const text = largeIni(bytes).replaceAll(
          '\nclient_id',
          '\n; auth-cli-ignore wrong-case -- of long ago\nclient_id',
        );
        const file = join(folder, 'fix.ini');
        writeFileSync(file, text);
        const { ms: taken, peak } = await measure([bin, 'validate', file, '--fix', '--format', 'compact', '--quiet']);
        if (readFileSync(file, 'utf8').includes('auth-cli-ignore')) throw new Error('not everything was fixed');
        return { rate: text.length / 1e6 / (taken / 1000), peak, count: text.split('auth-cli-ignore').length - 1 };
      };
      const half = await fixes(5 * 1024 * 1024);
      const all = await fixes(10 * 1024 * 1024);
      return [
        [
          `\`--fix\` of 10 MB with ${whole(all.count)} things to fix, whole call`,
          `${all.rate.toFixed(1)} MB/s, peak ${mb(all.peak)} (5 MB: ${half.rate.toFixed(1)} MB/s, peak ${mb(half.peak)})`,
          'linear',
        ],
      ];
    },
  },
  {
    title: 'sarif',
    async run() {
      const call = (count, ...forms) => {
        const file = join(folder, `findings-${count}.ini`);
        // Every line but the first is a finding of its own, with a related place.
        const lines = Array.from({ length: count + 1 }, (_, at) => `client_id = grafana-${at}\n`);
        writeFileSync(file, `[auth.generic_oauth]\nenabled = false\n${lines.join('')}`);
        return [bin, 'validate', file, '--format', 'compact', ...forms];
      };
      const report = join(folder, 'findings.sarif');
      const calls = [
        call(5000, '--format', `sarif=${report}`),
        call(10_000),
        call(10_000, '--format', `sarif=${report}`),
      ];
      // Processor time, in turn, the best of several: a busy machine changes little in it.
      const best = calls.map(() => ({ cpu: Number.POSITIVE_INFINITY, peak: 0 }));
      for (let round = 0; round < 5; round++)
        for (const [at, words] of calls.entries()) {
          const { cpu, peak } = await measure(words);
          best[at] = { cpu: Math.min(best[at].cpu, cpu), peak: Math.max(best[at].peak, peak) };
        }
      const { results } = JSON.parse(readFileSync(report, 'utf8')).runs[0];
      if (results.length < 10_000) throw new Error(`${results.length} results instead of 10,000`);
      const [half, compact, all] = best;
      return [
        [
          'SARIF of 10,000 findings, processor time of the whole call',
          `${ms(all.cpu)}, ${(all.cpu / half.cpu).toFixed(2)} × of 5,000, peak ${mb(all.peak)} (5,000: ${mb(half.peak)})`,
          '≤ 2.2 ×',
        ],
        ['the same call without SARIF', `${ms(compact.cpu)}, peak ${mb(compact.peak)}`, ''],
      ];
    },
  },
  {
    title: 'many files',
    async run() {
      const many = join(folder, 'many');
      mkdirSync(many);
      const count = 2000;
      for (let at = 0; at < count; at++)
        writeFileSync(join(many, `${String(at).padStart(4, '0')}.ini`), TYPICAL.replaceAll('acme', `acme${at}`));
      await measure([bin, 'validate', many]);
      const result = await measure([bin, 'validate', many]);
      return [
        [
          `\`validate\` of ${whole(count)} small files in one call`,
          `${whole(count / (result.ms / 1000))} files/s, peak ${mb(result.peak)}`,
          '≥ 5,000 files/s',
        ],
      ];
    },
  },
  {
    title: 'helm',
    async run() {
      const values = join(folder, 'helm');
      mkdirSync(values);
      const count = 1000;
      const text = readFileSync(join(root, 'fixtures/demo/values.yaml'), 'utf8');
      for (let at = 0; at < count; at++)
        writeFileSync(join(values, `${String(at).padStart(4, '0')}.yaml`), text.replaceAll('acme', `acme${at}`));
      const result = await measure([bin, 'validate', values, '--format', 'compact']);
      const yaml = pathToFileURL(join(root, 'node_modules/yaml/dist/index.js')).href;
      const parse = inProcess(`import { readdirSync, readFileSync } from 'node:fs';
        import yaml from ${JSON.stringify(yaml)};
        const folder = ${JSON.stringify(values)};
        const started = performance.now();
        for (const name of readdirSync(folder)) yaml.parseAllDocuments(readFileSync(folder + '/' + name, 'utf8'));
        console.log(JSON.stringify({ ms: performance.now() - started }));`);
      return [
        [
          `\`validate\` of ${whole(count)} Helm values files (${(text.length / 1000).toFixed(1)} kB each) in one call`,
          `${whole(count / (result.ms / 1000))} files/s, ${(result.ms / parse.ms).toFixed(2)} × the parsing of YAML alone, peak ${mb(result.peak)}`,
          '',
        ],
      ];
    },
  },
  {
    title: 'dry run',
    async run() {
      const lines = 200_000;
      const file = join(folder, 'users.jsonl');
      const padding = 'x'.repeat(700);
      const parts = [];
      for (let at = 0; at < lines; at++)
        parts.push(
          JSON.stringify({
            sub: `user-${at}`,
            preferred_username: `person${at}`,
            email: `person${at}@acme.dev`,
            email_verified: true,
            groups: at % 10 === 0 ? ['admins', 'devs'] : at % 3 === 0 ? ['devs'] : ['guests', `team-${at % 50}`],
            address: { country: 'NL', formatted: padding },
          }),
        );
      writeFileSync(file, `${parts.join('\n')}\n`);
      const half = join(folder, 'half.jsonl');
      writeFileSync(half, `${parts.slice(0, lines / 2).join('\n')}\n`);
      const bulk = (path) => [bin, 'eval-role', path, '--config', 'fixtures/demo/good.ini', '--output', '/dev/null'];
      const result = await measure(bulk(file));
      const shorter = await measure(bulk(half));
      const bare = inProcess(`import { createReadStream } from 'node:fs';
        import { createInterface } from 'node:readline';
        const started = performance.now();
        let sum = 0;
        for await (const line of createInterface({ input: createReadStream(${JSON.stringify(file)}) })) sum += JSON.parse(line).email.length;
        console.log(JSON.stringify({ ms: performance.now() - started, sum }));`);
      const rate = (taken) => lines / (taken / 1000);
      return [
        [
          `\`eval-role\` of ${whole(lines)} JSONL lines of 0.9 KB`,
          `${whole(rate(result.ms))} payloads/s, ${(rate(result.ms) / rate(bare.ms)).toFixed(2)} × of reading and \`JSON.parse\` alone`,
          '≥ 0.5 ×',
        ],
        [`its memory`, `peak ${mb(result.peak)} (${mb(shorter.peak)} with half the lines)`, '≤ 150 MB'],
      ];
    },
  },
  {
    title: 'expressions',
    async run() {
      const bundle = join(folder, 'compile.mjs');
      await build({
        absWorkingDir: root,
        entryPoints: ['src/expression/compile.ts'],
        bundle: true,
        format: 'esm',
        platform: 'node',
        minify: true,
        outfile: bundle,
        logLevel: 'error',
      });
      const rates = inProcess(`import { compile } from ${JSON.stringify(pathToFileURL(bundle).href)};
        import jmespath from ${JSON.stringify(pathToFileURL(join(root, 'node_modules/jmespath/jmespath.js')).href)};
        const expression = "contains(groups[*], 'admins') && 'Admin' || contains(groups[*], 'devs') && 'Editor' || 'Viewer'";
        const person = { sub: 'a', email: 'a@acme.dev', groups: ['guests', 'team-1', 'team-2', 'devs'] };
        const compiled = compile(expression, 'community');
        const rate = (work) => {
          let best = 0;
          for (let round = 0; round < 5; round++) {
            let count = 0;
            const started = performance.now();
            while (performance.now() - started < 400) for (let at = 0; at < 1000; at++, count++) work();
            best = Math.max(best, count / ((performance.now() - started) / 1000));
          }
          return best;
        };
        console.log(JSON.stringify({ own: rate(() => compiled.evaluate(person)), other: rate(() => jmespath.search(person, expression)) }));`);
      return [
        [
          'a role expression on one person, compiled once',
          `${whole(rates.own)}/s, ${(rates.own / rates.other).toFixed(1)} × of npm \`jmespath\``,
          '≥ 10 ×',
        ],
      ];
    },
  },
];

const machine = `${cpus()[0].model.trim()}, ${cpus().length} cores, ${mb(totalmem() / 1024)}, Node ${process.version.slice(1)}, ${process.platform} ${process.arch}`;
const load = loadavg()[0].toFixed(1);
console.log(`${machine}; load ${load}\n`);
const rows = [];
try {
  for (const { title, run } of MEASUREMENTS) {
    if (words.length > 0 && !words.some((word) => title.includes(word))) continue;
    for (const row of await run()) {
      rows.push(row);
      const [what, figure, aim] = row.map((cell) => cell.replaceAll('`', ''));
      console.log(`${what.padEnd(62)} ${figure}${aim ? `   (aim ${aim})` : ''}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

if (process.argv.includes('--write')) {
  const table = [
    '| what | measured | aim |',
    '| --- | --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
  const path = join(root, 'README.md');
  const readme = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    readme.replace(
      /(<!-- bench -->\n)[\s\S]*?(<!-- end -->)/,
      `$1Measured on ${machine}, with a load of ${load} when it began.\n\n${table}\n$2`,
    ),
  );
}
