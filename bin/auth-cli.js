#!/usr/bin/env node
// Runs the packed command, compiled ahead of time where the build was made with this Node; everywhere else it is compiled as always.
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { Script, constants } = require('node:vm');

const hot = join(__dirname, '../dist/command/hot.js');

function read(path, encoding) {
  try {
    return readFileSync(path, encoding);
  } catch {
    return undefined;
  }
}

const source = read(hot, 'latin1');
if (source === undefined) {
  console.error('auth-cli is not built yet: run "npm run build" in its folder');
  process.exitCode = 2;
} else {
  const script = new Script(source, {
    filename: hot,
    cachedData: read(`${hot}.${process.version}-${process.arch}.cache`),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  script.runInThisContext()(createRequire(hot)).run();
}
