// Bundles src into dist: the command as CommonJS, the library as an ES module, and the type declarations.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Bundled CommonJS packages call require() for Node's own modules; ES modules have none. */
const requireBanner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/**
 * Commander loads child_process, and with it sockets and streams, for subcommands that are programs of their own. There are none
 * here, so the module is loaded when it is used, which is never; this saves a tenth of the start-up time.
 */
const lazyChildProcess = {
  name: 'lazy-child-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?child_process$/ }, ({ importer, path }) =>
      /[\\/]commander[\\/]/.test(importer) ? { path, namespace: 'lazy' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'lazy' }, () => ({
      contents: `module.exports = { get spawn() { return require('node:child_process').spawn; } };`,
      loader: 'js',
    }));
  },
};

const common = {
  absWorkingDir: root,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.17',
  chunkNames: 'chunks/[name]-[hash]',
  minify: true,
  keepNames: true,
  legalComments: 'none',
  external: ['oidc-provider', 'inquirer', 'open'],
  plugins: [lazyChildProcess],
  logLevel: 'warning',
};

/**
 * The command. It is split into chunks, so that a command loads only what it needs, which the bundler does for ES modules alone;
 * but loading ES modules costs Node more than checking a configuration does. So every chunk is turned into CommonJS.
 */
async function buildCommand() {
  const outdir = join(root, 'dist/command');
  const { outputFiles } = await build({ ...common, entryPoints: { cli: 'src/cli.ts' }, outdir, write: false });
  mkdirSync(join(outdir, 'chunks'), { recursive: true });
  for (const file of outputFiles) {
    const lazy = file.text.replaceAll(/\bimport\(("\.[^"]+\.js")\)/g, 'Promise.resolve().then(()=>require($1))');
    const { code } = await transform(lazy, {
      format: 'cjs',
      platform: 'node',
      target: common.target,
      minify: true,
      sourcefile: relative(root, file.path),
    });
    writeFileSync(file.path, code);
  }
  writeFileSync(join(outdir, 'package.json'), '{ "type": "commonjs" }\n');
}

/** The library, for `import … from 'auth-cli'`. */
async function buildLibrary() {
  await build({
    ...common,
    entryPoints: { index: 'src/index.ts' },
    outdir: join(root, 'dist'),
    banner: { js: requireBanner },
  });
}

export async function buildAll({ types = true } = {}) {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  await Promise.all([buildCommand(), buildLibrary()]);
  if (types) {
    execFileSync(
      process.execPath,
      [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, '.dev/tsconfig.types.json')],
      { cwd: root, stdio: 'inherit' },
    );
  }
  writeFileSync(join(root, 'dist/.built'), types ? 'with types' : 'without types');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildAll({ types: !process.argv.includes('--no-types') });
}
