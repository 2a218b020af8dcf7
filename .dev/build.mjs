// Bundles src into dist: the command as CommonJS, the library as an ES module, and the type declarations.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/**
 * What a rule's documentation says is wanted by `explain` alone, and half of all rules' text. As a getter it is compiled when it is
 * asked for, so that V8 neither compiles nor keeps it for every other command.
 */
const lazyRuleDocs = {
  name: 'lazy-rule-docs',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]rules[\\/]\w+[\\/][\w-]+\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(
        /^( *)docs: (\{\n[\s\S]*?\n\1\}),$/gm,
        (_all, indent, body) => `${indent}get docs() { return ${body}; },`,
      ),
      loader: 'ts',
    }));
  },
};

/** Node has had these for long; as literals V8 keeps them with the compiled code. */
const supported = { 'regexp-unicode-property-escapes': true, 'regexp-lookbehind-assertions': true };

const common = {
  absWorkingDir: root,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.17',
  chunkNames: 'chunks/[name]-[hash]',
  // Names stay: stack traces and error names are read by people, and keeping them another way costs a call for every function.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  external: ['oidc-provider', 'inquirer', 'open'],
  loader: { '.wasm': 'binary' },
  plugins: [lazyChildProcess, lazyRuleDocs],
  supported,
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
    const { code } = await transform(withModuleUrl(lazy), {
      format: 'cjs',
      platform: 'node',
      target: common.target,
      supported,
      minifyWhitespace: true,
      minifySyntax: true,
      sourcefile: relative(root, file.path),
    });
    writeFileSync(file.path, ascii(code));
  }
  writeFileSync(join(outdir, 'package.json'), '{ "type": "commonjs" }\n');
  packHot(outdir);
}

/** CommonJS has no import.meta; a bundled package asks for it to find files of its own, which it is then given as bytes. */
function withModuleUrl(code) {
  if (!code.includes('import.meta.url')) return code;
  const url = 'const moduleUrl=require("node:url").pathToFileURL(__filename).href;\n';
  return url + code.replaceAll(/\bimport\.meta\.url\b/g, 'moduleUrl');
}

/** V8 holds a source of ASCII in half the space and reads it faster; the bundler leaves other characters in regular expressions. */
function ascii(code) {
  return code.replace(/[^\x00-\x7f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The calls people wait for most often; what they load is packed. */
const HOT_CALLS = [
  ['validate', 'fixtures/demo/grafana.ini'],
  ['validate', 'fixtures/demo/good.ini'],
  ['eval-role', 'fixtures/payloads/editor.json', '--config', 'fixtures/payloads/grafana.ini'],
];

/**
 * Puts the modules that the hot calls load into one file, `hot.js`, and has V8 compile it ahead of time for the Node this runs on
 * (another Node compiles as always). What is packed is measured, not listed. The files of packed modules stay as references to
 * them, since the other chunks load them by name.
 */
function packHot(outdir) {
  const paths = hotModules(outdir);
  const hot = join(outdir, 'hot.js');
  writeFileSync(hot, packed(paths.map((path) => [path, readFileSync(join(outdir, path), 'utf8')])));
  for (const path of paths)
    writeFileSync(
      join(outdir, path),
      `module.exports=globalThis[Symbol.for("auth-cli.hot")](${JSON.stringify(path)});\n`,
    );
  runNode(`
    const { Script, constants } = require('node:vm');
    const hot = ${JSON.stringify(hot)};
    const script = new Script(fs.readFileSync(hot, 'utf8'), {
      filename: hot,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    const { run } = script.runInThisContext()(require('node:module').createRequire(hot));
    after(run, () => fs.writeFileSync(hot + '.' + process.version + '-' + process.arch + '.cache', script.createCachedData()));`);
}

/** Paths within `outdir` of the modules the hot calls load, in the order of loading. */
function hotModules(outdir) {
  const list = runNode(`
    const { run } = require(${JSON.stringify(join(outdir, 'cli.js'))});
    after(run, () => fs.writeSync(3, JSON.stringify(Object.keys(require.cache))));`);
  return JSON.parse(list).map((path) => relative(outdir, path).replaceAll('\\', '/'));
}

/** Runs code in a process of its own, where `after(run, then)` makes the hot calls first. @returns what it wrote to channel 3 */
function runNode(code) {
  const { status, output, stderr } = spawnSync(
    process.execPath,
    [
      '-e',
      `const fs = require('node:fs');
      async function after(run, then) {
        for (const words of ${JSON.stringify(HOT_CALLS)}) {
          process.argv = ['node', 'auth-cli', ...words];
          await run();
        }
        process.exitCode = 0;
        then();
      }
      ${code}`,
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe', 'pipe'], encoding: 'utf8' },
  );
  if (status !== 0 || stderr !== '') throw new Error(`the built command fails: ${stderr}`);
  return output[3];
}

/** Modules as one expression: a function that takes `require` and gives the exports of `cli.js`. */
function packed(modules) {
  const functions = modules.map(([path, code]) => `${JSON.stringify(path)}(exports,require,module){${code}\n}`);
  return `(function(nodeRequire){"use strict";
const modules={${functions.join(',\n')}};
const loaded={};
function load(path){
  if(loaded[path])return loaded[path].exports;
  const module=loaded[path]={exports:{}};
  const folder=path.slice(0,path.lastIndexOf("/")+1);
  modules[path](module.exports,(name)=>{
    if(!name.startsWith("."))return nodeRequire(name);
    const target=name.startsWith("../")?name.slice(3):folder+name.slice(2);
    return modules[target]?load(target):nodeRequire("./"+target);
  },module);
  return module.exports;
}
globalThis[Symbol.for("auth-cli.hot")]=load;
return load("cli.js");
})`;
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
