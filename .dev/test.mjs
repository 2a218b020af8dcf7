// Everything that must hold before a change lands: packages, build, types, lint and format, generated files, all tests.
// Ends with the test runner's own summary.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, setup } from './setup.mjs';

await setup();

function step(title, script, args) {
  console.error(`\n── ${title}`);
  const result = spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) {
    console.error(`${title}: failed`);
    process.exit(result.status ?? 1);
  }
}

step('types', 'node_modules/typescript/bin/tsc', ['-p', 'tsconfig.json', '--noEmit']);
step('lint and format', 'node_modules/@biomejs/biome/bin/biome', ['check', '--error-on-warnings']);
if (existsSync(join(root, '.dev/generate.mjs'))) step('generated files', '.dev/generate.mjs', ['--check']);
step('tests', 'node_modules/vitest/vitest.mjs', ['run', ...process.argv.slice(2)]);
