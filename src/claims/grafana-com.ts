/**
 * One login through grafana.com (Grafana Cloud): a single document decides everything. Source: the study of Grafana's
 * resolution, "grafana_com"; the version study, section 7.
 */
import type { ProviderSettings } from '../settings/provider.js';
import type { ListReading } from '../settings/read.js';
import { type ComUser, readComUser } from './documents.js';
import { type LoginEnvelope, recordedAnswers } from './envelope.js';
import { type Address, address, Exchange } from './exchange.js';
import type { DefaultOrg } from './org-mapping.js';
import { type ClaimsProfile, claimsProfile } from './profile.js';
import { isRole } from './roles.js';
import { homeOrg, type LoginServer } from './server.js';
import { failedRequest } from './sources.js';
import type { Denial } from './trace.js';
import { show, Tracer } from './tracer.js';
import type { GrafanaUser, Verdict } from './verdict.js';

export interface ComSetup {
  readonly profile: ClaimsProfile;
  readonly options: ProviderSettings;
  readonly server: LoginServer;
  readonly userUrl: Address;
  readonly skipsRoleSync: boolean;
  readonly allowedOrganizations: ListReading;
  readonly home: DefaultOrg;
}

export function comSetup(options: ProviderSettings, server: LoginServer): ComSetup {
  return {
    profile: claimsProfile(options.profile.id),
    options,
    server,
    userUrl: address(`${server.grafana_com_url}/api/oauth2/user`),
    skipsRoleSync: options.flag('skip_org_role_sync'),
    allowedOrganizations: options.list('allowed_organizations'),
    home: { id: homeOrg(server), role: server.auto_assign_org_role },
  };
}

/** Options that generic OAuth knows and this provider does not look at. */
const IGNORED = [
  'api_url',
  'role_attribute_path',
  'role_attribute_strict',
  'allow_assign_grafana_admin',
  'login_attribute_path',
  'name_attribute_path',
  'email_attribute_path',
  'email_attribute_name',
  'groups_attribute_path',
  'allowed_groups',
  'allowed_domains',
  'team_ids',
  'org_mapping',
  'org_attribute_path',
];

export function resolveGrafanaCom(setup: ComSetup, envelope: LoginEnvelope, traced: boolean): Verdict {
  const trace = traced ? new Tracer() : undefined;
  const exchange = new Exchange(recordedAnswers(envelope), false);
  const end = (outcome: Verdict['outcome'], user: GrafanaUser | null, denial: Denial | null): Verdict => {
    if (denial) trace?.add({ field: 'access', status: 'error', note: denial.message });
    return { outcome, user, denial, requests: exchange.requests, steps: trace?.steps ?? [] };
  };
  const { profile, options } = setup;

  if (options.notCreated) {
    const { message, productMessage } = options.notCreated;
    return end('error', null, { rule: 'config', message, productMessage });
  }
  for (const option of IGNORED)
    if (trace && options.setting(option)?.origin.origin !== 'default' && options.text(option) !== '')
      trace.add({ field: 'source', option, status: 'ignored', note: 'has no effect on a login through grafana.com' });

  const answer = exchange.get('userinfo', setup.userUrl);
  if (!answer.ok) {
    trace?.add({ field: 'source', source: 'userinfo', status: 'error', note: failedRequest(answer, 'the login ends') });
    return end('error', null, {
      rule: 'userinfo',
      message: 'the request for the user document failed',
      productMessage: `Error getting user info: ${answer.error}`,
    });
  }
  const read = readComUser(answer.body);
  if (!read.ok) {
    const { error, type } = read.refusal;
    trace?.add({
      field: 'source',
      source: 'userinfo',
      status: 'error',
      note:
        type === undefined || type.field === ''
          ? `the user document is no JSON object (${error})`
          : `"${type.field}" of the user document has a wrong type (${error})`,
    });
    return end('error', null, {
      rule: 'userinfo',
      message: 'the user document cannot be read',
      productMessage: `Error getting user info: ${error}`,
    });
  }
  const found = read.value;
  if (trace) traceFields(trace, found, answer.url);
  const { orgRoles, mappedRole } = roles(setup, found.role, trace);

  const logins = (found.orgs ?? []).map((org) => org.login);
  if (!isMember(setup, logins, trace))
    return end('denied', null, {
      rule: 'allowed_organizations',
      message: 'the person is in none of the organizations of allowed_organizations',
      productMessage: profile.texts.comOrganization,
    });

  const user: GrafanaUser = {
    id: found.id,
    login: found.username,
    name: found.name,
    email: found.email,
    role: orgRoles?.[setup.home.id] ?? '',
    mappedRole,
    grafanaAdmin: null,
    groups: [],
    teams: [],
    organizations: logins,
    orgRoles,
  };
  if (found.email === '')
    return end('denied', user, {
      rule: 'email',
      message: 'the user document has no e-mail address, and Grafana lets nobody in without one',
      productMessage: profile.texts.emailMissing,
    });
  if (trace && !options.flag('allow_sign_up'))
    trace.add({
      field: 'access',
      option: 'allow_sign_up',
      result: false,
      status: 'default',
      note: `a person Grafana does not know yet is refused: "${profile.texts.signUpDisabled}"; whether this one is known only Grafana's database says`,
    });
  return end('allowed', user, null);
}

interface ComRoles {
  readonly orgRoles: Record<string, string> | null;
  readonly mappedRole: string;
}

function roles(setup: ComSetup, role: string, trace: Tracer | undefined): ComRoles {
  const { profile, server, home } = setup;
  const step = { field: 'role', source: 'userinfo', expression: 'role', ...(role !== '' && { result: role }) };
  if (setup.skipsRoleSync) {
    trace?.add({
      ...step,
      option: 'skip_org_role_sync',
      status: 'skipped',
      note: 'skip_org_role_sync is on: the role is not used, memberships stay as they are',
    });
    return { orgRoles: profile.comNoSync === 'null' ? null : {}, mappedRole: '' };
  }
  const valid = isRole(profile, role);
  const mapper = profile.comRoleFlow === 'mapper';
  const mappedRole = mapper ? '' : role;
  const unknown =
    role === ''
      ? 'no role'
      : `${show(role)} is no role (exactly ${profile.roles.join(', ')}; nothing is title-cased here)`;
  if (server.oauth_skip_org_role_update_sync && profile.comGlobalSkip) {
    trace?.add({
      ...step,
      option: 'oauth_skip_org_role_update_sync',
      status: 'skipped',
      note: '[auth] oauth_skip_org_role_update_sync is on: memberships stay as they are',
    });
    return { orgRoles: {}, mappedRole };
  }
  if (valid) {
    trace?.add({
      ...step,
      status: 'matched',
      note: `${role} in organization ${home.id}; memberships in other organizations are removed`,
    });
    return { orgRoles: { [home.id]: role }, mappedRole };
  }
  if (!mapper) {
    trace?.add({
      ...step,
      status: role === '' ? 'empty' : 'ignored',
      note: `${unknown}: a member keeps the role there is, at the first login Grafana gives auto_assign_org_role (${server.auto_assign_org_role || 'unset'})`,
    });
    return { orgRoles: {}, mappedRole };
  }
  trace?.add({ ...step, status: role === '' ? 'empty' : 'ignored', note: unknown });
  trace?.add({
    field: 'role',
    option: 'auto_assign_org_role',
    result: home.role,
    status: 'default',
    note: `${home.role === '' ? 'an empty role' : home.role} in organization ${home.id} at every login, whatever role the person was given in Grafana`,
  });
  return { orgRoles: { [home.id]: home.role }, mappedRole };
}

function isMember(setup: ComSetup, logins: readonly string[], trace: Tracer | undefined): boolean {
  const { items, error } = setup.allowedOrganizations;
  const step = { field: 'access', option: 'allowed_organizations' };
  if (items.length === 0) {
    if (error !== undefined)
      trace?.add({
        ...step,
        status: 'ignored',
        note: `the list is broken (${error}) and therefore empty: no restriction, everybody gets in`,
      });
    return true;
  }
  const match = items.find((item) => logins.includes(item));
  trace?.add({
    ...step,
    result: logins,
    status: match === undefined ? 'empty' : 'matched',
    note:
      match === undefined
        ? `needed: one of ${items.map(show).join(', ')}; the person is in ${logins.length === 0 ? 'none' : logins.map(show).join(', ')} (compared with "login" of "orgs", the slug, case counts)`
        : `in ${show(match)}`,
  });
  return match !== undefined;
}

function traceFields(trace: Tracer, user: ComUser, url: string): void {
  trace.add({ field: 'source', source: 'userinfo', status: 'matched', note: `answer of ${url}; the only source` });
  for (const [field, claim, value] of [
    ['id', 'id', user.id],
    ['name', 'name', user.name],
    ['login', 'username', user.username],
    ['email', 'email', user.email],
  ] as const)
    trace.add({
      field,
      source: 'userinfo',
      expression: claim,
      ...(value !== '' && { result: value }),
      status: value === '' ? 'empty' : 'matched',
    });
}
