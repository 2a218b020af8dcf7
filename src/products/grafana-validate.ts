/**
 * Checks Grafana configurations: reads the files as one configuration over the defaults of the version and runs the rules.
 */
import { UsageError } from '../errors.js';
import { grafanaRules } from '../rules/grafana/index.js';
import { GrafanaSubject } from '../rules/grafana/subject.js';
import { ignoreComments } from '../rules/ignores.js';
import { type LintOptions, lint } from '../rules/lint.js';
import type { Finding } from '../rules/rule.js';
import { loadFiles } from '../settings/load.js';
import type { EffectiveConfig } from '../settings/types.js';
import { type VersionProfile, versionProfile } from '../settings/versions.js';
import type { SourceFile } from '../text/source.js';
import type { ProductFindings, ProductValidateOptions } from './product.js';

/**
 * `files` are layers of one configuration, later ones over earlier ones. Throws UsageError where the version asked for is none;
 * bad configuration never throws.
 */
export async function validateGrafana(
  files: readonly SourceFile[],
  options: ProductValidateOptions = {},
): Promise<ProductFindings> {
  const { productVersion, env, readFile, hostname, rules, discovery, now } = options;
  const profile = profileOf(productVersion);
  const config = await loadFiles(files, { env, readFile, hostname, grafanaVersion: productVersion });
  const subject = new GrafanaSubject(config, { readFile, discovery, now });
  const provides: NonNullable<LintOptions['provides']>[number][] = [];
  if (readFile) provides.push('files');
  if (discovery !== undefined) provides.push('discovery');
  const result = await lint(grafanaRules, subject, {
    order: profile.order,
    isDefaultVersion: profile.isDefault,
    rules,
    provides,
    ignored: ignoreComments(config.documents),
    mentions: mentionsOf(config),
  });
  const converted = new Set(config.documents.filter(isConverted).map((document) => document.source.path));
  return {
    version: profile.asked,
    findings: converted.size === 0 ? result.findings : result.findings.map((finding) => withoutFix(finding, converted)),
    notes: notes(subject, profile),
    notChecked: result.notChecked,
    rulesRun: result.rulesRun,
  };
}

function profileOf(version: string | undefined): VersionProfile {
  const profile = versionProfile(version);
  if (!profile)
    throw new UsageError(`${JSON.stringify(version)} is no version of Grafana`, {
      hint: 'write it as 11.2; a patch number is ignored',
    });
  return profile;
}

/** Searching a text of this size once a rule costs more than running the rules. */
const SEARCHED = 100_000;

/** Whether a text occurs in a file. Variables write names in capitals, and other forms in their own way: then anything may. */
function mentionsOf({ documents, env }: EffectiveConfig): ((text: string) => boolean) | undefined {
  if (documents.some((document) => isConverted(document) || document.source.text.length > SEARCHED)) return undefined;
  if (Object.keys(env).some((name) => name.startsWith('GF_'))) return undefined;
  const known = new Map<string, boolean>();
  return (text) => {
    let found = known.get(text);
    if (found === undefined) {
      found = documents.some((document) => document.source.text.includes(text));
      known.set(text, found);
    }
    return found;
  };
}

/** Edits are made for INI text; in a file of another form they could break what surrounds it. */
function isConverted({ source }: { readonly source: SourceFile }): boolean {
  return source.form !== undefined && source.form !== 'ini';
}

function withoutFix(finding: Finding, converted: ReadonlySet<string>): Finding {
  if (!finding.fix || finding.path === undefined || !converted.has(finding.path)) return finding;
  const { fix: _, ...rest } = finding;
  return rest;
}

function notes(subject: GrafanaSubject, profile: VersionProfile): string[] {
  const enabled = subject.enabledProviders().map((provider) => provider.section);
  return [
    `read as Grafana ${profile.asked}${profile.isDefault ? ' (the newest known; choose with --grafana-version)' : ''}`,
    ...(profile.note ? [profile.note] : []),
    enabled.length === 0
      ? 'no login provider enabled'
      : `${enabled.length} ${enabled.length === 1 ? 'provider' : 'providers'} enabled: ${enabled.join(', ')}`,
  ];
}
