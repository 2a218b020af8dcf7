/**
 * Entry of the command: the real world, one run, an exit status. The process ends by itself once everything is written;
 * ending it by force would cut output into a slow pipe.
 */
import { EXIT } from './errors.js';
import { main } from './main.js';
import { createNodeHost } from './node-host.js';

/** Milliseconds that handles of an interrupted run may keep the process alive. */
const LINGER = 500;

export async function run(): Promise<void> {
  const host = createNodeHost();
  const code = await main(process.argv.slice(2), host);
  if (host.outputFailure) {
    await host.stderr.write(`error: cannot write the result\n  because: ${host.outputFailure.message}\n`);
    process.exitCode = EXIT.remote;
    return;
  }
  process.exitCode = code;
  // After Ctrl-C nothing is being written any more; a socket or timer somebody left open must not hold the person up.
  if (code === EXIT.interrupted) setTimeout(() => process.exit(code), LINGER).unref();
}
