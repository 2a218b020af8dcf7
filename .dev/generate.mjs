// Writes what is told elsewhere: the reference of rules and options, the schema of the project file, and the outputs shown in
// README.md.
// --check changes nothing and fails where something is out of date.
//
// A block of README.md that is written here:
//
//     <!-- run: auth-cli validate fixtures/demo/grafana.ini -->
//     … the call and its output …
//     <!-- end -->
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfStale, root } from './setup.mjs';

await buildIfStale({ types: false });
const check = process.argv.includes('--check');
const stale = [];

/** Runs a call of auth-cli in the project's folder, as a person without a terminal would. */
function run(call) {
  const [, ...words] = call.match(/'[^']*'|\S+/g).map((word) => word.replace(/^'(.*)'$/, '$1'));
  const { stdout, stderr, status, error } = spawnSync(process.execPath, [join(root, 'bin/auth-cli.js'), ...words], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
  });
  if (error) throw error;
  if (/internal error/.test(stderr)) throw new Error(`${call}\n${stderr}`);
  return { text: stdout + stderr, status };
}

function put(path, text) {
  const file = join(root, path);
  let before = '';
  try {
    before = readFileSync(file, 'utf8');
  } catch {}
  if (before === text) return;
  stale.push(path);
  if (!check) writeFileSync(file, text);
}

const note = (call) => `<!-- Written by \`npm run generate\` from \`${call}\`; changes here are lost. -->\n\n`;

for (const [path, call] of [
  ['src/rules/README.md', 'auth-cli explain rules --format markdown'],
  ['src/settings/README.md', 'auth-cli explain options --format markdown'],
])
  put(path, note(call) + run(call).text);

mkdirSync(join(root, 'schemas'), { recursive: true });
put('schemas/auth-cli.schema.json', run('auth-cli explain project-file --format json').text);

const readme = readFileSync(join(root, 'README.md'), 'utf8');
put(
  'README.md',
  readme.replace(/(<!-- run: (.*?) -->\n)[\s\S]*?(<!-- end -->)/g, (_all, begin, call, end) => {
    const { text, status } = run(call);
    return `${begin}\`\`\`console\n$ ${call}\n${text}${status === 0 ? '' : `$ echo $?\n${status}\n`}\`\`\`\n${end}`;
  }),
);

if (stale.length > 0) {
  console.error(`${check ? 'out of date' : 'written'}: ${stale.join(', ')}`);
  if (check) {
    console.error('bring them up to date with: npm run generate');
    process.exitCode = 1;
  }
}
