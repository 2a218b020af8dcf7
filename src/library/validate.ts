import { UsageError } from '../errors.js';
import { PRODUCTS, productEntry, productOfConfig } from '../products/index.js';
import type { ProductEntry, ProductFindings, ProductId, ProductValidateOptions } from '../products/product.js';
import { isProjectFile } from '../products/project-name.js';
import type { Finding, ValidationReport } from '../rules/rule.js';
import type { SourceFile } from '../text/source.js';

export interface ValidateOptions extends Omit<ProductValidateOptions, 'productVersion'> {
  /** Forces a product; otherwise each file's is found from its content. */
  readonly product?: ProductId;
  /** `X`, `X.Y` or `X.Y.Z`; for files of Grafana. The newest known without it. */
  readonly grafanaVersion?: string;
  /** The version of whatever product the files belong to. */
  readonly productVersion?: string;
  /** The files are layers of one configuration, later ones over earlier ones; otherwise each is checked on its own. */
  readonly merge?: boolean;
}

/** What is said of files whose product nothing gives away. */
const DEFAULT_PRODUCT: ProductId = 'grafana';

/**
 * Checks configuration files; the answer is the JSON of `auth-cli validate`. Bad configuration is reported, never thrown;
 * throws UsageError where the question cannot be asked (an unknown product, version or rule). Findings about variables belong to no
 * file and stand with the first one.
 */
export async function validate(files: readonly SourceFile[], options: ValidateOptions = {}): Promise<ValidationReport> {
  if (options.rules) {
    const { requireRules } = await import('../rules/catalogue.js');
    await requireRules(Object.keys(options.rules));
  }
  const groups = options.merge || files.length === 0 ? [files] : files.map((file) => [file]);
  const reports: ValidationReport['files'][number][] = [];
  const missing = new Map<string, Set<string>>();
  let target: ValidationReport['target'] | undefined;
  for (const group of groups) {
    const { product, result } = await validateGroup(group, options);
    target ??= { product, version: result.version };
    for (const { needs, rules } of result.notChecked) {
      const known = missing.get(needs) ?? new Set();
      for (const rule of rules) known.add(rule);
      missing.set(needs, known);
    }
    const reported = byFile(group, result);
    const top = new Set(group.map((file) => file.path)).size - 1;
    reports.push(
      ...reported.map((file, at) =>
        at === Math.max(top, 0) && result.verdict !== undefined ? { ...file, verdict: result.verdict } : file,
      ),
    );
  }
  const findings = reports.flatMap((report) => report.findings);
  const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length;
  return {
    formatVersion: 1,
    target: target!,
    files: reports,
    summary: {
      errors: count('error'),
      warnings: count('warning'),
      infos: count('info'),
      files: reports.length,
    },
    ...(missing.size === 0 ? {} : { notChecked: [...missing].map(([needs, rules]) => ({ needs, rules: [...rules] })) }),
  };
}

/** The product of files that are checked together: the one forced, else the surest one of any of them. */
export function chooseProduct(files: readonly SourceFile[], forced?: string): ProductEntry {
  if (forced !== undefined) {
    const entry = productEntry(forced);
    if (!entry)
      throw new UsageError(`${JSON.stringify(forced)} is no product`, {
        hint: `use one of ${PRODUCTS.map((one) => one.id).join(', ')}`,
      });
    return entry;
  }
  const found = new Set(files.map((file) => productOfConfig(file)));
  found.delete(undefined);
  // Layers that speak of several logins make up a Grafana configuration.
  const [only] = found.size === 1 ? found : [undefined];
  return productEntry(only ?? DEFAULT_PRODUCT)!;
}

/** What a project file of auth-cli is reported as. */
export const PROJECT = 'auth-cli';

async function validateGroup(
  files: readonly SourceFile[],
  options: ValidateOptions,
): Promise<{ readonly product: string; readonly result: ProductFindings }> {
  const { product: forced, merge: _merge, grafanaVersion, productVersion, ...rest } = options;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as typeof rest;
  const last = files.at(-1);
  if (last && isProjectFile(last)) {
    const { loadProject, validateProject } = await import('../products/project.js');
    return { product: PROJECT, result: await validateProject(await loadProject(last), given) };
  }
  const entry = chooseProduct(files, forced);
  const version = productVersion ?? (entry.versionOption === 'grafana-version' ? grafanaVersion : undefined);
  const product = await entry.load();
  const result = await product.validate(files, {
    ...given,
    ...(version === undefined ? {} : { productVersion: version }),
  });
  return { product: entry.id, result };
}

/** Files asked about, then those read besides them that something is said of. */
function byFile(
  files: readonly SourceFile[],
  { findings, alongside = [] }: ProductFindings,
): ValidationReport['files'][number][] {
  const said = alongside.map((file) => file.path).filter((path) => findings.some((finding) => finding.path === path));
  const own = files.map((file) => file.path);
  const paths = files.length > 0 ? [...new Set([...own, ...said])] : ['<environment>'];
  const grouped = new Map<string, Omit<Finding, 'path'>[]>(paths.map((path) => [path, []]));
  for (const { path, ...finding } of findings)
    (grouped.get(path ?? paths[0]!) ?? grouped.get(paths[0]!)!).push(finding);
  return paths.map((path) => ({ path, findings: grouped.get(path)! }));
}
