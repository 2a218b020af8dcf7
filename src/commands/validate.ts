/** `auth-cli validate`: what is wrong in a configuration, where, what it causes, what to do. */
import { EXIT, type ExitCode, UsageError, worst } from '../errors.js';
import { chooseProduct } from '../library/validate.js';
import { productOfConfig } from '../products/index.js';
import type { ProductValidateOptions } from '../products/product.js';
import type { CheckedFiles } from '../report/findings/format.js';
import { FINDINGS_FORMATS } from '../report/findings/index.js';
import type { Finding, Severity } from '../rules/rule.js';
import type { SourceFile } from '../text/source.js';
import { closest } from '../text/suggest.js';
import { type CommandContext, defineCommand } from './command.js';
import { choiceOption, collect, countOption, type GlobalOptions, unknownValue } from './flags.js';
import {
  ConfigFiles,
  checkStdin,
  conventionalConfig,
  formFacts,
  isBlank,
  readConfigOption,
  readEnvironment,
  requireConfiguration,
} from './inputs.js';
import { Report, SEVERITIES } from './validate/report.js';

interface Options {
  readonly rule?: readonly string[];
  readonly failOn?: Severity | 'never';
  readonly maxWarnings?: number;
  readonly stdinFilename?: string;
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
      .option('--stdin-filename <name>', 'what standard input is called in the report');
  },
  formats: Object.keys(FINDINGS_FORMATS),
  severalFormats: true,
  notes: `In a file, a line "; auth-cli-ignore RULE" above a place switches a rule off there.

Several forms come out of one run: --format NAME=FILE writes one to a file, which appears only when it is complete, and standard output gets the one form that is named without a file, or the default.`,
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
      base,
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
    const report = await Report.open(context, options);
    const paths = operands.length > 0 ? operands : base.length > 0 ? [] : [await conventionalConfig(context)];
    if (paths.length === 0) await report.add(await checkFiles(base, check));
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
        await report.add(layers.once(await checkFiles([...base, file], check)));
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        files.unread++;
        code = worst([code, await context.report(error)]);
      }
    }
    return worst([code, files.code, await report.close(files.unread)]);
  },
});

interface Check {
  readonly base: readonly SourceFile[];
  readonly product: GlobalOptions['product'];
  readonly versions: Pick<GlobalOptions, 'grafanaVersion' | 'dashboardVersion' | 'gemVersion'>;
  readonly settings: ProductValidateOptions;
}

/** @throws UsageError for a text that is no configuration of any kind. */
async function admit(file: SourceFile, context: CommandContext, check: Check): Promise<void> {
  if (isBlank(file.text)) {
    const what = file.text.trim() === '' ? 'empty' : 'nothing but comments';
    await context.note(`${file.path} is ${what}: the product runs with its defaults`);
    return;
  }
  if (check.product === undefined) requireConfiguration(file);
}

async function checkFiles(files: readonly SourceFile[], check: Check): Promise<CheckedFiles> {
  const entry = chooseProduct(files, check.product);
  const { grafanaVersion, dashboardVersion, gemVersion } = check.versions;
  const version = {
    'grafana-version': grafanaVersion,
    'dashboard-version': dashboardVersion,
    'gem-version': gemVersion,
  }[entry.versionOption];
  const product = await entry.load();
  const result = await product.validate(files, {
    ...check.settings,
    ...(version === undefined ? {} : { productVersion: version }),
  });
  const byPath = new Map<string, Finding[]>(files.map((file) => [file.path, []]));
  const environment: Finding[] = [];
  for (const finding of result.findings)
    ((finding.path === undefined ? undefined : byPath.get(finding.path)) ?? environment).push(finding);
  return {
    files: files.map((file) => ({ ...file, findings: byPath.get(file.path) ?? [] })),
    environment,
    target: { product: entry.id, version: result.version },
    notes: result.notes,
    rulesRun: result.rulesRun,
    notChecked: result.notChecked,
  };
}

/** Layers are checked again with each file on top; what is said of them already is not said again. */
class Layers {
  readonly #paths: ReadonlySet<string>;
  readonly #said = new Set<string>();

  constructor(base: readonly SourceFile[]) {
    this.#paths = new Set(base.map((file) => file.path));
  }

  once(checked: CheckedFiles): CheckedFiles {
    if (this.#paths.size === 0) return checked;
    const first = this.#said.size === 0;
    const files = checked.files
      .map((file) =>
        this.#paths.has(file.path) ? { ...file, findings: file.findings.filter((one) => this.#isNew(one)) } : file,
      )
      .filter((file) => first || file.findings.length > 0 || !this.#paths.has(file.path));
    this.#said.add('');
    return { ...checked, files };
  }

  #isNew(finding: Finding): boolean {
    const identity = JSON.stringify([finding.rule, finding.path, finding.range, finding.message]);
    if (this.#said.has(identity)) return false;
    this.#said.add(identity);
    return true;
  }
}

/** `--rule ID=severity` as a table. @throws UsageError for unknown rules and severities. */
async function severities(given: readonly string[]): Promise<ProductValidateOptions['rules']> {
  if (given.length === 0) return undefined;
  const { allRules } = await import('./reference.js');
  const ids = (await allRules()).map((rule) => rule.id);
  const choices = [...SEVERITIES, 'off'] as const;
  const table: Record<string, (typeof choices)[number]> = {};
  for (const entry of given) {
    const [, id = entry, severity] = /^([^=]*)=(.*)$/.exec(entry) ?? [];
    if (!ids.includes(id))
      throw new UsageError(`no rule is named "${id}"`, {
        suggestions: closest(id, ids),
        hint: 'auth-cli explain rules lists them',
      });
    if (severity === undefined) throw new UsageError(`--rule needs a severity: --rule ${id}=off`);
    const known = choices.find((choice) => choice === severity);
    if (known === undefined) throw unknownValue('--rule', severity, choices);
    table[id] = known;
  }
  return table;
}
