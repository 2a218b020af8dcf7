/**
 * Runs rules over a subject and turns what they report into findings: version bounds, severities, ignore comments,
 * follow-ups folded under their cause, order. It knows nothing of Grafana; a subject says what it needs to know.
 */
import type { Range } from '../text/source.js';
import { olderVersions, withinBounds } from './bounds.js';
import { Causes, comparePositions, type Draft, GRAVITY } from './causes.js';
import type { IgnoreComments } from './ignores/comments.js';
import type { IgnoreSubject } from './ignores/rules.js';
import type { Finding, Related, Rule, RuleReport, Severity } from './rule.js';

export type SeverityOverride = Severity | 'off';

export interface LintOptions {
  /** Version the rules' bounds are compared with: major * 1000 + minor. Absent: every rule runs. */
  readonly order?: number;
  /** No version was asked for: rules that hold only before `order` and carry `olderToo` report as info. */
  readonly isDefaultVersion?: boolean;
  /** Rule id → severity, or `off`. Unknown ids have no effect. */
  readonly rules?: Readonly<Record<string, SeverityOverride>>;
  /** What the caller can provide beyond the configuration; rules that need something else are listed in `notChecked`. */
  readonly provides?: readonly NonNullable<Rule<never>['needs']>[];
  /** Whether a text occurs in what was read; without it every rule runs. */
  readonly mentions?: (text: string) => boolean;
  /** Comments in the texts that switch rules off; what is wrong with them is reported too. */
  readonly comments?: IgnoreComments | undefined;
  /** Each of them must say why. */
  readonly requireIgnoreReason?: boolean | undefined;
  /** Not everything could be read: a comment that switches nothing off may be about the rest. */
  readonly isPartial?: boolean | undefined;
  /** Whether a finding is switched off in another way. */
  readonly ignored?: ((finding: Finding) => boolean) | undefined;
}

export interface LintResult {
  /** Sorted by path, place, then in the order of the rules; without repetitions. */
  readonly findings: Finding[];
  readonly rulesRun: number;
  readonly notChecked: readonly { readonly needs: string; readonly rules: readonly string[] }[];
}

interface PlannedRule<Subject> {
  readonly rule: Rule<Subject>;
  readonly severity: Severity | undefined;
  /** Set where the rule holds only for versions older than the one looked at. */
  readonly onlyOlder: string | undefined;
}

interface Plan<Subject> {
  readonly run: readonly PlannedRule<Subject>[];
  readonly notChecked: LintResult['notChecked'];
}

const plans = new WeakMap<object, Map<string, Plan<unknown>>>();

/** Which rules run; computed once for a list of rules and a set of options, since many files are checked with the same. */
function plan<Subject>(rules: readonly Rule<Subject>[], options: LintOptions): Plan<Subject> {
  let known = plans.get(rules);
  if (!known) {
    known = new Map();
    plans.set(rules, known);
  }
  const key = JSON.stringify([options.order, options.isDefaultVersion, options.rules, options.provides]);
  let found = known.get(key) as Plan<Subject> | undefined;
  if (!found) {
    found = makePlan(rules, options);
    known.set(key, found as Plan<unknown>);
  }
  return found;
}

function makePlan<Subject>(rules: readonly Rule<Subject>[], options: LintOptions): Plan<Subject> {
  const run: PlannedRule<Subject>[] = [];
  const missing = new Map<string, string[]>();
  for (const rule of rules) {
    const override = Object.hasOwn(options.rules ?? {}, rule.id) ? options.rules?.[rule.id] : undefined;
    if (override === 'off') continue;
    let onlyOlder: string | undefined;
    if (options.order !== undefined && !withinBounds(rule.versions, options.order)) {
      if (!options.isDefaultVersion || !rule.olderToo || rule.versions === undefined) continue;
      onlyOlder = olderVersions(rule.versions);
      if (onlyOlder === undefined) continue;
    }
    if (rule.needs && !options.provides?.includes(rule.needs)) {
      const list = missing.get(rule.needs) ?? [];
      list.push(rule.id);
      missing.set(rule.needs, list);
      continue;
    }
    run.push({ rule, severity: override, onlyOlder });
  }
  return { run, notChecked: [...missing].map(([needs, ids]) => ({ needs, rules: ids })) };
}

/**
 * Runs the rules in order. A finding marked `root` says that what stands at its place is not what its author meant; findings of
 * later rules there are consequences of it and become its `related` notes, and it becomes as grave as they are. So do findings
 * about the option it says was `meant`, and findings that name the `cause` of an earlier one.
 */
export async function lint<Subject>(
  rules: readonly Rule<Subject>[],
  subject: Subject,
  options: LintOptions = {},
): Promise<LintResult> {
  const { run, notChecked } = plan(rules, options);
  const drafts: Draft[] = [];
  const causes = new Causes();
  const seen = new Set<string>();

  // One function for all rules, which run one after the other: thousands of files would need it anew for each of theirs.
  let current: PlannedRule<Subject> | undefined;
  const report = (reported: RuleReport) => {
    const planned = current!;
    const finding = toFinding(planned, reported);
    // Both are asked: a comment is in use also where something else hides the finding.
    const [byComment, byCaller] = [options.comments?.ignores(finding), options.ignored?.(finding)];
    if (byComment || byCaller) return;
    const identity = `${planned.rule.id}|${finding.path ?? ''}|${finding.source ?? ''}|${rangeKey(finding.range)}|${finding.message}`;
    if (seen.has(identity)) return;
    seen.add(identity);
    const cause = causes.of(finding);
    if (cause) follow(cause, finding);
    else {
      const draft: Draft = {
        finding,
        isFixed: planned.severity !== undefined,
        severity: finding.severity,
        failOpen: finding.failOpen === true,
        failShut: finding.failShut === true,
        consequences: [],
      };
      drafts.push(draft);
      causes.add(draft, reported);
    }
  };

  for (const planned of run) {
    const { rule } = planned;
    if (rule.when && options.mentions && !rule.when.some(options.mentions)) continue;
    current = planned;
    const pending = rule.check(subject, report);
    if (pending) await pending;
  }
  if (options.comments) await lintComments(options.comments, run, rules, options, drafts);

  return { findings: sortFindings(drafts.map(complete)), rulesRun: run.length, notChecked };
}

/** What is wrong with the comments themselves. Only a comment for the whole file, or a severity, switches these rules off. */
async function lintComments<Subject>(
  comments: IgnoreComments,
  run: readonly PlannedRule<Subject>[],
  rules: readonly Rule<Subject>[],
  options: LintOptions,
  drafts: Draft[],
): Promise<void> {
  const { ignoreRules } = await import('./ignores/rules.js');
  let known = new Set([...rules, ...ignoreRules].map(({ id }) => id));
  if (comments.directives.some((directive) => directive.rules.some(({ name }) => !known.has(name)))) {
    const { ruleIds } = await import('./catalogue.js');
    known = new Set([...known, ...(await ruleIds())]);
  }
  const subject: IgnoreSubject = {
    comments,
    known,
    ran: new Set(run.map(({ rule }) => rule.id)),
    someAreOff: Object.values(options.rules ?? {}).includes('off'),
    requireReason: options.requireIgnoreReason ?? false,
    isPartial: options.isPartial ?? false,
  };
  for (const planned of plan(ignoreRules, { rules: options.rules }).run)
    planned.rule.check(subject, (reported) => {
      const finding = toFinding(planned, reported);
      if (options.ignored?.(finding) || comments.ignores({ path: finding.path, rule: finding.rule })) return;
      const severity = finding.severity;
      drafts.push({
        finding,
        isFixed: planned.severity !== undefined,
        severity,
        failOpen: false,
        failShut: false,
        consequences: [],
      });
    });
}

function follow(draft: Draft, finding: Finding): void {
  draft.consequences.push(asRelated(finding));
  if (GRAVITY[finding.severity] > GRAVITY[draft.severity]) draft.severity = finding.severity;
  if (finding.failOpen) draft.failOpen = true;
  if (finding.failShut) draft.failShut = true;
}

function complete({ finding, severity, failOpen, failShut, consequences }: Draft): Finding {
  if (consequences.length === 0) return finding;
  return {
    ...finding,
    severity,
    ...(failOpen ? { failOpen } : {}),
    ...(failShut ? { failShut } : {}),
    related: [...(finding.related ?? []), ...consequences],
  };
}

function toFinding<Subject>({ rule, severity, onlyOlder }: PlannedRule<Subject>, report: RuleReport): Finding {
  const { root: _root, meant: _meant, severity: own, related, ...rest } = report;
  const finding: Finding = {
    rule: rule.id,
    severity: severity ?? (onlyOlder === undefined ? (own ?? rule.severity) : 'info'),
    ...rest,
    ...(related === undefined || related.length === 0 ? {} : { related }),
  };
  if (onlyOlder !== undefined) return { ...finding, message: `on Grafana ${onlyOlder}: ${finding.message}` };
  const opens = rule.failOpen === true && finding.failOpen === undefined;
  const shuts = rule.failShut === true && finding.failShut === undefined;
  if (!opens && !shuts) return finding;
  return { ...finding, ...(opens ? { failOpen: true } : {}), ...(shuts ? { failShut: true } : {}) };
}

function asRelated(finding: Finding): Related {
  return {
    message: `follows from this: ${finding.message} [${finding.rule}]`,
    ...(finding.path === undefined ? {} : { path: finding.path }),
    ...(finding.range === undefined ? {} : { range: finding.range }),
    ...(finding.source === undefined ? {} : { source: finding.source }),
  };
}

function rangeKey(range: Range | undefined): string {
  return range ? `${range.start.line}:${range.start.column}-${range.end.line}:${range.end.column}` : '';
}

/** By file in order of appearance, findings about the whole file first, then by place; the environment comes last. */
function sortFindings(findings: Finding[]): Finding[] {
  const order = new Map<string, number>();
  for (const { path } of findings) if (path !== undefined && !order.has(path)) order.set(path, order.size);
  const rank = (finding: Finding) => (finding.path === undefined ? order.size : order.get(finding.path)!);
  return findings
    .map((finding, index) => ({ finding, index }))
    .sort(
      (a, b) =>
        rank(a.finding) - rank(b.finding) ||
        (a.finding.range && b.finding.range
          ? comparePositions(a.finding.range.start, b.finding.range.start)
          : Number(a.finding.range !== undefined) - Number(b.finding.range !== undefined)) ||
        a.index - b.index,
    )
    .map(({ finding }) => finding);
}
