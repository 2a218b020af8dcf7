// Brings a fresh clone to a state where commands and tests run: packages as the lock file says, and a build that is newer than the sources.
// What is there already is left alone.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

export function installIfMissing() {
  const stamp = join(root, 'node_modules/.auth-cli-lock');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('installing packages …');
  execFileSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  writeFileSync(stamp, lock);
}

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return latest;
}

export async function buildIfStale({ types = true } = {}) {
  const built = join(root, 'dist/.built');
  const sources = Math.max(
    newest(join(root, 'src')),
    statSync(join(root, 'package.json')).mtimeMs,
    statSync(join(root, '.dev/build.mjs')).mtimeMs,
  );
  const isFresh = existsSync(built) && statSync(built).mtimeMs > sources;
  if (isFresh && (!types || readFileSync(built, 'utf8') === 'with types')) return;
  console.error('building …');
  const { buildAll } = await import('./build.mjs');
  await buildAll({ types });
}

export async function setup() {
  installIfMissing();
  await buildIfStale();
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await buildIfStale({ types: !process.argv.includes('--no-types') });
