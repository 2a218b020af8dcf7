/** Checks one configuration: a file, or several that are read as layers of one. */
import { chooseProduct } from '../../library/validate.js';
import type { ProductValidateOptions } from '../../products/product.js';
import type { CheckedFiles } from '../../report/findings/format.js';
import type { Finding } from '../../rules/rule.js';
import type { SourceFile } from '../../text/source.js';
import type { CommandContext } from '../command.js';
import type { GlobalOptions } from '../flags.js';
import { isBlank, requireConfiguration } from '../inputs.js';

export interface Check {
  readonly product: GlobalOptions['product'];
  readonly versions: Pick<GlobalOptions, 'grafanaVersion' | 'dashboardVersion' | 'gemVersion'>;
  readonly settings: ProductValidateOptions;
}

/** @throws UsageError for a text that is no configuration of any kind. */
export async function admit(file: SourceFile, context: CommandContext, check: Check): Promise<void> {
  if (isBlank(file.text)) {
    const what = file.text.trim() === '' ? 'empty' : 'nothing but comments';
    await context.note(`${file.path} is ${what}: the product runs with its defaults`);
    return;
  }
  if (check.product === undefined) requireConfiguration(file);
}

export async function checkFiles(files: readonly SourceFile[], check: Check): Promise<CheckedFiles> {
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
  const read = withoutRepetitions([...files, ...(result.alongside ?? [])]);
  const byPath = new Map<string, Finding[]>(read.map((file) => [file.path, []]));
  const top = files[files.length - 1]?.path;
  const environment: Finding[] = [];
  for (const finding of result.findings)
    ((finding.path === undefined ? undefined : byPath.get(finding.path)) ?? environment).push(finding);
  return {
    files: read.map((file) => ({
      ...file,
      findings: byPath.get(file.path) ?? [],
      ...(file.path === top && result.verdict !== undefined ? { verdict: result.verdict } : {}),
    })),
    environment,
    target: { product: entry.id, version: result.version },
    notes: result.notes,
    rulesRun: result.rulesRun,
    notChecked: result.notChecked,
  };
}

function withoutRepetitions(files: readonly SourceFile[]): readonly SourceFile[] {
  const seen = new Set<string>();
  return files.filter(({ path }) => !seen.has(path) && seen.add(path));
}

/** All findings of a configuration. */
export function findingsOf(checked: CheckedFiles): Finding[] {
  return [...checked.files.flatMap((file) => file.findings), ...checked.environment];
}

/** Layers are checked again with each file on top; what is said of them already is not said again. */
export class Layers {
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
