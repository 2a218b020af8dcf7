/** `auth-cli diff`: who gains or loses what when one configuration takes the place of another. */
import { type Allowance, parseAllowance } from '../claims/allowances.js';
import { EXIT, UsageError, worst } from '../errors.js';
import { chooseProduct } from '../library/validate.js';
import { productOfSection } from '../products/index.js';
import type { PreparedResolver, Product, ProductEntry, ProductResolveOptions } from '../products/product.js';
import { ImpactCounter, shownDifference } from '../report/impact/impact.js';
import { type ImpactPrinter, type ImpactVerdict, makeImpactPrinter } from '../report/impact/printer.js';
import type { SourceFile } from '../text/source.js';
import { type CommandContext, defineCommand } from './command.js';
import { type CompareLimits, Comparison } from './diff-run.js';
import { collect, versionOption } from './flags.js';
import {
  checkStdin,
  formFacts,
  readConfigOption,
  readEnvironment,
  readSource,
  requireConfiguration,
} from './inputs.js';
import { payloadInputs, payloadTexts } from './payloads.js';
import { addPayloadOptions, addServerOptions, loginTime, type PayloadOptions, readServerFields } from './resolvers.js';

interface Options extends PayloadOptions {
  readonly users?: readonly string[];
  readonly failOnLoss?: boolean;
  readonly failOnGain?: boolean;
  readonly allow?: readonly string[];
  readonly oldGrafanaVersion?: string;
  readonly newGrafanaVersion?: string;
  readonly oldDashboardVersion?: string;
  readonly newDashboardVersion?: string;
  readonly oldGemVersion?: string;
  readonly newGemVersion?: string;
}

export default defineCommand<Options>({
  description:
    'Who gains or loses what when the configuration changes from OLD to NEW: both decide about every recorded payload, and whoever ' +
    'changes role, server admin, groups, organizations or access is listed, with the option that makes the difference. With two ' +
    'versions and one file: what an upgrade does.',
  formats: ['pretty', 'json', 'jsonl', 'markdown', 'html'],
  define(command) {
    command
      .argument('<old>', 'the configuration there is; - is standard input')
      .argument('[new]', 'the one to come; left out, the same file under another version')
      .option(
        '--users <file>',
        'payloads: claims, tokens, recorded sessions, JSON lines, a folder; repeatable',
        collect,
      );
    addPayloadOptions(command);
    command
      .option('--fail-on-loss', 'exit 1 where somebody loses something')
      .option('--fail-on-gain', 'exit 1 where somebody gains something')
      .option(
        '--allow <field:from->to>',
        'a change that is meant: role:Viewer->Editor, access:*->denied, groups:+devs; repeatable. Without the two ' +
          'options above, every other change then makes the exit code 1',
        collect,
      );
    command.optionsGroup('Versions (both sides: see Configuration):');
    for (const [product, example] of [
      ['grafana', 'x.y'],
      ['dashboard', 'n'],
      ['gem', 'x.y'],
    ] as const)
      for (const side of ['old', 'new'] as const)
        command.addOption(
          versionOption(`--${side}-${product}-version <${example}>`, `version that reads ${side.toUpperCase()}`),
        );
    command.optionsGroup('Server:');
    addServerOptions(command);
  },
  completes: {
    '--allow': async () => (await import('../claims/compare.js')).COMPARED_FIELDS.map((field) => `${field}:`),
  },
  notes: `Files of --config are layers below both OLD and NEW. Settings that a recorded payload carries are left aside.
A difference is put into OLD alone to see whether it makes the change; where none does it alone, the smallest set that does is named.
In --allow, * is any value and nothing is a role left as it is.`,
  examples: [
    {
      command: 'auth-cli diff fixtures/diff/old.ini fixtures/diff/new.ini --users fixtures/payloads/users.jsonl',
      note: 'who changes, and why',
    },
    {
      command:
        'auth-cli diff fixtures/diff/old.ini fixtures/diff/new.ini --users fixtures/payloads/users.jsonl --fail-on-loss',
      note: 'in CI',
      status: 1,
    },
    {
      command:
        "auth-cli diff fixtures/diff/old.ini fixtures/diff/new.ini --users fixtures/payloads/users.jsonl --allow 'role:Viewer->Editor' --allow 'access:*->denied'",
      note: 'nothing but what is meant',
    },
    {
      command:
        'auth-cli diff fixtures/payloads/grafana.ini --users fixtures/payloads/users.jsonl --old-grafana-version 10.0 --new-grafana-version 12.1',
      note: 'what an upgrade does',
    },
  ],
  exitCodes: {
    0: 'nothing changes, or nothing that --fail-on-loss, --fail-on-gain and --allow do not permit',
    1: 'somebody loses (--fail-on-loss) or gains (--fail-on-gain) something, or changes otherwise than --allow permits',
    2: 'a configuration or a payload could not be read',
  },
  async run(context, operands, options) {
    const users = options.users ?? [];
    if (users.length === 0)
      throw new UsageError('diff needs payloads to try both configurations on', {
        hint: '--users FILE; test-login --save records one, and anything eval-role reads will do',
      });
    checkStdin([...operands, ...users], context.options);
    const limits = readLimits(options);
    const { entry, before, after } = await readSides(context, operands, options);
    const product = await entry.load();
    const [old, now, comparison] = [
      await prepareSide(product, before),
      await prepareSide(product, after),
      await product.compare(before, after),
    ];
    const differences = comparison.differences.map(shownDifference);
    const counter = new ImpactCounter(differences.length);
    const printer = await makeImpactPrinter({
      format: context.format,
      style: context.style,
      quiet: context.options.quiet === true,
      target: {
        product: entry.id,
        old: { files: pathsOf(before), version: comparison.versions[0] },
        new: { files: pathsOf(after), version: comparison.versions[1] },
      },
      differences,
      counter,
      print: (text) => context.print(text),
    });
    const run = new Comparison({
      context,
      options,
      fields: await readServerFields(context, options),
      sides: [old, now],
      comparison,
      limits,
      counter,
      printer,
    });
    await readUsers(context, users, options.jsonl ?? false, run, printer);
    const verdict: ImpactVerdict = counter.beyond > 0 ? 'fail' : counter.summary().changed > 0 ? 'changes' : 'ok';
    await printer.end(verdict);
    if (run.leftAside > 0)
      await context.note(
        `${run.leftAside === 1 ? '1 payload carries' : `${run.leftAside} payloads carry`} settings of a configuration; they were left aside`,
      );
    return worst([...run.codes, counter.beyond > 0 ? EXIT.failed : EXIT.ok]);
  },
});

/** Every payload of every input; what cannot be read is reported, and the rest goes on. */
async function readUsers(
  context: CommandContext,
  users: readonly string[],
  jsonLines: boolean,
  run: Comparison,
  printer: ImpactPrinter,
): Promise<void> {
  const inputs = await payloadInputs(context, users, jsonLines);
  await printer.begin();
  for (const input of inputs) {
    try {
      for await (const batch of payloadTexts(context, input)) {
        for (const text of batch) await run.one(text);
        await printer.flush();
        if (context.signal.aborted || context.closed) return;
        await run.progress();
      }
    } catch (error) {
      if (!(error instanceof UsageError) || inputs.length === 1) throw error;
      run.codes.push(await context.report(error));
    }
  }
}

/** @throws UsageError for an allowance that is none. */
function readLimits({ failOnLoss = false, failOnGain = false, allow = [] }: Options): CompareLimits {
  const allowances = allow.map((text): Allowance => {
    const allowance = parseAllowance(text);
    if ('problem' in allowance)
      throw new UsageError(allowance.problem, {
        suggestions: allowance.suggestions,
        hint: "--allow 'role:Viewer->Editor'",
      });
    return allowance;
  });
  return { failOnLoss, failOnGain, failOnAny: allow.length > 0 && !failOnLoss && !failOnGain, allowances };
}

interface Sides {
  readonly entry: ProductEntry;
  readonly before: ProductResolveOptions;
  readonly after: ProductResolveOptions;
}

async function readSides(context: CommandContext, operands: readonly string[], options: Options): Promise<Sides> {
  const { options: global, host } = context;
  const [oldPath, newPath = oldPath] = operands;
  const versions = {
    'grafana-version': [
      options.oldGrafanaVersion ?? global.grafanaVersion,
      options.newGrafanaVersion ?? global.grafanaVersion,
    ],
    'dashboard-version': [
      options.oldDashboardVersion ?? global.dashboardVersion,
      options.newDashboardVersion ?? global.dashboardVersion,
    ],
    'gem-version': [options.oldGemVersion ?? global.gemVersion, options.newGemVersion ?? global.gemVersion],
  } as const;
  if (operands.length < 2 && !Object.values(versions).some(([old, now]) => old !== now))
    throw new UsageError('diff needs two configurations, OLD and NEW', {
      hint: 'or one, and --old-grafana-version and --new-grafana-version',
    });
  const base = await readConfigOption(context);
  const oldFile = await readSource(context, oldPath!);
  const newFile = newPath === oldPath ? oldFile : await readSource(context, newPath!);
  const forced = global.product ?? productOfSection(global.section);
  if (forced === undefined) for (const file of [oldFile, newFile]) requireConfiguration(file);
  const [entry, other] = [oldFile, newFile].map((file) => chooseProduct([...base, file], forced));
  if (entry!.id !== other!.id)
    throw new UsageError(
      `${oldFile.path} is a configuration of ${entry!.title}, ${newFile.path} one of ${other!.title}`,
      {
        hint: 'where both are of one product, name it with --product',
      },
    );
  const env = await readEnvironment(context);
  const [oldVersion, newVersion] = versions[entry!.versionOption];
  const side = (files: readonly SourceFile[], version: string | undefined): ProductResolveOptions => ({
    files,
    readFile: (path) => host.readFile(path),
    forms: formFacts(context),
    hostname: host.hostname(),
    now: loginTime(context, options.now),
    ...(global.section === undefined ? {} : { section: global.section }),
    ...(version === undefined ? {} : { productVersion: version }),
    ...(env === undefined ? {} : { env }),
  });
  return {
    entry: entry!,
    before: side([...base, oldFile], oldVersion),
    after: side([...base, newFile], newVersion),
  };
}

function pathsOf({ files = [] }: ProductResolveOptions): readonly string[] {
  return files.map(({ path }) => path);
}

/** @throws UsageError that names the side. */
async function prepareSide(product: Product, side: ProductResolveOptions): Promise<PreparedResolver> {
  try {
    return await product.prepare(side);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const { because, hint, suggestions } = error;
    throw new UsageError(`${pathsOf(side).at(-1)}: ${error.message}`, {
      cause: error,
      suggestions,
      ...(because === undefined ? {} : { because }),
      ...(hint === undefined ? {} : { hint }),
    });
  }
}
