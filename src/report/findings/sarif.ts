/**
 * SARIF 2.1.0 (OASIS), for code scanning services. Results are written as they come; what belongs to the run as a whole (artifacts,
 * the rules that were broken) stands behind them, so the number of findings does not matter for memory.
 *
 * Texts and places of a finding that is not in a file follow what GitHub's code scanning accepts: every location has a physical
 * one, since an upload with another is refused as a whole.
 */
import type {
  Artifact,
  ArtifactLocation,
  Fix,
  Invocation,
  Location,
  LogicalLocation,
  Region,
  ReportingDescriptor,
  Result,
} from 'sarif';
import type { AccessVerdict } from '../../rules/access.js';
import type { Finding, Severity } from '../../rules/rule.js';
import type { Range } from '../../text/source.js';
import { ruleMarkdown } from '../reference/markdown.js';
import { RULE_GROUPS, type RuleEntry } from '../reference/types.js';
import { oneLine, place } from './compact.js';
import { FixView } from './fixes.js';
import type { CheckedFiles, FindingsFormat, FindingsSummary } from './format.js';
import { helpAddress } from './help-address.js';
import { asText, type PlacedFinding, placed, rangeOf, slashed } from './place.js';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, Result.level>;

/** The folder auth-cli was called in; what it is called there is nobody's business, so it has no address. */
const ROOT = '%SRCROOT%';

/** The version is part of the name: other ways of computing a fingerprint get other names. */
const FINGERPRINT = 'authCliFinding/v1';

export const sarif: FindingsFormat = async ({ engine, version, windows }) => {
  const { rules, fingerprints } = await engine();
  const artifacts = new Table<ArtifactLocation>();
  const verdicts = new Map<number, AccessVerdict>();
  const descriptors = new Table<ReportingDescriptor>();
  const targets = new Map<string, CheckedFiles['target']>();
  const notChecked = new Map<string, Set<string>>();
  let first = true;

  const artifact = (path: string): ArtifactLocation => {
    const location = artifactLocation(path, windows);
    return { ...location, index: artifacts.index(location.uri!, () => location) };
  };
  const ruleIndex = (id: string, product: string) =>
    descriptors.index(id, () => {
      const known = rules.filter((rule) => rule.id === id);
      return descriptor(id, known.find((rule) => rule.product === product) ?? known[0]);
    });
  const location = (path: string, range: Range): Location => ({
    physicalLocation: { artifactLocation: artifact(path), region: region(range) },
  });

  function result(one: PlacedFinding, product: string, fixes: FixView | undefined, fingerprint: string): Result {
    const { finding, path } = one;
    const related = (finding.related ?? []).map((other) => ({ ...other, path: other.path ?? finding.path }));
    const inFiles = related.filter((other) => other.path !== undefined && other.range !== undefined);
    const elsewhere = related.filter((other) => !inFiles.includes(other));
    const text = [asText(finding), ...elsewhere.map((other) => `See ${place(other, path)}: ${oneLine(other.message)}`)];
    const fix = finding.fix && path !== undefined && fixes ? fixOf(finding.fix, artifact(path), fixes) : undefined;
    const logical = logicalLocations(finding);
    const where: Location = {
      ...(path === undefined ? {} : location(path, rangeOf(one))),
      ...(logical.length === 0 ? {} : { logicalLocations: logical }),
    };
    return {
      ruleId: finding.rule,
      ruleIndex: ruleIndex(finding.rule, product),
      level: LEVELS[finding.severity],
      message: { text: messageText(text.join('\n')) },
      locations: [where],
      ...(inFiles.length === 0
        ? {}
        : {
            relatedLocations: inFiles.map((other, at) => ({
              id: at + 1,
              message: { text: messageText(oneLine(other.message)) },
              ...location(other.path!, other.range!),
            })),
          }),
      ...(fix === undefined ? {} : { fixes: [fix] }),
      partialFingerprints: { [FINGERPRINT]: fingerprint },
      ...resultProperties(finding),
    };
  }

  return {
    begin: () =>
      `{\n"$schema": ${JSON.stringify(SCHEMA)},\n"version": "2.1.0",\n"runs": [{\n"columnKind": "utf16CodeUnits",\n"originalUriBaseIds": ${JSON.stringify({ [ROOT]: { description: { text: 'The folder auth-cli was called in.' } } })},\n"results": [`,
    files(checked) {
      const { product } = checked.target;
      targets.set(JSON.stringify(checked.target), checked.target);
      for (const { needs, rules: ids } of checked.notChecked) {
        const known = notChecked.get(needs) ?? new Set();
        for (const id of ids) known.add(id);
        notChecked.set(needs, known);
      }
      const views = new Map(
        checked.files.map((file) => [file, { prints: fingerprints(file.text), fixes: new FixView(file) }]),
      );
      for (const { path, verdict } of checked.files) {
        const { index } = artifact(path);
        if (verdict) verdicts.set(index!, verdict);
      }
      const others = fingerprints('');
      const parts: string[] = [];
      for (const one of placed(checked)) {
        const view = one.file && views.get(one.file);
        const print = (view?.prints ?? others).next(one.finding);
        parts.push(`${first ? '' : ','}\n${JSON.stringify(result(one, product, view?.fixes, print))}`);
        first = false;
      }
      return parts.join('');
    },
    end(summary) {
      const tail = {
        artifacts: artifacts.entries.map((entry, at) => ({
          location: entry,
          roles: ['analysisTarget'],
          ...verdictProperties(verdicts.get(at)),
        })),
        tool: { driver: { name: 'auth-cli', semanticVersion: version, rules: descriptors.entries } },
        invocations: [invocation(summary)],
        properties: {
          targets: [...targets.values()],
          notChecked: [...notChecked].map(([needs, ids]) => ({ needs, rules: [...ids] })),
        },
      };
      return `\n],\n${JSON.stringify(tail, null, 1).slice(2, -2)}\n}]\n}\n`;
    },
  };
};

/** Entries that are referred to by their index. */
class Table<Entry> {
  readonly entries: Entry[] = [];
  readonly #indices = new Map<string, number>();

  index(key: string, make: () => Entry): number {
    const known = this.#indices.get(key);
    if (known !== undefined) return known;
    this.#indices.set(key, this.entries.length);
    return this.entries.push(make()) - 1;
  }
}

/** Relative paths belong to the folder of the call; absolute ones are addresses of their own. */
function artifactLocation(path: string, windows: boolean): ArtifactLocation {
  const plain = slashed(path, windows);
  const encoded = plain
    .split('/')
    .map((part) =>
      encodeURIComponent(
        part.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd'),
      ),
    )
    .join('/');
  if (windows && /^[A-Za-z]:\//.test(plain)) return { uri: `file:///${encoded.replace('%3A', ':')}` };
  if (plain.startsWith('/')) return { uri: `file://${plain.startsWith('//') ? encoded.slice(2) : encoded}` };
  return { uri: encoded, uriBaseId: ROOT };
}

function region({ start, end }: Range): Region {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/**
 * SARIF reads `{0}` as a place for an argument and `[text](target)` as a link (3.11.5, 3.11.6). Only what would be read so is
 * escaped: other braces and brackets mean nothing to viewers, and many would show the escapes.
 */
function messageText(text: string): string {
  return text.replace(/\{(\d+)\}/g, '{{$1}}').replace(/\[(?=[^[\]\n]*\]\()/g, '\\[');
}

function logicalLocations({ source, section, option }: Finding): LogicalLocation[] {
  const result: LogicalLocation[] = [];
  if (source !== undefined)
    result.push({ name: oneLine(source.replace(/^env:/, '')), fullyQualifiedName: oneLine(source), kind: 'variable' });
  if (section !== undefined || option !== undefined)
    result.push({
      name: option ?? section!,
      fullyQualifiedName: [section, option].filter((part) => part !== undefined).join('.'),
      kind: option === undefined ? 'object' : 'property',
    });
  return result;
}

/** Undefined where nothing of it may be shown. */
function fixOf(fix: NonNullable<Finding['fix']>, artifactLocation: ArtifactLocation, view: FixView): Fix | undefined {
  const { edits, description } = view.show(fix);
  if (edits.length === 0) return undefined;
  const replacements = edits.map(({ range, newText }) => ({
    deletedRegion: region(range),
    ...(newText === '' ? {} : { insertedContent: { text: newText } }),
  }));
  return {
    description: { text: messageText(oneLine(description)) },
    artifactChanges: [{ artifactLocation, replacements }],
  };
}

/** Who could log in with a file. */
function verdictProperties(verdict: AccessVerdict | undefined): Pick<Artifact, 'properties'> {
  return verdict === undefined ? {} : { properties: { verdict: verdict.verdict, sentence: verdict.sentence } };
}

function resultProperties({ failOpen, failShut, suggestions }: Finding): Pick<Result, 'properties'> {
  const properties = {
    ...(failOpen ? { failOpen } : {}),
    ...(failShut ? { failShut } : {}),
    ...(suggestions && suggestions.length > 0 ? { suggestions: [...suggestions] } : {}),
  };
  return Object.keys(properties).length === 0 ? {} : { properties };
}

/** @param rule undefined for findings of the engine itself, which no rule describes */
function descriptor(id: string, rule: RuleEntry | undefined): ReportingDescriptor {
  if (rule === undefined) return { id };
  const address = helpAddress(rule.references);
  const group = RULE_GROUPS[rule.code[0] ?? ''];
  return {
    id,
    shortDescription: { text: messageText(rule.summary) },
    fullDescription: { text: messageText(rule.why) },
    help: {
      text: messageText(
        `${rule.why}\n\nFound in:\n\n${rule.bad.trimEnd()}\n\nNot found in:\n\n${rule.good.trimEnd()}\n\nSource: ${rule.references.join('; ')}`,
      ),
      markdown: ruleMarkdown(rule),
    },
    ...(address === undefined ? {} : { helpUri: address }),
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: {
      tags: [
        rule.product,
        ...(group === undefined ? [] : [group.toLowerCase()]),
        ...(rule.failOpen ? ['security', 'fail-open'] : []),
        ...(rule.failShut ? ['fail-shut'] : []),
      ],
      code: rule.code,
      ...(rule.versions === undefined ? {} : { versions: rule.versions }),
    },
  };
}

function invocation({ unread }: FindingsSummary): Invocation {
  if (unread === 0) return { executionSuccessful: true };
  const text = `${unread === 1 ? 'One file' : `${unread} files`} could not be read.`;
  return { executionSuccessful: false, toolExecutionNotifications: [{ level: 'error', message: { text } }] };
}
