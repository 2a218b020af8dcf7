/**
 * One login through generic OAuth, from the token answer to the verdict, in the order of Grafana's own steps.
 * Source: the version study and the study of Grafana's resolution; what differs by version is in the profile.
 */
import { ExpressionPanic } from './attribute-path.js';
import { knownOrgs, type LoginEnvelope, recordedAnswers, recordedToken } from './envelope.js';
import { Exchange } from './exchange.js';
import { checkDomains, checkGroups, checkOrganizations, checkTeams, EmailsFailure, fetchEmail } from './gates.js';
import type { GenericSetup } from './generic-setup.js';
import { type KnownOrgs, type MappedRoles, mapOrgRoles, type OrgMapping, readOrgMapping } from './org-mapping.js';
import { OrgPathFailure, Person } from './person.js';
import { claimPresence } from './presence.js';
import { isRole } from './roles.js';
import { readSources, type SourceName, type Sources, TokenPanic } from './sources.js';
import type { Denial } from './trace.js';
import { kindOf, show, Tracer } from './tracer.js';
import type { GrafanaUser, Verdict } from './verdict.js';

export function resolveGenericOAuth(setup: GenericSetup, envelope: LoginEnvelope, traced: boolean): Verdict {
  return new GenericLogin(setup, envelope, traced).run();
}

/** Ends a login on the way. */
class Refusal {
  constructor(
    readonly outcome: 'denied' | 'error',
    readonly denial: Denial,
  ) {}
}

class GenericLogin {
  readonly #setup: GenericSetup;
  readonly #envelope: LoginEnvelope;
  readonly #trace: Tracer | undefined;
  readonly #exchange: Exchange;
  readonly #orgs: KnownOrgs;
  #sources: Sources = NO_SOURCES;
  #undetermined = false;

  constructor(setup: GenericSetup, envelope: LoginEnvelope, traced: boolean) {
    this.#setup = setup;
    this.#envelope = envelope;
    this.#trace = traced ? new Tracer() : undefined;
    this.#exchange = new Exchange(recordedAnswers(envelope), setup.profile.sprintf);
    this.#orgs = knownOrgs(envelope);
  }

  run(): Verdict {
    try {
      return this.#login();
    } catch (problem) {
      const refusal = this.#explain(problem);
      this.#trace?.add({ field: 'access', status: 'error', note: refusal.denial.message });
      return this.#verdict(refusal.outcome, null, refusal.denial);
    }
  }

  #login(): Verdict {
    const setup = this.#setup;
    this.#requireProvider();
    const token = recordedToken(this.#envelope, setup.tokenAttribute);
    this.#sources = readSources(
      {
        profile: setup.profile,
        token,
        attribute: setup.tokenAttribute,
        apiUrl: setup.apiUrl,
        userinfoRecorded: this.#envelope.userinfo !== undefined,
      },
      this.#exchange,
      this.#trace,
    );
    const person = new Person(setup, this.#trace);
    for (const source of this.#sources.readable) person.take(source);
    const orgRoles = this.#roles(person);

    if (this.#trace) this.#traceAdmin(person, this.#trace);
    if (person.email === '') this.#askForEmail(person);
    if (person.login === '' && person.email !== '') {
      person.login = person.email;
      this.#trace?.add({
        field: 'login',
        result: person.login,
        status: 'default',
        note: 'no source has a login: the e-mail address is taken',
      });
    }
    const teams = checkTeams(setup, this.#exchange, this.#trace);
    if (!teams.allowed)
      this.#refuse('team_ids', 'the person is in none of the teams of team_ids', setup.profile.texts.team);
    const organizations = checkOrganizations(setup, this.#exchange, this.#trace);
    if (!organizations.allowed)
      this.#refuse(
        'allowed_organizations',
        'the person is in none of the organizations of allowed_organizations',
        setup.profile.texts.organization,
      );
    if (!checkGroups(setup, person.groups, this.#trace))
      this.#refuse(
        'allowed_groups',
        'the person is in none of the groups of allowed_groups',
        setup.profile.texts.group,
      );

    const home = orgRoles?.get(setup.home.id) ?? '';
    const user: GrafanaUser = {
      id: person.id,
      login: person.login,
      name: person.name,
      email: person.email,
      role: home,
      mappedRole: person.role,
      grafanaAdmin: person.grafanaAdmin,
      groups: person.groups,
      teams: teams.found,
      organizations: setup.paths.orgs !== undefined && setup.readsOrgs ? person.orgs : organizations.found,
      orgRoles: orgRoles === null ? null : Object.fromEntries(orgRoles),
    };
    const denial = this.#checkEmail(person);
    if (denial) {
      this.#trace?.add({ field: 'access', status: 'error', note: denial.message });
      return this.#verdict('denied', user, denial);
    }
    if (this.#trace) this.#traceEnd(person, this.#trace);
    return this.#verdict('allowed', user, null);
  }

  #requireProvider(): void {
    const { notCreated } = this.#setup.options;
    if (notCreated)
      throw new Refusal('error', {
        rule: 'config',
        message: notCreated.message,
        productMessage: notCreated.productMessage,
      });
  }

  /* ---- roles ---- */

  /** Organization roles as Grafana writes them; changes the person's role and flag where the version does. Throws Refusal. */
  #roles(person: Person): Map<string, string> | null {
    const setup = this.#setup;
    switch (setup.profile.roleFlow) {
      case 'keep':
        return this.#keepRole(person);
      case 'default':
        return this.#defaultRole(person);
      case 'mapper':
        return this.#mapRoles(person);
    }
  }

  #keepRole(person: Person): Map<string, string> {
    const { profile, server, strict, home, options } = this.#setup;
    const trace = this.#trace;
    const valid = isRole(profile, person.role);
    if (trace && !this.#setup.computesRole)
      trace.add({
        field: 'role',
        option: 'oauth_skip_org_role_update_sync',
        status: 'skipped',
        note: '[auth] oauth_skip_org_role_update_sync is on: neither role nor server administrator is looked for, memberships stay as they are',
      });
    if (trace && options.flag('skip_org_role_sync'))
      trace.add({
        field: 'role',
        option: 'skip_org_role_sync',
        status: 'ignored',
        note: 'has no effect at login in this version (10.1 and later honour it)',
      });
    if (strict && !valid) {
      const text = profile.texts.strict.replace('{role}', person.role === '' ? '" "' : person.role);
      this.#refuseRole(
        person.role === ''
          ? 'role_attribute_strict is on and no role was found'
          : `role_attribute_strict is on and ${show(person.role)} is no role`,
        text,
      );
    }
    if (!valid || server.oauth_skip_org_role_update_sync) {
      if (trace && this.#setup.computesRole)
        trace.add({
          field: 'role',
          status: 'default',
          note: `no role to synchronize: a member keeps the role there is, at the first login Grafana gives auto_assign_org_role (${server.auto_assign_org_role || 'unset'}) in organization ${home.id}`,
        });
      return new Map();
    }
    trace?.add(this.#written(home.id, person.role));
    return new Map([[home.id, person.role]]);
  }

  #defaultRole(person: Person): Map<string, string> {
    const { profile, server, strict, home, skipsRoleSync } = this.#setup;
    const trace = this.#trace;
    if (skipsRoleSync) {
      trace?.add(SKIPPED);
      return new Map();
    }
    if (person.role === '') {
      if (strict) this.#refuseRole('role_attribute_strict is on and no source gave a valid role', profile.texts.strict);
      person.role = home.role || 'Viewer';
      trace?.add({
        field: 'role',
        option: 'auto_assign_org_role',
        result: person.role,
        status: 'default',
        note: `no role found: ${person.role} at every login, whatever role the person was given in Grafana`,
      });
    }
    if (profile.globalSkip === 'dropped' && server.oauth_skip_org_role_update_sync) {
      person.grafanaAdmin = null;
      trace?.add({
        field: 'role',
        option: 'oauth_skip_org_role_update_sync',
        status: 'skipped',
        note: '[auth] oauth_skip_org_role_update_sync is on: memberships and server administrator stay as they are',
      });
      return new Map();
    }
    if (trace && server.oauth_skip_org_role_update_sync) trace.add(NO_GLOBAL_SKIP);
    if (!isRole(profile, person.role)) {
      trace?.add({
        field: 'role',
        option: 'auto_assign_org_role',
        result: person.role,
        status: 'ignored',
        note: `${show(person.role)} is no role: memberships stay as they are`,
      });
      return new Map();
    }
    trace?.add(this.#written(home.id, person.role));
    return new Map([[home.id, person.role]]);
  }

  #mapRoles(person: Person): Map<string, string> | null {
    const setup = this.#setup;
    const { profile, strict, home, skipsRoleSync, server } = setup;
    const trace = this.#trace;
    if (trace && server.oauth_skip_org_role_update_sync) trace.add(NO_GLOBAL_SKIP);
    if (skipsRoleSync) {
      trace?.add(SKIPPED);
      return null;
    }
    const mapping = readOrgMapping(setup.orgMapping.items, profile, this.#orgs, strict);
    const mapped = mapOrgRoles(mapping, person.orgs, person.role, strict, home, this.#orgs);
    if (mapped.unknownState || mapping.entries.some((entry) => entry.unknownState)) this.#undetermined = true;
    if (trace) this.#traceMapping(mapping, mapped, person);
    if (strict && (mapped.roles === null || mapped.roles.size === 0))
      this.#refuseRole('role_attribute_strict is on and no organization role came out', profile.texts.strict);
    return mapped.roles;
  }

  #traceMapping(mapping: OrgMapping, mapped: MappedRoles, person: Person): void {
    const trace = this.#trace!;
    const { home, orgMapping } = this.#setup;
    const option = 'org_mapping';
    if (orgMapping.error !== undefined)
      trace.add({
        field: 'orgRoles',
        option,
        status: 'ignored',
        note: `the list is broken (${orgMapping.error}) and therefore empty`,
      });
    for (const entry of mapping.entries) {
      const applies =
        entry.org !== undefined &&
        mapping.voided === undefined &&
        (entry.external === '*' || person.orgs.includes(entry.external));
      const where = entry.org === '-1' ? 'every organization' : `organization ${entry.org}`;
      trace.add({
        field: 'orgRoles',
        option,
        expression: entry.text,
        status: entry.org === undefined || mapping.voided === entry ? 'ignored' : applies ? 'matched' : 'empty',
        ...(applies && { result: `${entry.role} in ${where}` }),
        note:
          mapping.voided === entry
            ? `${entry.problem}; with role_attribute_strict this voids the whole org_mapping`
            : entry.org === undefined
              ? `${entry.problem}: skipped${entry.unknownState ? '; give "organizations" (name → id) with the payload to have it looked up' : ''}`
              : applies
                ? `${entry.external === '*' ? 'holds for everybody' : `the person is in ${show(entry.external)}`}${entry.problem ? `; ${entry.problem}, so Viewer` : ''}`
                : `the person is not in ${show(entry.external)}`,
        ...(entry.unknownState && { certainty: 'undetermined' as const }),
      });
    }
    if (mapped.roles === null) {
      trace.add({
        field: 'orgRoles',
        option,
        status: 'error',
        note: 'Grafana cannot list its organizations: memberships stay as they are, the login goes on',
      });
      return;
    }
    if (mapped.unknownState)
      trace.add({
        field: 'orgRoles',
        option,
        status: 'empty',
        note: 'an entry for all organizations applies; which there are is not known here ("organizations" of the payload)',
        certainty: 'undetermined',
      });
    if (mapped.roles.size === 0) return;
    if (mapped.fallback && person.role === '') {
      trace.add({
        field: 'role',
        option: 'auto_assign_org_role',
        result: home.role,
        status: 'default',
        note: `no role found${mapping.entries.length > 0 ? ' and no entry of org_mapping applies' : ''}: ${home.role === '' ? 'an empty role' : home.role} in organization ${home.id} at every login, whatever role the person was given in Grafana`,
      });
      return;
    }
    for (const [org, role] of mapped.roles) {
      const raised =
        !mapped.fallback && role === person.role
          ? ' (the role of role_attribute_path counts in mapped organizations where it is higher)'
          : '';
      const step = this.#written(org, role);
      trace.add({ ...step, note: step.note + raised });
    }
  }

  #written(org: string, role: string) {
    return {
      field: 'orgRoles',
      result: { [org]: role },
      status: 'matched' as const,
      note: `${role} in organization ${org}; memberships in organizations that are not named here are removed`,
    };
  }

  #traceAdmin(person: Person, trace: Tracer): void {
    const { assignsAdmin } = this.#setup;
    if (!assignsAdmin) return;
    const { grafanaAdmin } = person;
    trace.add({
      field: 'grafanaAdmin',
      option: 'allow_assign_grafana_admin',
      result: grafanaAdmin,
      status: grafanaAdmin === null ? 'skipped' : 'matched',
      note:
        grafanaAdmin === null
          ? 'whether the person is server administrator stays as it is'
          : grafanaAdmin
            ? 'the person is server administrator from this login on'
            : `the person is not server administrator; who was one loses it at this login${person.roleFound ? '' : ', although no role was found'}`,
    });
  }

  /* ---- e-mail ---- */

  #askForEmail(person: Person): void {
    const setup = this.#setup;
    if (setup.apiUrl === undefined && !setup.profile.emailsWithoutApiUrl) {
      this.#trace?.add({
        field: 'email',
        source: 'emails',
        option: 'api_url',
        status: 'skipped',
        note: 'no source has an e-mail address, and api_url is unset',
      });
      return;
    }
    person.email = fetchEmail(setup, this.#exchange, this.#trace);
  }

  #checkEmail(person: Person): Denial | undefined {
    const { texts } = this.#setup.profile;
    if (person.email === '')
      return {
        rule: 'email',
        message: 'no e-mail address was found, and Grafana lets nobody in without one',
        productMessage: texts.emailMissing,
      };
    const { allowedDomains, options } = this.#setup;
    if (checkDomains(allowedDomains, person.email, options.text('allowed_domains'), this.#trace)) return undefined;
    return {
      rule: 'allowed_domains',
      message: `the domain of ${show(person.email)} is none of allowed_domains`,
      productMessage: texts.emailDomain,
    };
  }

  /* ---- the end ---- */

  /** What only the server's database decides. */
  #traceEnd(person: Person, trace: Tracer): void {
    const { profile, server, allowsSignUp } = this.#setup;
    const lookup = server.oauth_allow_insecure_email_lookup;
    const byEmail = lookup === true ? ', then by e-mail address (oauth_allow_insecure_email_lookup)' : '';
    const known = !profile.sub
      ? 'this version has no id of the person and finds users by e-mail address'
      : person.id !== ''
        ? `Grafana finds the user by "sub" (${show(person.id)})${byEmail}; a user with the same login or e-mail address from elsewhere makes the first login fail ("User sync failed")`
        : lookup === true
          ? 'no source has a "sub": Grafana finds the user by e-mail address'
          : 'no source has a "sub": the first login creates the user, every later one fails with "User sync failed" unless [auth] oauth_allow_insecure_email_lookup is on';
    trace.add({
      field: 'identity',
      ...(person.id !== '' && { result: person.id }),
      status: person.id === '' ? 'empty' : 'matched',
      note: known,
    });
    if (!allowsSignUp)
      trace.add({
        field: 'access',
        option: 'allow_sign_up',
        result: false,
        status: 'default',
        note: `a person Grafana does not know yet is refused: "${profile.texts.signUpDisabled}"; whether this one is known only Grafana's database says`,
        certainty: 'undetermined',
      });
  }

  #refuse(rule: string, message: string, productMessage: string): never {
    throw new Refusal('denied', { rule, message, productMessage });
  }

  #refuseRole(message: string, productMessage: string): never {
    this.#refuse('role_attribute_strict', message, productMessage);
  }

  #explain(problem: unknown): Refusal {
    if (problem instanceof Refusal) return problem;
    if (problem instanceof EmailsFailure)
      return new Refusal('error', {
        rule: 'emails',
        message: 'no source has an e-mail address, and the request for one failed',
        productMessage: problem.message,
      });
    if (problem instanceof OrgPathFailure) {
      const { error } = problem.result;
      return new Refusal('error', {
        rule: 'org_attribute_path',
        message: `org_attribute_path cannot be evaluated, which ends the login: ${error.message}`,
        productMessage: error.productMessage ?? null,
      });
    }
    if (problem instanceof TokenPanic)
      return new Refusal('error', {
        rule: 'id_token_attribute_name',
        message: `"${this.#setup.tokenAttribute}" of the token answer is ${kindOf(problem.found)}, no text: this version breaks down on it (HTTP 500)`,
        productMessage: `interface conversion: interface {} is ${goType(problem.found)}, not string`,
      });
    if (problem instanceof ExpressionPanic)
      return new Refusal('error', {
        rule: 'expression',
        message: `${problem.option} makes Grafana's expression library break down (HTTP 500): ${problem.error.message}`,
        productMessage: problem.error.productMessage ?? null,
      });
    throw problem;
  }

  #presence() {
    const { paths, profile } = this.#setup;
    const { role, groups, orgs, login, name, email } = paths;
    const read = profile.accessToken ? THREE_SOURCES : TWO_SOURCES;
    return claimPresence([role, groups, orgs, login, name, email], this.#sources.documents, read);
  }

  #verdict(outcome: Verdict['outcome'], user: GrafanaUser | null, denial: Denial | null): Verdict {
    return {
      outcome,
      user,
      denial,
      requests: this.#exchange.requests,
      steps: this.#trace?.steps ?? [],
      ...(this.#trace && { claims: this.#presence() }),
      undetermined: this.#undetermined,
    };
  }
}

const NO_SOURCES: Sources = { readable: [], documents: new Map() };
const THREE_SOURCES: readonly SourceName[] = ['id_token', 'userinfo', 'access_token'];
const TWO_SOURCES: readonly SourceName[] = ['id_token', 'userinfo'];

const SKIPPED = {
  field: 'role',
  option: 'skip_org_role_sync',
  status: 'skipped',
  note: 'skip_org_role_sync is on: neither role nor server administrator nor organizations are looked for, strict mode does not apply; memberships stay as they are, a new user gets auto_assign_org_role',
} as const;

const NO_GLOBAL_SKIP = {
  field: 'role',
  option: 'oauth_skip_org_role_update_sync',
  status: 'ignored',
  note: '[auth] oauth_skip_org_role_update_sync has no effect from 11.0 on; the option of this provider is skip_org_role_sync',
} as const;

function goType(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'number') return 'float64';
  return typeof value === 'boolean' ? 'bool' : 'map[string]interface {}';
}
