/**
 * One login through generic OAuth, from the token answer to the verdict, in the order of Grafana's own steps.
 * Source: the version study and the study of Grafana's resolution; what differs by version is in the profile.
 */
import { knownOrgs, type LoginEnvelope, recordedAnswers, recordedToken } from './envelope.js';
import { Exchange } from './exchange.js';
import { checkDomains, checkGroups, checkOrganizations, checkTeams, fetchEmail } from './gates.js';
import type { GenericSetup } from './generic-setup.js';
import type { KnownOrgs } from './org-mapping.js';
import { organizationRoles } from './org-roles.js';
import { Person } from './person.js';
import { claimPresence } from './presence.js';
import { explain, Refusal, refuse } from './refusal.js';
import { readSources, type SourceName, type Sources } from './sources.js';
import type { ClaimPresence, Denial } from './trace.js';
import { show, Tracer } from './tracer.js';
import type { GrafanaUser, Verdict } from './verdict.js';

export function resolveGenericOAuth(setup: GenericSetup, envelope: LoginEnvelope, traced: boolean): Verdict {
  return new GenericLogin(setup, envelope, traced).run();
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
      const refusal = explain(problem, this.#setup.tokenAttribute);
      this.#undetermined ||= refusal.undetermined;
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
    this.#undetermined = person.random;
    const { roles: orgRoles, undetermined } = organizationRoles(setup, person, this.#orgs, this.#trace);
    this.#undetermined ||= undetermined;

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
    if (!teams.allowed) refuse('team_ids', 'the person is in none of the teams of team_ids', setup.profile.texts.team);
    const organizations = checkOrganizations(setup, this.#exchange, this.#trace);
    if (!organizations.allowed)
      refuse(
        'allowed_organizations',
        'the person is in none of the organizations of allowed_organizations',
        setup.profile.texts.organization,
      );
    if (!checkGroups(setup, person.groups, this.#trace))
      refuse('allowed_groups', 'the person is in none of the groups of allowed_groups', setup.profile.texts.group);

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
      });
  }

  #presence(): ClaimPresence[] {
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
const TWO_SOURCES: readonly SourceName[] = ['id_token', 'userinfo'];
const THREE_SOURCES: readonly SourceName[] = ['id_token', 'userinfo', 'access_token'];
