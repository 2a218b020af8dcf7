/**
 * Checks Grafana configurations: reads the files as one configuration over the defaults of the version and runs the rules.
 */

import { carryOver, PlacedDocument } from '../document/placed-ini.js';
import type { IniDocument } from '../document/types.js';
import { UsageError } from '../errors.js';
import { loadForms } from '../forms/load.js';
import type { FormReading } from '../forms/types.js';
import { accessVerdict } from '../rules/grafana/access-verdict.js';
import { grafanaRules } from '../rules/grafana/index.js';
import { GrafanaSubject } from '../rules/grafana/subject.js';
import { ABOUT_COMMENTS, ignoreComments, UNUSED_IGNORE } from '../rules/ignores/comments.js';
import { type LintOptions, lint } from '../rules/lint.js';
import type { Finding } from '../rules/rule.js';
import type { EffectiveConfig } from '../settings/types.js';
import { type VersionProfile, versionProfile } from '../settings/versions.js';
import type { SourceFile } from '../text/source.js';
import type { ProductFindings, ProductValidateOptions } from './product.js';
import { offNotes, switchedOff } from './switched-off.js';

/**
 * `files` are layers of one configuration, later ones over earlier ones. Throws UsageError where the version asked for is none;
 * bad configuration never throws.
 */
export async function validateGrafana(
  files: readonly SourceFile[],
  options: ProductValidateOptions = {},
): Promise<ProductFindings> {
  const first = await validateInstance(files, options);
  const [, ...others] = first.instances;
  return others.length === 0 ? first.findings : withOthers(files, options, first, others);
}

interface InstanceFindings {
  readonly findings: ProductFindings;
  /** Names of the Grafanas the files start, where they name them; this one first. */
  readonly instances: readonly string[];
}

/** A file that starts several Grafanas (services of Compose): each is checked, and what holds for several is said once. */
async function withOthers(
  files: readonly SourceFile[],
  options: ProductValidateOptions,
  first: InstanceFindings,
  others: readonly string[],
): Promise<ProductFindings> {
  const identity = (finding: Finding) => JSON.stringify([finding.rule, finding.path, finding.range, finding.message]);
  const said = new Set(first.findings.findings.map(identity));
  let findings = [...first.findings.findings];
  const alongside = new Map((first.findings.alongside ?? []).map((file) => [file.path, file]));
  const [version, ...about] = first.findings.notes;
  const all = [version!, ...about.map((note) => `${first.instances[0]}: ${note}`)];
  let { verdict } = first.findings;
  for (const instance of others) {
    const { findings: found } = await validateInstance(files, { ...options, forms: { ...options.forms, instance } });
    // A comment is in use where it is in use for one of them.
    const unused = new Set(found.findings.filter(isUnusedIgnore).map(identity));
    findings = findings.filter((finding) => !isUnusedIgnore(finding) || unused.has(identity(finding)));
    const isNew = (finding: Finding) => !isUnusedIgnore(finding) && !said.has(identity(finding));
    findings.push(...found.findings.filter((finding) => isNew(finding) && said.add(identity(finding))));
    for (const file of found.alongside ?? []) alongside.set(file.path, file);
    all.push(...found.notes.slice(1).map((note) => `${instance}: ${note}`));
    // One sentence about all of them only where it is true of all.
    if (JSON.stringify(found.verdict) !== JSON.stringify(verdict)) verdict = undefined;
  }
  const { verdict: _verdict, alongside: _alongside, ...rest } = first.findings;
  return {
    ...rest,
    findings,
    notes: all,
    ...(verdict === undefined ? {} : { verdict }),
    ...(alongside.size === 0 ? {} : { alongside: [...alongside.values()] }),
  };
}

const isUnusedIgnore = ({ rule }: Finding) => rule === UNUSED_IGNORE;

async function validateInstance(
  files: readonly SourceFile[],
  options: ProductValidateOptions,
): Promise<InstanceFindings> {
  const { productVersion, env, readFile, hostname, rules, discovery, now } = options;
  const profile = profileOf(productVersion);
  const config = await loadForms(files, {
    env,
    readFile,
    hostname,
    grafanaVersion: productVersion,
    ...(options.forms === undefined ? {} : { forms: options.forms }),
  });
  const converted = new Map(
    config.readings.flatMap(({ file, alongside = [] }) => [file, ...alongside].map((one) => [one.path, one])),
  );
  const subject = new GrafanaSubject(config, { readFile, discovery, now });
  const provides: NonNullable<LintOptions['provides']>[number][] = [];
  if (readFile) provides.push('files');
  if (discovery !== undefined) provides.push('discovery');
  const lintOptions = (): LintOptions => ({
    order: profile.order,
    isDefaultVersion: profile.isDefault,
    rules,
    provides,
    comments: ignoreComments(
      config.documents.filter((one) => !isConverted(one)),
      [...converted.values()],
    ),
    requireIgnoreReason: options.requireIgnoreReason,
    isPartial: config.problems.length > 0 || config.readings.some(isUnread),
    ignored: options.ignored,
    mentions: mentionsOf(config),
  });
  const result = await lint(grafanaRules, subject, lintOptions());
  const verdict = accessVerdict(subject, result.findings);
  const off = switchedOff(subject);
  const offNote = off.length === 0 ? [] : await offNotes(subject, off, result.findings, lintOptions());
  const alongside = config.readings.flatMap((reading) => reading.alongside ?? []);
  const findings: ProductFindings = {
    version: profile.asked,
    findings: converted.size === 0 ? result.findings : result.findings.map((finding) => carried(finding, converted)),
    notes: [...notes(subject, profile), ...offNote],
    // Where nobody logs in through a provider there is no document to compare with.
    notChecked:
      subject.enabledProviders().length > 0
        ? result.notChecked
        : result.notChecked.filter(({ needs }) => needs !== 'discovery'),
    rulesRun: result.rulesRun,
    ...(verdict === undefined ? {} : { verdict }),
    ...(alongside.length === 0 ? {} : { alongside }),
  };
  return { findings, instances: config.readings.flatMap((reading) => reading.instances ?? []) };
}

/** Nothing was made of it: no settings, or none that could be read. */
function isUnread({ documents, variables }: FormReading): boolean {
  return documents.length === 0 && variables.length === 0;
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

function isConverted(document: IniDocument): boolean {
  return document instanceof PlacedDocument;
}

/**
 * Rules make edits for the INI text; in a file of another form each is written with that form's quoting, and left out where it
 * cannot be.
 */
function carried(finding: Finding, converted: ReadonlyMap<string, SourceFile>): Finding {
  const { fix, ...rest } = finding;
  const isOfFile = finding.rule.startsWith('form-') || ABOUT_COMMENTS.has(finding.rule);
  if (!fix || finding.path === undefined || !converted.has(finding.path) || isOfFile) return finding;
  const edits = fix.edits.map(carryOver);
  if (!edits.every((edit) => edit !== undefined)) return rest;
  return { ...rest, fix: { ...fix, edits } };
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
