/**
 * From the role the sources gave to the organization roles Grafana writes. Three ways, by version: the role is kept as it is, it
 * has a default, or it goes through `org_mapping`. Source: the version study, sections 2 and 6.
 */
import type { GenericSetup } from './generic-setup.js';
import { traceMapping, written } from './mapping-trace.js';
import { type KnownOrgs, mapOrgRoles, readOrgMapping } from './org-mapping.js';
import type { Person } from './person.js';
import { refuse } from './refusal.js';
import { isRole } from './roles.js';
import type { TraceStep } from './trace.js';
import { show, type Tracer } from './tracer.js';

export interface OrgRoles {
  /** Organization id → role; null: memberships are left alone. */
  readonly roles: ReadonlyMap<string, string> | null;
  /** The result depends on organizations of the server that nobody named. */
  readonly undetermined: boolean;
}

/** Changes the person's role and flag where the version does. Throws Refusal in strict mode. */
export function organizationRoles(
  setup: GenericSetup,
  person: Person,
  orgs: KnownOrgs,
  trace: Tracer | undefined,
): OrgRoles {
  if (trace && setup.profile.orgMapping === null) traceUnreadMapping(setup, trace);
  switch (setup.profile.roleFlow) {
    case 'keep':
      return { roles: keepRole(setup, person, trace), undetermined: false };
    case 'default':
      return { roles: defaultRole(setup, person, trace), undetermined: false };
    case 'mapper':
      return mapRoles(setup, person, orgs, trace);
  }
}

/** Through 10.0: an invalid or missing role leaves memberships alone. */
function keepRole(setup: GenericSetup, person: Person, trace: Tracer | undefined): Map<string, string> {
  const { profile, server, strict, home } = setup;
  const valid = isRole(profile, person.role);
  if (trace) traceKeptSwitches(setup, trace);
  if (strict && !valid) {
    const text = profile.texts.strict.replace('{role}', person.role === '' ? '" "' : person.role);
    const message = person.role === '' ? 'no role was found' : `${show(person.role)} is no role`;
    refuseRole(message, text);
  }
  if (valid && !server.oauth_skip_org_role_update_sync) {
    trace?.add(written(home.id, person.role));
    return new Map([[home.id, person.role]]);
  }
  if (trace && setup.computesRole)
    trace.add({
      field: 'role',
      status: 'default',
      note: `no role to synchronize: a member keeps the role there is, at the first login Grafana gives auto_assign_org_role (${server.auto_assign_org_role || 'unset'}) in organization ${home.id}`,
    });
  return new Map();
}

/** 10.1 to 11.0: without a role, `auto_assign_org_role` at every login. */
function defaultRole(setup: GenericSetup, person: Person, trace: Tracer | undefined): Map<string, string> {
  const { profile, server, strict, home, skipsRoleSync } = setup;
  if (skipsRoleSync) {
    trace?.add(SKIPPED);
    return new Map();
  }
  if (person.role === '') {
    if (strict) refuseRole('no source gave a valid role', profile.texts.strict);
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
  if (isRole(profile, person.role)) {
    trace?.add(written(home.id, person.role));
    return new Map([[home.id, person.role]]);
  }
  trace?.add({
    field: 'role',
    option: 'auto_assign_org_role',
    result: person.role,
    status: 'ignored',
    note: `${show(person.role)} is no role: memberships stay as they are`,
  });
  return new Map();
}

/** From 11.1: through `org_mapping`, else as before; the role of the user itself has no default. */
function mapRoles(setup: GenericSetup, person: Person, orgs: KnownOrgs, trace: Tracer | undefined): OrgRoles {
  const { profile, strict, home, skipsRoleSync, server } = setup;
  if (trace && server.oauth_skip_org_role_update_sync) trace.add(NO_GLOBAL_SKIP);
  if (skipsRoleSync) {
    trace?.add(SKIPPED);
    return { roles: null, undetermined: false };
  }
  const mapping = readOrgMapping(setup.orgMapping.items, profile, orgs, strict);
  const mapped = mapOrgRoles(mapping, person.orgs, person.role, strict, home, orgs);
  if (trace) traceMapping(setup, mapping, mapped, person, trace);
  const undetermined = mapped.unknownState === true || mapping.entries.some((entry) => entry.unknownState);
  if (strict && (mapped.roles === null || mapped.roles.size === 0))
    refuseRole(
      setup.orgMapping.items.length === 0
        ? 'no source gave a valid role'
        : 'neither role_attribute_path nor org_mapping gave a role',
      profile.texts.strict,
      undetermined,
    );
  return { roles: mapped.roles, undetermined };
}

function refuseRole(message: string, productMessage: string, undetermined = false): never {
  refuse('role_attribute_strict', `role_attribute_strict is on and ${message}`, productMessage, undetermined);
}

function traceKeptSwitches(setup: GenericSetup, trace: Tracer): void {
  if (!setup.computesRole)
    trace.add({
      field: 'role',
      option: 'oauth_skip_org_role_update_sync',
      status: 'skipped',
      note: '[auth] oauth_skip_org_role_update_sync is on: neither role nor server administrator is looked for, memberships stay as they are',
    });
  if (setup.options.flag('skip_org_role_sync'))
    trace.add({
      field: 'role',
      option: 'skip_org_role_sync',
      status: 'ignored',
      note: 'has no effect at login in this version (10.1 and later honour it)',
    });
}

function traceUnreadMapping(setup: GenericSetup, trace: Tracer): void {
  for (const option of ['org_mapping', 'org_attribute_path'])
    if (setup.options.text(option) !== '')
      trace.add({
        field: 'orgRoles',
        option,
        status: 'ignored',
        note: 'this version does not read it (11.1 and later do)',
      });
}

const SKIPPED: TraceStep = {
  field: 'role',
  option: 'skip_org_role_sync',
  status: 'skipped',
  note: 'skip_org_role_sync is on: neither role nor server administrator nor organizations are looked for, strict mode does not apply; memberships stay as they are, a new user gets auto_assign_org_role',
};

const NO_GLOBAL_SKIP: TraceStep = {
  field: 'role',
  option: 'oauth_skip_org_role_update_sync',
  status: 'ignored',
  note: '[auth] oauth_skip_org_role_update_sync has no effect from 11.0 on; the option of this provider is skip_org_role_sync',
};
