// Bundles src into dist with code splitting, so that a command loads only the chunks it needs, and writes the type declarations.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Bundled CommonJS packages call require() for Node's own modules; ES modules have none. */
const banner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

export async function buildAll({ types = true } = {}) {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: { cli: 'src/cli.ts', index: 'src/index.ts' },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.17',
    chunkNames: 'chunks/[name]-[hash]',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    banner: { js: banner },
    external: ['oidc-provider', 'inquirer'],
    logLevel: 'warning',
  });
  if (types) {
    execFileSync(
      process.execPath,
      [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, '.dev/tsconfig.types.json')],
      { cwd: root, stdio: 'inherit' },
    );
  }
  writeFileSync(join(root, 'dist/.built'), '');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildAll({ types: !process.argv.includes('--no-types') });
}
