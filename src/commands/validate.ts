/** `auth-cli validate`: what is wrong in a configuration, where, what it causes, what to do. */
import { EXIT, type ExitCode, UsageError, worst } from '../errors.js';
import { productOfConfig } from '../products/index.js';
import { isProjectFile } from '../products/project-name.js';
import type { CheckedFiles } from '../report/findings/format.js';
import { FINDINGS_FORMATS } from '../report/findings/index.js';
import type { SourceFile } from '../text/source.js';
import { type CommandContext, defineCommand, type ResultTarget } from './command.js';
import { choiceOption, collect, countOption } from './flags.js';
import { ConfigFiles, checkStdin, STDIN } from './inputs.js';
import type { Baseline } from './validate/baseline.js';
import { admit, checkFiles, Layers } from './validate/check.js';
import type { Fixer } from './validate/fix.js';
import { openPlan, type Plan, type PlanOptions } from './validate/plan.js';
import { Report, SEVERITIES } from './validate/report.js';

interface Options extends PlanOptions {
  readonly stdinFilename?: string;
  readonly ignoreUnknown?: boolean;
  readonly fix?: boolean;
  readonly fixDryRun?: boolean;
  readonly updateBaseline?: boolean;
}

export default defineCommand<Options>({
  description:
    'Check configuration against the option tables and the rules: what is wrong, where, what it causes for a login, what to do. Each FILE is checked on its own; files of --config are layers below each of them.',
  define(command) {
    command
      .argument(
        '[file...]',
        'files, folders, patterns, or - for standard input; without any, those of the project file, else the usual places',
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
      .option('--baseline <file>', 'do not report the findings that stand in this file')
      .option('--update-baseline', 'write all findings to the baseline')
      .option('--project <file>', 'project file; default .auth-cli.yaml in this folder or above it')
      .option('--no-project', 'use no project file')
      .option('--ignore-unknown', 'pass over files that hold no login configuration, also where they are named')
      .option('--stdin-filename <name>', 'what standard input is called in the report');
  },
  completes: {
    '--rule': async () => {
      const { allRules } = await import('./reference.js');
      return (await allRules()).flatMap(({ id }) => ['off', 'info', 'warning', 'error'].map((word) => `${id}=${word}`));
    },
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
      command: 'auth-cli validate fixtures/demo/mistyped.ini --fix-dry-run',
      note: 'what --fix would change, as a patch',
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
    const plan = await openPlan(context, operands, options);
    const fixer = await openFixer(context, options);
    const baseline = await openBaseline(context, plan, options);
    const takesOutput = options.fixDryRun === true || (fixer !== undefined && operands.includes(STDIN));
    const report = await Report.open(reportContext(context, plan.format, takesOutput), plan.verdict);
    const add = (checked: CheckedFiles) => report.add(baseline ? baseline.filter(checked) : checked);
    const layers = new Layers();
    if (plan.paths.length === 0) {
      const { base, check } = await plan.of(options.config.at(-1)!);
      const look = (files: readonly SourceFile[]) => checkFiles(files, check);
      await add(await (fixer ? fixer.fix(base, look, { all: true }) : look(base)));
    }
    const files = new ConfigFiles(context, plan.paths, {
      stdinName: options.stdinFilename,
      accepts: (file) => isProjectFile(file) || plan.claims(file.path) || productOfConfig(file) !== undefined,
      skips: (path) => plan.skips(path),
      patternsAsFolders: plan.isWhole,
      ignores: options.ignoreUnknown ? (file) => !plan.claims(file.path) && isUnknown(file) : undefined,
    });
    let code: ExitCode = EXIT.ok;
    for await (const source of files.read()) {
      if (context.signal.aborted || context.closed) break;
      if (layers.covers(source.path)) continue;
      try {
        const { base, check, form } = await plan.of(source.path);
        const file = form === undefined ? source : { ...source, form };
        await admit(file, context, check);
        const look = (all: readonly SourceFile[]) => checkFiles(all, check);
        const all = [...base, file];
        const { isStdin } = files;
        await add(layers.once(await (fixer ? fixer.fix(all, look, { isStdin }) : look(all)), file.path));
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        files.unread++;
        code = worst([code, await context.report(error)]);
      }
    }
    const aboutProject = await plan.close();
    if (aboutProject) await add(aboutProject);
    await fixer?.close();
    await baseline?.close(plan.isWhole && files.unread === 0);
    return worst([code, files.code, fixer?.code ?? EXIT.ok, await report.close(files.unread)]);
  },
});

async function openBaseline(context: CommandContext, plan: Plan, options: Options): Promise<Baseline | undefined> {
  const { updateBaseline = false } = options;
  if (plan.baseline === undefined) {
    if (!updateBaseline) return undefined;
    throw new UsageError('--update-baseline needs to know which file', { hint: 'name it: --baseline FILE' });
  }
  const { Baseline } = await import('./validate/baseline.js');
  return Baseline.open(context, plan.baseline, updateBaseline);
}

/** What nothing says to be a configuration but that it could be read as one; what the name says to be one is known. */
function isUnknown(file: SourceFile): boolean {
  if (isProjectFile(file)) return false;
  return productOfConfig(file, SURE) === undefined && !/(?:^|[\\/])(?:grafana|custom)[^\\/]*\.ini$/i.test(file.path);
}

/** Surer than that a text has a section. */
const SURE = 20;

async function openFixer(context: CommandContext, { fix, fixDryRun }: Options): Promise<Fixer | undefined> {
  if (fix && fixDryRun) throw new UsageError('--fix and --fix-dry-run exclude each other');
  if (!fix && !fixDryRun) return undefined;
  const { Fixer } = await import('./validate/fix.js');
  return new Fixer(context, fix ? 'write' : 'dry-run');
}

/**
 * Where the main form of the report goes, and which one it is.
 * @param format of the project file; the call's own wins
 * @param takesOutput standard output is taken by a text or a patch: without --output the report goes to standard error
 */
function reportContext(context: CommandContext, format: string | undefined, takesOutput: boolean): CommandContext {
  const { host, options, errStyle } = context;
  const [main, ...rest] = context.results;
  if (!main) return context;
  const isChosen = options.json === true || options.format?.some((word) => /^[^=]*(?:=-)?$/.test(word)) === true;
  const toError = takesOutput && (options.output === undefined || options.output === '-');
  const result: ResultTarget = {
    format: isChosen ? main.format : (format ?? main.format),
    style: toError ? errStyle : main.style,
    print: toError ? (text) => host.stderr.write(text) : main.print,
  };
  return Object.create(context, { results: { value: [result, ...rest] } });
}
