/**
 * What the sources say about a person, collected source by source and field by field in Grafana's order; the first value that
 * is not empty wins. Source: the study of Grafana's resolution, "Field by field", "Role", "Server admin".
 */
import { type AttributePath, asText, asTexts, type PathResult } from './attribute-path.js';
import type { GenericSetup } from './generic-setup.js';
import { missingClaims } from './presence.js';
import { isRole, readRole } from './roles.js';
import type { SourceDocument } from './sources.js';
import type { ClaimValue, TextField, TextStep } from './text-steps.js';
import type { StepStatus } from './trace.js';
import { kindOf, SOURCE_NAMES, show, type Tracer } from './tracer.js';

/** `org_attribute_path` failed: the login ends. */
export class OrgPathFailure {
  constructor(readonly result: Extract<PathResult, { ok: false }>) {}
}

export class Person {
  id = '';
  name = '';
  login = '';
  email = '';
  /** Through 10.0 perhaps a text that is no role. */
  role = '';
  /** A source gave the role; false also where the default takes its place. */
  roleFound = false;
  grafanaAdmin: boolean | null = null;
  groups: readonly string[] = [];
  /** External organizations, for `org_mapping`. */
  orgs: readonly string[] = [];
  readonly #setup: GenericSetup;
  readonly #trace: Tracer | undefined;
  /** Source that settled a field, for what later ones would have said. */
  readonly #settledBy: Map<string, string> | undefined;

  constructor(setup: GenericSetup, trace: Tracer | undefined) {
    this.#setup = setup;
    this.#trace = trace;
    if (trace) this.#settledBy = new Map();
  }

  /** Takes what is still missing from a source. Throws ExpressionPanic, OrgPathFailure. */
  take(source: SourceDocument): void {
    this.#id(source);
    this.#text('name', source);
    this.#text('login', source);
    this.#text('email', source);
    this.#role(source);
    this.#orgs(source);
    this.#groups(source);
  }

  #id(source: SourceDocument): void {
    if (!this.#setup.profile.sub) return;
    const { sub } = source.fields;
    const settled = this.id !== '';
    if (!settled) this.id = sub;
    if (this.#trace && (!settled || sub !== ''))
      this.#field({ field: 'id', source, claim: 'sub', value: sub, settled });
    if (!settled && sub !== '') this.#settledBy?.set('id', source.name);
  }

  /** Name, login, e-mail: some fields and a path, in an order of their own. */
  #text(field: TextField, source: SourceDocument): void {
    const settled = this[field] !== '';
    if (settled && this.#trace === undefined) return;
    for (const step of this.#setup.textSteps[field]) {
      const claim = step.path === undefined ? step.read(source.fields) : undefined;
      const value = claim === undefined ? asText(this.#evaluate(step.path!, source, settled)) : claim.value;
      if (this.#trace) this.#traceText(field, source, step, value, settled, claim);
      if (value === '' && !claim?.final) continue;
      if (!settled) {
        this[field] = value;
        if (value !== '') this.#settledBy?.set(field, source.name);
      }
      return;
    }
  }

  #evaluate(path: AttributePath, source: SourceDocument, quiet: boolean): PathResult {
    return quiet ? path.quietly(source.document) : path.evaluate(source.document);
  }

  #role(source: SourceDocument): void {
    const setup = this.#setup;
    if (!setup.computesRole) return;
    if (this.role !== '') {
      if (this.#trace) this.#hypotheticalRole(source);
      return;
    }
    const path = setup.paths.role;
    if (path === undefined) {
      if (setup.profile.roleFlow !== 'keep' && !setup.strict && setup.assignsAdmin) this.grafanaAdmin = false;
      return;
    }
    const { text, retried, first, second } = this.#searchRole(path, source, false);
    const found = text === '' ? undefined : readRole(text);
    const valid = found !== undefined && isRole(setup.profile, found.role);
    const keep = setup.profile.roleFlow === 'keep';
    if (found !== undefined && (valid || keep)) {
      this.role = found.role;
      this.roleFound = true;
      this.#settledBy?.set('role', source.name);
      if (setup.assignsAdmin) this.grafanaAdmin = found.grafanaAdmin;
    } else if (found === undefined && !keep && !setup.strict && setup.assignsAdmin) this.grafanaAdmin = false;
    this.#trace && this.#traceRole(source, path, { text, retried, first, second }, found?.role, valid);
  }

  /** The path on the source; where that gives no text, on a document that holds nothing but an empty list of groups. */
  #searchRole(path: AttributePath, source: SourceDocument, quiet: boolean): RoleSearch {
    const first = this.#evaluate(path, source, quiet);
    const text = asText(first);
    if (text !== '') return { text, retried: false, first };
    const second = quiet ? path.quietly(EMPTY_GROUPS) : path.evaluate(EMPTY_GROUPS);
    return { text: asText(second), retried: true, first, second };
  }

  #orgs(source: SourceDocument): void {
    const path = this.#setup.paths.orgs;
    if (path === undefined || !this.#setup.readsOrgs) return;
    const settled = this.orgs.length > 0;
    if (settled && this.#trace === undefined) return;
    const result = this.#evaluate(path, source, settled);
    const orgs = asTexts(result);
    if (!settled) this.orgs = orgs;
    if (this.#trace) this.#traceList('orgs', source, path, result, orgs, settled);
    if (!result.ok && !settled) throw new OrgPathFailure(result);
    if (!settled && orgs.length > 0) this.#settledBy?.set('orgs', source.name);
  }

  #groups(source: SourceDocument): void {
    const path = this.#setup.paths.groups;
    if (path === undefined) return;
    const settled = this.groups.length > 0;
    if (settled && this.#trace === undefined) return;
    const result = this.#evaluate(path, source, settled);
    const groups = asTexts(result);
    if (!settled) this.groups = groups;
    if (this.#trace) this.#traceList('groups', source, path, result, groups, settled);
    if (!settled && groups.length > 0) this.#settledBy?.set('groups', source.name);
  }

  /* ---- what the trace says ---- */

  #field(step: {
    field: string;
    source: SourceDocument;
    claim: string;
    option?: string;
    value: string;
    settled: boolean;
    note?: string;
  }): void {
    const { field, source, claim, option, value, settled, note } = step;
    this.#trace!.add({
      field,
      source: source.name,
      ...(option !== undefined && { option }),
      expression: claim,
      ...(value !== '' && { result: value }),
      status: settled ? 'skipped' : value === '' ? 'empty' : 'matched',
      ...(settled
        ? { hypothetical: true, note: this.#decided(field, source, show(value)) }
        : note !== undefined && { note }),
    });
  }

  #traceText(
    field: TextField,
    source: SourceDocument,
    step: TextStep,
    value: string,
    settled: boolean,
    claim: ClaimValue | undefined,
  ): void {
    if (step.path === undefined) {
      // of what is not looked at, only what would have been found is of interest
      if (settled && value === '') return;
      this.#field({ field, source, claim: step.claim, option: step.option, value, settled, note: claim?.note });
      return;
    }
    const result = step.path.quietly(source.document);
    if (settled) {
      if (value === '') return;
      this.#trace!.path(
        {
          field,
          source: source.name,
          status: 'skipped',
          hypothetical: true,
          note: this.#decided(field, source, show(value)),
        },
        step.path,
        result,
      );
      return;
    }
    this.#trace!.path(
      {
        field,
        source: source.name,
        ...(value === '' ? noText(step.path, result, source) : { status: 'matched' as const }),
      },
      step.path,
      result,
    );
  }

  #traceRole(
    source: SourceDocument,
    path: AttributePath,
    search: RoleSearch,
    role: string | undefined,
    valid: boolean,
  ): void {
    const trace = this.#trace!;
    const { profile } = this.#setup;
    const step = { field: 'role', source: source.name };
    const verdict = (): { status: StepStatus; note: string } => {
      if (valid) {
        const admin = search.text.length === 12 && role === 'Admin';
        const cased = role !== search.text && !admin ? `${show(search.text)} is read as ${role}` : `a valid role`;
        return { status: 'matched', note: admin ? this.#adminNote() : cased };
      }
      const what = `${show(search.text)} is read as ${show(role)}, which is no role (${profile.roles.join(', ')})`;
      return profile.roleFlow === 'keep'
        ? { status: 'ignored', note: `${what}; this version keeps the text and asks no other source` }
        : { status: 'ignored', note: `${what}; the next source is asked` };
    };
    if (!search.retried) {
      trace.path({ ...step, ...verdict() }, path, search.first);
      return;
    }
    trace.path({ ...step, ...noText(path, search.first, source) }, path, search.first);
    if (search.text !== '') {
      const { status, note } = verdict();
      trace.path(
        {
          ...step,
          status,
          note: `no text on ${SOURCE_NAMES[source.name]}, so Grafana evaluates it again on {"groups":[]}: ${note}`,
        },
        path,
        search.second!,
      );
      return;
    }
    trace.path(
      {
        ...step,
        status: search.second!.ok ? 'empty' : 'error',
        note: 'evaluated again on {"groups":[]}, as Grafana does: no text either',
      },
      path,
      search.second!,
    );
  }

  #adminNote(): string {
    if (this.#setup.assignsAdmin) return 'GrafanaAdmin: the role Admin, and server administrator';
    return 'GrafanaAdmin: the role Admin; not server administrator, since allow_assign_grafana_admin is off';
  }

  #hypotheticalRole(source: SourceDocument): void {
    const path = this.#setup.paths.role;
    if (path === undefined) return;
    const search = this.#searchRole(path, source, true);
    const role = search.text === '' ? '' : readRole(search.text).role;
    const valid = role !== '' && isRole(this.#setup.profile, role);
    const said = role === '' ? 'no role' : valid ? role : `${show(role)}, which is no role`;
    this.#trace!.path(
      {
        field: 'role',
        source: source.name,
        status: 'skipped',
        hypothetical: true,
        note: this.#decided('role', source, said),
      },
      path,
      search.retried && search.text !== '' ? search.second! : search.first,
    );
  }

  #traceList(
    field: string,
    source: SourceDocument,
    path: AttributePath,
    result: PathResult,
    texts: readonly string[],
    settled: boolean,
  ): void {
    if (settled) {
      if (texts.length > 0)
        this.#trace!.path(
          {
            field,
            source: source.name,
            status: 'skipped',
            hypothetical: true,
            note: this.#decided(field, source, show(texts)),
          },
          path,
          result,
        );
      return;
    }
    const dropped = result.ok && Array.isArray(result.value) ? result.value.length - texts.length : 0;
    const note = !result.ok
      ? field === 'orgs'
        ? 'an error of org_attribute_path ends the login'
        : `counts as no groups, Grafana only logs it${missing(path, source)}`
      : !Array.isArray(result.value)
        ? result.value === null
          ? `nothing there${missing(path, source)}`
          : `${kindOf(result.value)} is no list and counts as nothing`
        : dropped > 0
          ? `${dropped} of ${result.value.length} elements are no texts and are left out`
          : texts.length === 0
            ? 'an empty list: the next source is asked'
            : undefined;
    this.#trace!.path(
      {
        field,
        source: source.name,
        ...(texts.length > 0 && { status: 'matched' as const }),
        ...(note !== undefined && { note }),
      },
      path,
      result,
    );
  }

  /** "decided by the ID token; UserInfo would have given Admin" */
  #decided(field: string, source: SourceDocument, said: string): string {
    const winner = SOURCE_NAMES[this.#settledBy?.get(field) ?? ''] ?? 'an earlier source';
    return `decided by ${winner}; ${SOURCE_NAMES[source.name]} would have given ${said}`;
  }
}

interface RoleSearch {
  readonly text: string;
  /** The text came from the second evaluation (or neither gave one). */
  readonly retried: boolean;
  readonly first: PathResult;
  readonly second?: PathResult;
}

/** What Grafana evaluates a role path on where the source gave no text. */
const EMPTY_GROUPS = { ok: true, value: { groups: [] } } as const;

/** Why a result is no text, and which claims it lacked. */
function noText(path: AttributePath, result: PathResult, source: SourceDocument): { status: StepStatus; note: string } {
  const lacks = missing(path, source);
  if (!result.ok) return { status: 'error', note: `an error counts as nothing, Grafana goes on${lacks}` };
  if (result.value === null) return { status: 'empty', note: `nothing there${lacks}` };
  if (result.value === '') return { status: 'empty', note: 'an empty text counts as nothing' };
  return { status: 'empty', note: `${kindOf(result.value)} is no text and counts as nothing${lacks}` };
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
