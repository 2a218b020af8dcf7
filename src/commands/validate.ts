/** `auth-cli validate`: what is wrong in a configuration, where, what it causes, what to do. */
import { EXIT, type ExitCode, UsageError, worst } from '../errors.js';
import { productOfConfig } from '../products/index.js';
import { FINDINGS_FORMATS } from '../report/findings/index.js';
import type { Severity } from '../rules/rule.js';
import type { SourceFile } from '../text/source.js';
import { type CommandContext, defineCommand } from './command.js';
import { choiceOption, collect, countOption } from './flags.js';
import {
  ConfigFiles,
  checkStdin,
  conventionalConfig,
  formFacts,
  readConfigOption,
  readEnvironment,
  STDIN,
} from './inputs.js';
import { admit, type Check, checkFiles, Layers } from './validate/check.js';
import type { Fixer } from './validate/fix.js';
import { Report, SEVERITIES } from './validate/report.js';
import { severities } from './validate/severities.js';

interface Options {
  readonly rule?: readonly string[];
  readonly failOn?: Severity | 'never';
  readonly maxWarnings?: number;
  readonly stdinFilename?: string;
  readonly fix?: boolean;
  readonly fixDryRun?: boolean;
}

export default defineCommand<Options>({
  description:
    'Check configuration against the option tables and the rules: what is wrong, where, what it causes for a login, what to do. Each FILE is checked on its own; files of --config are layers below each of them.',
  define(command) {
    command
      .argument(
        '[file...]',
        'files, folders, patterns, or - for standard input; without any, the usual places are tried',
      )
      .option('--rule <id=severity>', 'give a rule another severity: error, warning, info or off; repeatable', collect)
      .addOption(
        choiceOption('--fail-on <severity>', 'lowest severity that makes the exit code 1; default error', [
          ...SEVERITIES,
          'never',
        ]),
      )
      .addOption(countOption('--max-warnings <n>', 'exit with 1 where there are more warnings'))
      .option('--fix', 'apply the fixes that are safe, in place; the report tells what remains')
      .option('--fix-dry-run', 'print what --fix would change, as a patch; change nothing')
      .option('--stdin-filename <name>', 'what standard input is called in the report');
  },
  formats: Object.keys(FINDINGS_FORMATS),
  severalFormats: true,
  notes: `In a file, a comment "; auth-cli-ignore RULE -- reason" on a line of its own switches a rule off for the line below it, "; auth-cli-ignore-file RULE -- reason" for the whole file; in YAML, env files and Terraform with "#". Comments that switch nothing off are reported (unused-ignore).

Several forms come out of one run: --format NAME=FILE writes one to a file, which appears only when it is complete, and standard output gets the one form that is named without a file, or the default.

--fix changes the files of the call (files of --config only where there is no FILE), and nothing in them but the lines concerned. With "-" the fixed text goes to standard output and the report to standard error; so it is with the patch of --fix-dry-run, which git apply and patch -p1 take. Lines with secrets are never part of the patch.`,
  examples: [
    { command: 'auth-cli validate fixtures/demo/grafana.ini', note: 'check one file', status: 1 },
    { command: 'auth-cli validate fixtures/demo/good.ini --grafana-version 9.4', note: 'as Grafana 9.4 would read it' },
    {
      command: 'auth-cli validate fixtures/demo --format compact',
      note: 'every file of a folder, one line a finding',
      status: 1,
    },
    {
      command: 'auth-cli validate fixtures/demo --format json=findings.json --format compact',
      note: 'two forms in one run',
      status: 1,
    },
    {
      command: 'auth-cli validate fixtures/demo/grafana.ini --fix-dry-run',
      note: 'what --fix would change, as a patch',
      status: 1,
    },
    { command: 'cat fixtures/demo/good.ini | auth-cli validate - --json', note: 'for a program' },
  ],
  exitCodes: {
    0: 'no finding at or above --fail-on',
    1: 'findings at or above --fail-on, or more warnings than --max-warnings',
    2: 'wrong call, or a file that cannot be read or is no configuration; the others are checked all the same',
    3: 'the result could not be written, or an error of auth-cli itself',
  },
  async run(context, operands, options) {
    checkStdin(operands, options);
    const rules = await severities(options.rule ?? []);
    const base = await readConfigOption(context);
    const env = await readEnvironment(context);
    const check: Check = {
      product: options.product,
      versions: options,
      settings: {
        ...(env ? { env } : {}),
        ...(options.env ? { hostname: context.host.hostname() } : {}),
        ...(rules ? { rules } : {}),
        readFile: (path) => context.host.readFile(path),
        forms: formFacts(context),
        now: context.host.now() / 1000,
      },
    };
    const fixer = await openFixer(context, options);
    const look = (files: readonly SourceFile[]) => checkFiles(files, check);
    const takesOutput = options.fixDryRun === true || (fixer !== undefined && operands.includes(STDIN));
    const report = await Report.open(takesOutput ? besideOutput(context) : context, options);
    const paths = operands.length > 0 ? operands : base.length > 0 ? [] : [await conventionalConfig(context)];
    if (paths.length === 0) await report.add(await (fixer ? fixer.fix(base, look, { all: true }) : look(base)));
    const layers = new Layers(base);
    const files = new ConfigFiles(context, paths, {
      stdinName: options.stdinFilename,
      accepts: (file) => productOfConfig(file) !== undefined,
    });
    let code: ExitCode = EXIT.ok;
    for await (const file of files.read()) {
      if (context.signal.aborted || context.closed) break;
      try {
        await admit(file, context, check);
        const all = [...base, file];
        const { isStdin } = files;
        await report.add(layers.once(await (fixer ? fixer.fix(all, look, { isStdin }) : look(all))));
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        files.unread++;
        code = worst([code, await context.report(error)]);
      }
    }
    await fixer?.close();
    return worst([code, files.code, fixer?.code ?? EXIT.ok, await report.close(files.unread)]);
  },
});

async function openFixer(context: CommandContext, { fix, fixDryRun }: Options): Promise<Fixer | undefined> {
  if (fix && fixDryRun) throw new UsageError('--fix and --fix-dry-run exclude each other');
  if (!fix && !fixDryRun) return undefined;
  const { Fixer } = await import('./validate/fix.js');
  return new Fixer(context, fix ? 'write' : 'dry-run');
}

/** Standard output is taken by a text or a patch: the report goes to standard error, unless --output gives it a file. */
function besideOutput(context: CommandContext): CommandContext {
  const { output } = context.options;
  if (output !== undefined && output !== '-') return context;
  const { host, errStyle, format, results } = context;
  const print = (text: string) => host.stderr.write(text);
  const beside = { format, style: errStyle, print };
  return Object.create(context, {
    style: { value: errStyle },
    print: { value: print },
    results: { value: [beside, ...results.slice(1)] },
  });
}
