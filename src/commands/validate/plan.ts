/** What a call of `validate` checks, and how each file is checked: from its flags, and from the project file where there is one. */
import type { ProductValidateOptions } from '../../products/product.js';
import { isProjectFile, PROJECT_FILES } from '../../products/project-name.js';
import type { CheckedFiles } from '../../report/findings/format.js';
import type { SourceFile } from '../../text/source.js';
import type { CommandContext } from '../command.js';
import type { GlobalOptions } from '../flags.js';
import { conventionalConfig, formFacts, readConfigOption, readEnvironment } from '../inputs.js';
import type { Check } from './check.js';
import type { VerdictOptions } from './report.js';
import { type SeverityTable, severities } from './severities.js';

export interface PlanOptions extends VerdictOptions {
  readonly rule?: readonly string[];
  /** A path; false for `--no-project`. */
  readonly project?: string | false;
  readonly baseline?: string;
}

/** How one file is checked. */
export interface FilePlan {
  /** Layers below it. */
  readonly base: readonly SourceFile[];
  readonly check: Check;
  readonly form?: string | undefined;
}

export interface Plan {
  /** Files, folders and patterns; empty where the layers of the call are checked by themselves. */
  readonly paths: readonly string[];
  /** The paths are everything there is to check, not a choice of the call. */
  readonly isWhole: boolean;
  readonly verdict: VerdictOptions;
  readonly baseline: string | undefined;
  /** Form of the report, where the call does not choose it. */
  readonly format: string | undefined;
  /** Whether a file found in a folder or by a pattern is left out. */
  skips(path: string): boolean;
  /** Whether a file found there is one to check whatever is in it. */
  claims(path: string): boolean;
  of(path: string): Promise<FilePlan>;
  /** What is to be said of the project file once everything is checked. */
  close(): Promise<CheckedFiles | undefined>;
}

/** What the flags say. */
export interface Call {
  readonly context: CommandContext;
  readonly operands: readonly string[];
  readonly options: PlanOptions & Pick<GlobalOptions, 'product' | 'grafanaVersion' | 'dashboardVersion' | 'gemVersion'>;
  readonly rules: SeverityTable | undefined;
  readonly base: readonly SourceFile[];
  readonly env: ProductValidateOptions['env'] | undefined;
}

/** @throws UsageError for flags and project files that cannot be used. */
export async function openPlan(
  context: CommandContext,
  operands: readonly string[],
  options: Call['options'],
): Promise<Plan> {
  const rules = await severities(options.rule ?? []);
  const base = await readConfigOption(context);
  const env = await readEnvironment(context);
  const call: Call = { context, operands, options, rules, base, env };
  const project = await projectPath(call);
  if (project === undefined) return callPlan(call);
  const { openProject } = await import('./project.js');
  return openProject(call, project);
}

/** Where the project file is: named, or the first one in this folder or one above it, up to the root of the repository. */
async function projectPath({ context, operands, options }: Call): Promise<string | undefined> {
  if (options.project === false) return undefined;
  if (options.project !== undefined) return options.project;
  // A broken project file must not keep people from checking it.
  if (operands.length > 0 && operands.every((path) => isProjectFile({ path }))) return undefined;
  const { host } = context;
  const stat = (path: string) => host.stat(path).catch(() => undefined);
  const depth = host.cwd.split(/[\\/]/).filter((part) => part !== '').length;
  for (let level = 0, prefix = ''; level <= depth; level++, prefix += '../') {
    for (const name of PROJECT_FILES) if ((await stat(prefix + name))?.kind === 'file') return prefix + name;
    if (await stat(`${prefix}.git`)) return undefined;
  }
  return undefined;
}

/** What the call names; without anything in it the usual places. */
export async function callPaths({ context, operands, base }: Call): Promise<readonly string[]> {
  if (operands.length > 0) return operands;
  return base.length > 0 ? [] : [await conventionalConfig(context)];
}

/** Settings of the call that hold for every file. */
export function callSettings({ context, rules, env }: Call): ProductValidateOptions {
  const { host, options } = context;
  return {
    ...(env ? { env } : {}),
    ...(options.env ? { hostname: host.hostname() } : {}),
    ...(rules ? { rules } : {}),
    readFile: (path) => host.readFile(path),
    forms: formFacts(context),
    now: host.now() / 1000,
  };
}

async function callPlan(call: Call): Promise<Plan> {
  const { options, base } = call;
  const plan: FilePlan = {
    base,
    check: { product: options.product, versions: options, settings: callSettings(call) },
  };
  return {
    paths: await callPaths(call),
    isWhole: false,
    verdict: options,
    baseline: options.baseline,
    format: undefined,
    skips: () => false,
    claims: () => false,
    of: async () => plan,
    close: async () => undefined,
  };
}
