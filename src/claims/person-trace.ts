/**
 * What the trace says while a person is put together: each value that was looked at, and beside the winner what a later source
 * would have said.
 */
import { type AttributePath, asText, asTexts, type PathResult } from './attribute-path.js';
import type { GenericSetup } from './generic-setup.js';
import { missingClaims } from './presence.js';
import { type FoundRole, isRole, type RoleSearch, readRole, searchRole } from './roles.js';
import type { SourceDocument } from './sources.js';
import type { ClaimValue, TextField, TextStep } from './text-steps.js';
import type { StepStatus, TraceStep } from './trace.js';
import { kindOf, SOURCE_NAMES, show, type Tracer } from './tracer.js';

export class PersonTrace {
  readonly #setup: GenericSetup;
  readonly #trace: Tracer;
  /** Source that settled a field. */
  readonly #settledBy = new Map<string, SourceDocument>();

  constructor(setup: GenericSetup, trace: Tracer) {
    this.#setup = setup;
    this.#trace = trace;
  }

  id(source: SourceDocument, sub: string, settled: boolean): void {
    if (!settled) this.#claim('id', source, 'sub', { value: sub });
    else if (sub !== '')
      this.#trace.add({ ...this.#passedOver('id', source, show(sub)), expression: 'sub', result: sub });
  }

  /** One place that was looked at: a claim's value, or a path's result. */
  text(field: TextField, source: SourceDocument, step: TextStep, found: ClaimValue | PathResult): void {
    if (step.path === undefined) {
      this.#claim(field, source, step.claim, found as ClaimValue, step.option);
      return;
    }
    const result = found as PathResult;
    const matched = asText(result) !== '';
    if (matched) this.#settledBy.set(field, source);
    const outcome = matched ? { status: 'matched' as const } : noText(step.path, result, source);
    this.#trace.path({ field, source: source.name, ...outcome }, step.path, result);
  }

  /** A path that comes behind what won, in the same source. */
  textHidden(field: TextField, source: SourceDocument, winner: TextStep, value: string): void {
    const steps = this.#setup.textSteps[field];
    for (const { path } of steps.slice(steps.indexOf(winner) + 1)) {
      if (path === undefined) continue;
      const result = path.quietly(source.document);
      const text = asText(result);
      if (text === '' || text === value) continue;
      const first = winner.path === undefined ? `the claim ${winner.claim}` : winner.path.option;
      const note = `not evaluated: ${first} comes first; it would have given ${show(text)}`;
      this.#trace.path({ field, source: source.name, status: 'skipped', hypothetical: true, note }, path, result);
    }
  }

  /** What a source would have said, had no earlier one. */
  textPassedOver(field: TextField, source: SourceDocument): void {
    for (const step of this.#setup.textSteps[field]) {
      const claim = step.path === undefined ? step.read(source.fields) : undefined;
      const result = step.path?.quietly(source.document);
      const value = claim === undefined ? asText(result!) : claim.value;
      if (value === '' && !claim?.final) continue;
      if (value === '') return;
      const passed = this.#passedOver(field, source, show(value));
      if (step.path !== undefined) this.#trace.path(passed, step.path, result!);
      else
        this.#trace.add({
          ...passed,
          ...(step.option !== undefined && { option: step.option }),
          expression: step.claim,
          result: value,
        });
      return;
    }
  }

  role(path: AttributePath, source: SourceDocument, search: RoleSearch, found: FoundRole | undefined): void {
    const step = { field: 'role', source: source.name };
    if (path.compiled === undefined) {
      const note = 'the expression does not parse: it gives nothing on any source, and Grafana says nothing about it';
      this.#trace.path({ ...step, note }, path, search.first);
      return;
    }
    const verdict = found === undefined ? undefined : this.#roleVerdict(search.text, found);
    if (verdict?.settles) this.#settledBy.set('role', source);
    if (search.second === undefined) {
      this.#trace.path({ ...step, status: verdict!.status, note: verdict!.note }, path, search.first);
      return;
    }
    this.#trace.path({ ...step, ...noText(path, search.first, source) }, path, search.first);
    const again = verdict
      ? `no text on ${SOURCE_NAMES[source.name]}, so Grafana evaluates it again on {"groups":[]}: ${verdict.note}`
      : 'evaluated again on {"groups":[]}, as Grafana does: no text either';
    const status = verdict?.status ?? (search.second.ok ? 'empty' : 'error');
    this.#trace.path({ ...step, status, note: again }, path, search.second);
  }

  rolePassedOver(path: AttributePath, source: SourceDocument): void {
    const search = searchRole((document) => path.quietly(document), source.document);
    const role = search.text === '' ? undefined : readRole(search.text).role;
    const said =
      role === undefined ? 'no role' : isRole(this.#setup.profile, role) ? role : `${show(role)}, which is no role`;
    const result = search.text !== '' && search.second !== undefined ? search.second : search.first;
    this.#trace.path(this.#passedOver('role', source, said), path, result);
  }

  list(
    field: 'orgs' | 'groups',
    path: AttributePath,
    source: SourceDocument,
    result: PathResult,
    texts: readonly string[],
  ): void {
    if (texts.length > 0) this.#settledBy.set(field, source);
    const note = listNote(field, path, source, result, texts);
    const step = { field, source: source.name, ...(note !== undefined && { note }) };
    this.#trace.path(texts.length > 0 ? { ...step, status: 'matched' } : step, path, result);
  }

  listPassedOver(field: 'orgs' | 'groups', path: AttributePath, source: SourceDocument): void {
    const result = path.quietly(source.document);
    const texts = asTexts(result);
    if (texts.length > 0) this.#trace.path(this.#passedOver(field, source, show(texts)), path, result);
  }

  #claim(field: string, source: SourceDocument, claim: string, { value, note }: ClaimValue, option?: string): void {
    if (value !== '') this.#settledBy.set(field, source);
    this.#trace.add({
      field,
      source: source.name,
      ...(option !== undefined && { option }),
      expression: claim,
      ...(value !== '' && { result: value }),
      status: value === '' ? 'empty' : 'matched',
      ...(note !== undefined && { note }),
    });
  }

  #roleVerdict(text: string, { role }: FoundRole): { status: StepStatus; note: string; settles: boolean } {
    const { profile, assignsAdmin } = this.#setup;
    const keep = profile.roleFlow === 'keep';
    if (!isRole(profile, role)) {
      const read = text === role ? `${show(text)} is` : `${show(text)} is read as ${show(role)}, which is`;
      const what = `${read} no role (${profile.roles.join(', ')})`;
      const next = keep ? 'this version keeps the text and asks no other source' : 'the next source is asked';
      return { status: 'ignored', note: `${what}; ${next}`, settles: keep };
    }
    const admin = role === 'Admin' && text.length !== role.length;
    const note = !admin
      ? text === role
        ? 'a valid role'
        : `${show(text)} is read as ${role}`
      : assignsAdmin
        ? 'GrafanaAdmin: the role Admin, and server administrator'
        : 'GrafanaAdmin: the role Admin; not server administrator, since allow_assign_grafana_admin is off';
    return { status: 'matched', note, settles: true };
  }

  /** "decided by the ID token; UserInfo would have given Admin" */
  #passedOver(field: string, source: SourceDocument, said: string): TraceStep {
    const winner = SOURCE_NAMES[this.#settledBy.get(field)?.name ?? ''] ?? 'an earlier source';
    return {
      field,
      source: source.name,
      status: 'skipped',
      hypothetical: true,
      note: `decided by ${winner}; ${SOURCE_NAMES[source.name]} would have given ${said}`,
    };
  }
}

/** Why a result is no text, and which claims it lacked. */
function noText(path: AttributePath, result: PathResult, source: SourceDocument): { status: StepStatus; note: string } {
  const lacks = missing(path, source);
  if (!result.ok) return { status: 'error', note: `an error counts as nothing, Grafana goes on${lacks}` };
  if (result.value === null) return { status: 'empty', note: `nothing there${lacks}` };
  if (result.value === '') return { status: 'empty', note: 'an empty text counts as nothing' };
  return { status: 'empty', note: `${kindOf(result.value)} is no text and counts as nothing${lacks}` };
}

function listNote(
  field: 'orgs' | 'groups',
  path: AttributePath,
  source: SourceDocument,
  result: PathResult,
  texts: readonly string[],
): string | undefined {
  if (!result.ok)
    return field === 'orgs'
      ? 'an error of org_attribute_path ends the login'
      : `counts as no groups, Grafana only logs it${missing(path, source)}`;
  if (result.value === null) return `nothing there${missing(path, source)}`;
  if (!Array.isArray(result.value)) return `${kindOf(result.value)} is no list and counts as nothing`;
  const dropped = result.value.length - texts.length;
  if (dropped > 0) return `${dropped} of ${result.value.length} elements are no texts and are left out`;
  return texts.length === 0 ? 'an empty list: the next source is asked' : undefined;
}

function missing(path: AttributePath, source: SourceDocument): string {
  if (!source.document.ok) return '';
  const lacking = missingClaims(path, source.document.value);
  if (lacking.length === 0) return '';
  const names = lacking.map(({ claim, nearby }) =>
    nearby.length === 0 ? claim : `${claim} (there is ${nearby.join(', ')})`,
  );
  return `; ${SOURCE_NAMES[source.name]} has no ${names.join(', no ')}`;
}
