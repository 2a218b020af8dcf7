/**
 * What the sources say about a person, collected source by source and field by field in Grafana's order; the first value that
 * is not empty wins. Source: the study of Grafana's resolution, "Field by field", "Role", "Server admin".
 */
import { type AttributePath, asText, asTexts, type PathResult } from './attribute-path.js';
import type { GenericSetup } from './generic-setup.js';
import { PersonTrace } from './person-trace.js';
import { isRole, readRole, searchRole } from './roles.js';
import type { SourceDocument } from './sources.js';
import type { TextField } from './text-steps.js';
import type { Tracer } from './tracer.js';

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
  /** A value comes from a path whose result can differ from login to login. */
  random = false;
  readonly #setup: GenericSetup;
  readonly #trace: PersonTrace | undefined;

  constructor(setup: GenericSetup, trace: Tracer | undefined) {
    this.#setup = setup;
    this.#trace = trace && new PersonTrace(setup, trace);
  }

  /** Takes what is still missing from a source. Throws ExpressionPanic, OrgPathFailure. */
  take(source: SourceDocument): void {
    if (this.#setup.profile.sub) this.#id(source);
    this.#text('name', source);
    this.#text('login', source);
    this.#text('email', source);
    if (this.#setup.computesRole) this.#role(source);
    if (this.#setup.readsOrgs) this.#list('orgs', this.#setup.paths.orgs, source);
    this.#list('groups', this.#setup.paths.groups, source);
  }

  #id(source: SourceDocument): void {
    const { sub } = source.fields;
    this.#trace?.id(source, sub, this.id !== '');
    if (this.id === '') this.id = sub;
  }

  /** Name, login, e-mail: some fields and a path, in an order of their own. */
  #text(field: TextField, source: SourceDocument): void {
    if (this[field] !== '') {
      this.#trace?.textPassedOver(field, source);
      return;
    }
    for (const step of this.#setup.textSteps[field]) {
      const claim = step.path === undefined ? step.read(source.fields) : undefined;
      const result = step.path?.evaluate(source.document);
      const value = claim === undefined ? asText(result!) : claim.value;
      this.#trace?.text(field, source, step, claim ?? result!);
      if (value === '' && !claim?.final) continue;
      this[field] = value;
      this.random ||= step.path?.random === true;
      this.#trace?.textHidden(field, source, step, value);
      return;
    }
  }

  #role(source: SourceDocument): void {
    const { profile, paths, strict, assignsAdmin } = this.#setup;
    const path = paths.role;
    if (this.role !== '') {
      if (path) this.#trace?.rolePassedOver(path, source);
      return;
    }
    const keep = profile.roleFlow === 'keep';
    if (path === undefined) {
      if (!keep && !strict && assignsAdmin) this.grafanaAdmin = false;
      return;
    }
    const search = searchRole((document) => path.evaluate(document), source.document);
    const found = search.text === '' ? undefined : readRole(search.text);
    if (found !== undefined && (keep || isRole(profile, found.role))) {
      this.role = found.role;
      this.roleFound = true;
      this.random ||= path.random;
      if (assignsAdmin) this.grafanaAdmin = found.grafanaAdmin;
    } else if (found === undefined && !keep && !strict && assignsAdmin) this.grafanaAdmin = false;
    this.#trace?.role(path, source, search, found);
  }

  #list(field: 'orgs' | 'groups', path: AttributePath | undefined, source: SourceDocument): void {
    if (path === undefined) return;
    if (this[field].length > 0) {
      this.#trace?.listPassedOver(field, path, source);
      return;
    }
    const result = path.evaluate(source.document);
    this[field] = asTexts(result);
    this.random ||= path.random && this[field].length > 0;
    this.#trace?.list(field, path, source, result, this[field]);
    if (!result.ok && field === 'orgs') throw new OrgPathFailure(result);
  }
}
