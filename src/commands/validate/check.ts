/** Checks one configuration: a file, or several that are read as layers of one. */
import { chooseProduct, PROJECT } from '../../library/validate.js';
import type { ProductFindings, ProductValidateOptions } from '../../products/product.js';
import { isProjectFile } from '../../products/project-name.js';
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
  if (isBlank(file.text) && !isProjectFile(file)) {
    const what = file.text.trim() === '' ? 'empty' : 'nothing but comments';
    await context.note(`${file.path} is ${what}: the product runs with its defaults`);
    return;
  }
  if (check.product === undefined && !isProjectFile(file)) requireConfiguration(file);
}

export async function checkFiles(files: readonly SourceFile[], check: Check): Promise<CheckedFiles> {
  const last = files.at(-1);
  if (last && isProjectFile(last)) {
    const { loadProject, validateProject } = await import('../../products/project.js');
    return asChecked([last], PROJECT, await validateProject(await loadProject(last), check.settings));
  }
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
  return asChecked(files, entry.id, result);
}

/** Findings of a product, file by file. */
export function asChecked(files: readonly SourceFile[], product: string, result: ProductFindings): CheckedFiles {
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
    target: { product, version: result.version },
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

/**
 * Layers are checked again with each file on top, and a file read beside another (an `env_file`) may be one of the call as well; what
 * is said of them already is not said again.
 */
export class Layers {
  readonly #seen = new Set<string>();
  readonly #said = new Set<string>();

  /** Whether a file was looked at together with the one that names it, which says more than a look at it alone. */
  covers(path: string): boolean {
    return this.#seen.has(path);
  }

  /** @param top the file of the call, `undefined` where the layers are all there is */
  once(checked: CheckedFiles, top: string | undefined): CheckedFiles {
    const others = checked.files.filter(({ path }) => path !== top);
    if (others.length === 0) {
      // Only what is no INI can be named by another file later.
      for (const { path, findings } of checked.files) if (!path.endsWith('.ini')) this.#new(findings);
      return checked;
    }
    const files = checked.files
      .map((file) => (file.path === top ? file : { ...file, findings: this.#new(file.findings) }))
      // Under another file the rule that is switched off may find something.
      .filter((file) => file.path === top || file.findings.length > 0 || !this.#seen.has(file.path));
    for (const { path } of others) this.#seen.add(path);
    return { ...checked, files };
  }

  #new(findings: readonly Finding[]): readonly Finding[] {
    return findings.filter((finding) => {
      if (finding.rule === 'unused-ignore') return false;
      const identity = JSON.stringify([finding.rule, finding.path, finding.range, finding.message]);
      return !this.#said.has(identity) && this.#said.add(identity);
    });
  }
}
