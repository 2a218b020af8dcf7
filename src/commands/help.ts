/** `auth-cli help`: the help of a command, or a topic that concerns them all. */
import { EXIT, EXIT_CODES, UsageError } from '../errors.js';
import { closest } from '../text/suggest.js';
import { defineCommand } from './command.js';

const TOPICS: Readonly<Record<string, () => string>> = {
  'exit-codes': () => `Exit codes of auth-cli:

${EXIT_CODES.map(({ code, meaning }) => `  ${String(code).padEnd(5)}${meaning}`).join('\n')}

Of several inputs the worst counts: 3 before 2 before 1 before 0. --fail-on moves the line between 0 and 1; nothing moves 2 and 3.
`,
  environment: () => `Variables that auth-cli itself obeys:

  NO_COLOR       set and not empty: no colours (also where FORCE_COLOR is set)
  FORCE_COLOR    colours without a terminal; 0 or false: none
  TERM           dumb: no colours
  COLUMNS        width where the terminal does not tell it
  LC_ALL, LC_CTYPE, LANG
                 C or POSIX: ASCII instead of symbols
  CI             set: no questions are asked
  HTTP_PROXY, HTTPS_PROXY, NO_PROXY
                 proxy for requests, as Go programs read them
  BROWSER        command that opens an address; none: no browser

Variables of the server (GF_*, MB_JWT_*) are part of a configuration, not of auth-cli: they count only with --env, or from a file
with --env-file FILE, so that a result does not depend on the shell it was found in.
`,
  formats: () => `Forms of a result (--format NAME; --json is short for --format json):

  pretty     for reading: the place with its text, why it matters, what to do (default)
  compact    one line each: path:line:column: severity: message [rule]
  json       one object with "formatVersion": 1; fields are added, never renamed; lines and columns count from 1,
             columns in UTF-16 code units; the same object whether or not there is something to tell
  sarif      SARIF 2.1.0, for code scanning
  github     annotations of a GitHub Actions run
  gitlab     code quality report of GitLab
  junit      test report, for servers that show those; checkstyle likewise
  markdown   for a page, a comment, or the summary of a job

A command's --help lists its own. The result is the only thing on standard output; everything about the run goes to standard
error. --output FILE writes the result to a file that appears only when it is complete. Secrets are redacted in every form.
validate writes several forms in one run: --format json=FILE --format compact.
`,
};

export default defineCommand({
  description: 'Show the help of a command, or of a topic: exit-codes, environment, formats.',
  shows: [],
  define(command) {
    command.argument('[name...]', 'a command (with its subcommand), or a topic');
  },
  examples: [
    { command: 'auth-cli help exit-codes', note: 'what the exit codes mean' },
    { command: 'auth-cli help completion', note: 'the same as auth-cli completion --help' },
  ],
  async operands() {
    return Object.keys(TOPICS);
  },
  async run(context, operands) {
    const name = operands.join(' ');
    const topic = Object.hasOwn(TOPICS, name) ? TOPICS[name] : undefined;
    const text =
      topic?.() ?? (operands.length === 0 ? await context.catalog.help([]) : await context.catalog.help(operands));
    if (text === undefined)
      throw new UsageError(`no command or topic is named "${name}"`, {
        suggestions: closest(name, [...context.catalog.names, ...Object.keys(TOPICS)]),
        because: `topics are ${Object.keys(TOPICS).join(', ')}`,
      });
    await context.print(text);
    return EXIT.ok;
  },
});
