/** Checks as the project file `.auth-cli.yaml` says; what the call says wins over it. */
import { UsageError } from '../../errors.js';
import { PROJECT } from '../../library/validate.js';
import { loadProject, validateProject } from '../../products/project.js';
import type { CheckedFiles } from '../../report/findings/format.js';
import { FINDINGS_FORMATS } from '../../report/findings/index.js';
import type { FileSettings, Project, ProjectIgnore } from '../../rules/project/read.js';
import { hasExpired } from '../../rules/project/rules.js';
import type { Finding } from '../../rules/rule.js';
import { compileGlob } from '../../text/glob.js';
import { folderOf, joinPath, relativePath } from '../../text/paths.js';
import type { SourceFile } from '../../text/source.js';
import { closest } from '../../text/suggest.js';
import type { GlobalOptions } from '../flags.js';
import { readEnvFiles, readSource } from '../inputs.js';
import { asChecked } from './check.js';
import { type Call, callPaths, callSettings, type FilePlan, type Plan } from './plan.js';
import type { VerdictOptions } from './report.js';

/** @throws UsageError for a project file that cannot be used, with the place. */
export async function openProject(call: Call, path: string): Promise<Plan> {
  const { context } = call;
  const project = await loadProject(await readSource(context, path));
  const [problem, ...more] = project.problems;
  if (problem) {
    const { line, column } = problem.range.start;
    throw new UsageError(`${path}:${line}:${column}: ${problem.message}`, {
      ...(more.length === 0 ? {} : { because: `and ${more.length} more: auth-cli validate ${path}` }),
      ...(problem.help === undefined ? {} : { hint: problem.help }),
      ...(problem.suggestions === undefined ? {} : { suggestions: problem.suggestions }),
    });
  }
  const { format } = project.settings;
  if (format !== undefined && FINDINGS_FORMATS[format] === undefined) {
    const known = Object.keys(FINDINGS_FORMATS);
    throw new UsageError(`${path}: format cannot be "${format}"`, {
      because: `it is one of ${known.join(', ')}`,
      suggestions: closest(format, known),
    });
  }
  await context.detail(`using ${path}`);
  const isWhole = call.operands.length === 0 && call.base.length === 0 && project.settings.files !== undefined;
  const folder = folderOf(path);
  const paths = isWhole ? project.settings.files!.map((one) => joinPath(folder, one)) : await callPaths(call);
  return new ProjectPlan(call, project, paths, isWhole);
}

type Matcher = (path: string) => boolean;

/** Patterns from the folder of the project file; one without a slash holds in every folder, one of a folder for all in it. */
function matcher(patterns: readonly string[]): Matcher {
  const globs = patterns.flatMap((pattern) => {
    const plain = pattern.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
    const anywhere = plain.includes('/') ? plain : `**/${plain}`;
    return [compileGlob(anywhere), compileGlob(`${anywhere}/**`)];
  });
  return (path) => globs.some(({ matches }) => matches(path));
}

interface IgnoreEntry {
  readonly entry: ProjectIgnore;
  readonly matches: Matcher | undefined;
}

class ProjectPlan implements Plan {
  readonly paths: readonly string[];
  readonly isWhole: boolean;
  readonly verdict: VerdictOptions;
  readonly baseline: string | undefined;
  readonly format: string | undefined;
  readonly #call: Call;
  readonly #project: Project;
  /** Absolute folder of the project file. */
  readonly #root: string;
  readonly #excluded: Matcher;
  readonly #overrides: readonly { readonly settings: FileSettings; readonly matches: Matcher }[];
  readonly #ignores: readonly IgnoreEntry[];
  readonly #usedIgnores = new Set<ProjectIgnore>();
  readonly #plans = new Map<string, Promise<FilePlan>>();

  constructor(call: Call, project: Project, paths: readonly string[], isWhole: boolean) {
    const { settings, source } = project;
    const { host } = call.context;
    this.#call = call;
    this.#project = project;
    this.#root = joinPath(host.cwd, folderOf(source.path));
    this.paths = paths;
    this.isWhole = isWhole;
    const { failOn = settings.failOn, maxWarnings = settings.maxWarnings } = call.options;
    this.verdict = {
      ...(failOn === undefined ? {} : { failOn }),
      ...(maxWarnings === undefined ? {} : { maxWarnings }),
    };
    this.baseline =
      call.options.baseline ?? (settings.baseline === undefined ? undefined : this.#fromHere(settings.baseline));
    this.format = settings.format;
    this.#excluded = matcher(settings.exclude ?? []);
    this.#overrides = (settings.overrides ?? []).map((one) => ({ settings: one, matches: matcher(one.files) }));
    this.#ignores = (settings.ignore ?? [])
      .filter((entry) => !hasExpired(entry, host.now() / 1000))
      .map((entry) => ({ entry, matches: entry.files && matcher(entry.files) }));
  }

  /** A path of the project file, as the call would write it. */
  #fromHere(path: string): string {
    return joinPath(folderOf(this.#project.source.path), path);
  }

  /** A path of the call, as the project file would write it. */
  #fromRoot(path: string): string {
    return relativePath(this.#root, joinPath(this.#call.context.host.cwd, path));
  }

  skips(path: string): boolean {
    const own = this.#fromRoot(path);
    // What is to be said of the project file itself comes at the end.
    return own === this.#fromRoot(this.#project.source.path) || this.#excluded(own);
  }

  claims(path: string): boolean {
    const own = this.#fromRoot(path);
    return this.#overrides.some(
      ({ settings, matches }) => (settings.form ?? settings.product) !== undefined && matches(own),
    );
  }

  of(path: string): Promise<FilePlan> {
    const own = this.#fromRoot(path);
    const matching = this.#overrides.flatMap(({ matches }, at) => (matches(own) ? [at] : []));
    const key = matching.join();
    let plan = this.#plans.get(key);
    if (!plan) {
      plan = this.#plan(matching.map((at) => this.#overrides[at]!.settings));
      this.#plans.set(key, plan);
    }
    return plan;
  }

  async #plan(overrides: readonly FileSettings[]): Promise<FilePlan> {
    const { context, options, base, env, rules } = this.#call;
    const layers: readonly FileSettings[] = [this.#project.settings, ...overrides];
    const last = <Key extends keyof FileSettings>(key: Key): FileSettings[Key] =>
      layers.findLast((layer) => layer[key] !== undefined)?.[key];
    const settings = callSettings(this.#call);
    const variables = Object.assign({}, ...layers.map((layer) => layer.env));
    const envFiles = context.options.envFile.length > 0 ? [] : (last('envFile') ?? []);
    const fromFiles = await readEnvFiles(
      context,
      envFiles.map((path) => this.#fromHere(path)),
    );
    const merged = { ...fromFiles, ...variables, ...env };
    const version = (key: 'grafanaVersion' | 'dashboardVersion' | 'gemVersion') => {
      const value = options[key] ?? last(key);
      return value === undefined ? {} : { [key]: value };
    };
    const config = base.length > 0 ? [] : (last('config') ?? []);
    return {
      base: base.length > 0 ? base : await Promise.all(config.map((path) => readSource(context, this.#fromHere(path)))),
      form: context.options.form ?? last('form'),
      check: {
        product: options.product ?? (last('product') as GlobalOptions['product']),
        versions: { ...version('grafanaVersion'), ...version('dashboardVersion'), ...version('gemVersion') },
        settings: {
          ...settings,
          ...(env === undefined && Object.keys(merged).length === 0 ? {} : { env: merged }),
          rules: Object.assign({}, ...layers.map((layer) => layer.rules), rules),
          forms: Object.assign({}, ...layers.map((layer) => layer.forms), settings.forms),
          ...(this.#project.settings.requireIgnoreReason ? { requireIgnoreReason: true } : {}),
          ...(this.#ignores.length === 0 ? {} : { ignored: (finding) => this.#ignored(finding) }),
        },
      },
    };
  }

  #ignored({ rule, path, section, option }: Finding): boolean {
    let ignored = false;
    for (const { entry, matches } of this.#ignores) {
      if (entry.rule !== rule) continue;
      if (matches && (path === undefined || !matches(this.#fromRoot(path)))) continue;
      if (entry.option !== undefined && entry.option !== option && entry.option !== `${section}.${option}`) continue;
      this.#usedIgnores.add(entry);
      ignored = true;
    }
    return ignored;
  }

  async close(): Promise<CheckedFiles | undefined> {
    const unused = this.#ignores.map(({ entry }) => entry).filter((entry) => !this.#usedIgnores.has(entry));
    const { rules, now, requireIgnoreReason } = (await this.#plan([])).check.settings;
    const result = await validateProject(
      this.#project,
      {
        ...(rules === undefined ? {} : { rules }),
        ...(now === undefined ? {} : { now }),
        ...(requireIgnoreReason === undefined ? {} : { requireIgnoreReason }),
      },
      this.isWhole ? new Set(unused) : undefined,
    );
    const source: SourceFile = this.#project.source;
    return result.findings.length === 0 ? undefined : asChecked([source], PROJECT, result);
  }
}
