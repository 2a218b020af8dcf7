/** What the trace says about `org_mapping`. */
import type { GenericSetup } from './generic-setup.js';
import { ALL_ORGS, type MappedRoles, type MappingEntry, type OrgMapping } from './org-mapping.js';
import type { Person } from './person.js';
import type { StepStatus, TraceStep } from './trace.js';
import { show, type Tracer } from './tracer.js';

/** A role that is written to the database. */
export function written(org: string, role: string): TraceStep & { readonly note: string } {
  return {
    field: 'orgRoles',
    result: { [org]: role },
    status: 'matched',
    note: `${role} in organization ${org}; memberships in organizations that are not named here are removed`,
  };
}

const STEP = { field: 'orgRoles', option: 'org_mapping' } as const;

export function traceMapping(
  setup: GenericSetup,
  mapping: OrgMapping,
  mapped: MappedRoles,
  person: Person,
  trace: Tracer,
): void {
  const { home, orgMapping } = setup;
  if (orgMapping.error !== undefined)
    trace.add({ ...STEP, status: 'ignored', note: `the list is broken (${orgMapping.error}) and therefore empty` });
  for (const entry of mapping.entries)
    trace.add({
      ...STEP,
      expression: entry.text,
      ...describe(entry, mapping, person.orgs),
      ...(entry.unknownState && { certainty: 'undetermined' as const }),
    });
  if (mapped.roles === null) {
    const note = 'Grafana cannot list its organizations: memberships stay as they are, the login goes on';
    trace.add({ ...STEP, status: 'error', note });
    return;
  }
  if (mapped.unknownState) {
    const note =
      'an entry for all organizations applies; which there are is not known here ("organizations" of the payload)';
    trace.add({ ...STEP, status: 'empty', note, certainty: 'undetermined' });
  }
  if (mapped.roles.size === 0) return;
  if (mapped.fallback && person.role === '') {
    const why = mapping.entries.length > 0 ? 'no role found and no entry of org_mapping applies' : 'no role found';
    trace.add({
      field: 'role',
      option: 'auto_assign_org_role',
      result: home.role,
      status: 'default',
      note: `${why}: ${home.role === '' ? 'an empty role' : home.role} in organization ${home.id} at every login, whatever role the person was given in Grafana`,
    });
    return;
  }
  for (const [org, role] of mapped.roles) {
    const step = written(org, role);
    const raised = !mapped.fallback && role === person.role;
    trace.add(raised ? { ...step, note: `${step.note} (${RAISED})` } : step);
  }
}

const RAISED = 'the role of role_attribute_path counts in mapped organizations where it is higher';

function describe(
  entry: MappingEntry,
  mapping: OrgMapping,
  externals: readonly string[],
): { status: StepStatus; note: string; result?: string } {
  if (mapping.voided === entry)
    return { status: 'ignored', note: `${entry.problem}; with role_attribute_strict this voids the whole org_mapping` };
  if (mapping.voided !== undefined) return { status: 'ignored', note: 'void, because of a bad entry in strict mode' };
  if (entry.org === undefined) {
    const hint = entry.unknownState ? '; give "organizations" (name → id) with the payload to have it looked up' : '';
    return { status: 'ignored', note: `${entry.problem}: skipped${hint}` };
  }
  if (entry.external !== '*' && !externals.includes(entry.external))
    return { status: 'empty', note: `the person is not in ${show(entry.external)}` };
  const why = entry.external === '*' ? 'holds for everybody' : `the person is in ${show(entry.external)}`;
  return {
    status: 'matched',
    result: `${entry.role} in ${entry.org === ALL_ORGS ? 'every organization' : `organization ${entry.org}`}`,
    note: entry.problem === undefined ? why : `${why}; ${entry.problem}, so Viewer`,
  };
}
