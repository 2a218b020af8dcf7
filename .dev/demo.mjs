// The main job, shown on the examples that come with the project. Works on a fresh clone and ends with 0 if every step ended as it should.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, setup } from './setup.mjs';

await setup();

const STEPS = [
  {
    title: 'A configuration with mistakes: what is wrong, what it causes, what to do',
    call: 'validate fixtures/demo/grafana.ini',
    status: 1,
  },
  { title: 'The same configuration in order', call: 'validate fixtures/demo/good.ini', status: 0 },
  {
    title: 'What Grafana really runs with: values, their origin, what reading changed',
    call: 'show fixtures/demo/good.ini --env-file fixtures/demo/server.env',
    status: 0,
  },
  {
    title: 'A documented example: the generic OAuth walkthrough, as Grafana 9.4 would take it',
    call: 'validate fixtures/seeds/walkthrough.ini --grafana-version 9.4',
    status: 1,
  },
  { title: 'What one rule looks for, and why', call: 'explain malformed-json-list', status: 0 },
  {
    title: 'A dry run: what Grafana makes of one person, step by step',
    call: 'eval-role fixtures/payloads/editor.json --config fixtures/payloads/grafana.ini',
    status: 0,
  },
  {
    title: 'A login that really happens, at a provider started for it',
    call: 'test-login --demo --user editor --auto',
    status: 0,
  },
];

let failed = 0;
for (const { title, call, status: expected } of STEPS) {
  console.log(`\n━━ ${title}\n\n$ auth-cli ${call}`);
  const words = call.match(/'[^']*'|\S+/g).map((word) => word.replace(/^'(.*)'$/, '$1'));
  const { status } = spawnSync(process.execPath, [join(root, 'bin/auth-cli.js'), ...words], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const right = status === expected;
  if (!right) failed++;
  console.log(`(exit code ${status}${right ? '' : `, expected ${expected}`})`);
}

console.log(
  failed === 0
    ? '\n✔ every step ended as it should\n  more: node bin/auth-cli.js --help\n'
    : `\n✖ ${failed} of ${STEPS.length} steps ended otherwise than they should\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
