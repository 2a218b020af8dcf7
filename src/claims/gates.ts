/**
 * Who gets in: the checks after a person's data is known, in the order Grafana makes them. Source: the study of Grafana's
 * resolution, "Groups, teams, organisations, domains, lists".
 */

import type { ListReading } from '../settings/read.js';
import { goLower } from '../text/go-text.js';
import { asTexts } from './attribute-path.js';
import { readEmails, readOrgLogins, readTeamIds } from './documents.js';
import type { Exchange } from './exchange.js';
import type { GenericSetup } from './generic-setup.js';
import { failedRequest } from './sources.js';
import { show, type Tracer } from './tracer.js';

/** `/emails` gave no answer that can be used: the login ends. */
export class EmailsFailure {
  /** In the product's words. */
  constructor(readonly message: string) {}
}

/** The first primary address behind `api_url`; empty where there is none. Throws EmailsFailure. */
export function fetchEmail(setup: GenericSetup, exchange: Exchange, trace: Tracer | undefined): string {
  const step = { field: 'email', source: 'emails', option: 'api_url', expression: setup.emailsUrl.text };
  const answer = exchange.get('emails', setup.emailsUrl);
  if (!answer.ok) {
    trace?.add({
      ...step,
      status: 'error',
      note: failedRequest(answer, 'no source has an e-mail address, and this ends the login'),
    });
    throw new EmailsFailure(`Error getting email address: ${answer.error}`);
  }
  const emails = readEmails(answer.body);
  if (!emails.ok) {
    trace?.add({
      ...step,
      status: 'error',
      note: `its answer is neither a list of addresses nor an object with "values" (${emails.refusal.error}); this ends the login`,
    });
    throw new EmailsFailure(`Error decoding email addresses response: ${emails.refusal.error}`);
  }
  const primary = emails.value.find((record) => record.primary || record.is_primary);
  trace?.add({
    ...step,
    ...(primary && { result: primary.email }),
    status: primary === undefined || primary.email === '' ? 'empty' : 'matched',
    note:
      primary === undefined
        ? `none of its ${emails.value.length} addresses is marked as primary (whether one is verified does not matter)`
        : 'the first address marked as primary, verified or not',
  });
  return primary?.email ?? '';
}

/** Team ids of the person; undefined where Grafana did not ask for any. */
export interface Membership {
  readonly allowed: boolean;
  readonly found: readonly string[];
}

/** `team_ids`. Any failure on the way counts as being in no team. */
export function checkTeams(setup: GenericSetup, exchange: Exchange, trace: Tracer | undefined): Membership {
  const { items } = setup.teamIds;
  const step = { field: 'access', option: 'team_ids' };
  if (items.length === 0) {
    if (trace && setup.options.text('team_ids') !== '') trace.add({ ...step, ...openGate(setup.teamIds) });
    return { allowed: true, found: [] };
  }
  const found = setup.teamsUrl === undefined ? oldTeams(setup, exchange, trace) : teams(setup, exchange, trace);
  const allowed = items.some((item) => found.includes(item));
  trace?.add({
    ...step,
    result: found,
    status: allowed ? 'matched' : 'empty',
    note: compare(items, found, 'team', allowed),
  });
  return { allowed, found };
}

function teams(setup: GenericSetup, exchange: Exchange, trace: Tracer | undefined): readonly string[] {
  const path = setup.paths.teams;
  const step = { field: 'teams', source: 'teams' };
  if (path === undefined) {
    trace?.add({
      ...step,
      option: 'team_ids_attribute_path',
      status: 'skipped',
      note: 'teams_url is set and team_ids_attribute_path is not: Grafana asks nothing, nobody is in any team',
    });
    return [];
  }
  const answer = exchange.get('teams', setup.teamsUrl!);
  if (!answer.ok) {
    trace?.add({
      ...step,
      option: 'teams_url',
      status: 'error',
      note: failedRequest(answer, 'the person counts as being in no team'),
    });
    return [];
  }
  const result = path.evaluate(answer.body.document());
  const found = asTexts(result);
  const list = result.ok && Array.isArray(result.value) ? result.value : undefined;
  trace?.path(
    {
      ...step,
      ...(found.length > 0 && { status: 'matched' as const }),
      note: !result.ok
        ? 'counts as no teams'
        : list === undefined
          ? 'the result is no list and counts as no teams'
          : list.length > found.length
            ? 'elements that are no texts are left out; numbers need to_string()'
            : `answer of ${answer.url}`,
    },
    path,
    result,
  );
  return found;
}

function oldTeams(setup: GenericSetup, exchange: Exchange, trace: Tracer | undefined): readonly string[] {
  const step = { field: 'teams', source: 'teams', option: 'api_url', expression: setup.oldTeamsUrl.text };
  const answer = exchange.get('teams', setup.oldTeamsUrl);
  if (!answer.ok) {
    trace?.add({
      ...step,
      status: 'error',
      note: failedRequest(
        answer,
        'the person counts as being in no team (teams_url is unset, so this is where teams come from)',
      ),
    });
    return [];
  }
  const ids = readTeamIds(answer.body);
  if (!ids.ok) {
    trace?.add({
      ...step,
      status: 'error',
      note: `its answer is no list of objects with a whole number "id" (${ids.refusal.error}); counts as no teams`,
    });
    return [];
  }
  trace?.add({
    ...step,
    result: ids.value,
    status: ids.value.length > 0 ? 'matched' : 'empty',
    ...(setup.paths.teams && { note: 'team_ids_attribute_path has no effect without teams_url' }),
  });
  return ids.value;
}

/** `allowed_organizations`. Any failure on the way counts as being in no organization. */
export function checkOrganizations(setup: GenericSetup, exchange: Exchange, trace: Tracer | undefined): Membership {
  const { items } = setup.allowedOrganizations;
  const step = { field: 'access', option: 'allowed_organizations' };
  if (items.length === 0) {
    if (trace && setup.options.text('allowed_organizations') !== '')
      trace.add({ ...step, ...openGate(setup.allowedOrganizations) });
    return { allowed: true, found: [] };
  }
  const answer = exchange.get('orgs', setup.orgsUrl);
  const logins = answer.ok ? readOrgLogins(answer.body) : undefined;
  const found = logins?.ok ? logins.value : [];
  const allowed = items.some((item) => found.includes(item));
  if (trace) {
    const asked = { field: 'organizations', source: 'orgs', option: 'api_url', expression: setup.orgsUrl.text };
    if (!answer.ok)
      trace.add({
        ...asked,
        status: 'error',
        note: failedRequest(answer, 'the person counts as being in no organization'),
      });
    else if (!logins!.ok)
      trace.add({
        ...asked,
        status: 'error',
        note: `its answer is no list of objects with a text "login" (${logins!.refusal.error}); counts as no organizations`,
      });
    else trace.add({ ...asked, result: found, status: found.length > 0 ? 'matched' : 'empty' });
    trace.add({
      ...step,
      result: found,
      status: allowed ? 'matched' : 'empty',
      note: compare(items, found, 'organization', allowed),
    });
  }
  return { allowed, found };
}

/** `allowed_groups`. */
export function checkGroups(setup: GenericSetup, groups: readonly string[], trace: Tracer | undefined): boolean {
  const { items } = setup.allowedGroups;
  const step = { field: 'access', option: 'allowed_groups' };
  if (!setup.profile.allowedGroups) {
    if (trace && items.length > 0)
      trace.add({
        ...step,
        status: 'ignored',
        note: 'this version does not read allowed_groups for generic OAuth (10.1 and later do): nobody is kept out',
      });
    return true;
  }
  if (items.length === 0) {
    if (trace && setup.options.text('allowed_groups') !== '') trace.add({ ...step, ...openGate(setup.allowedGroups) });
    return true;
  }
  const allowed = items.some((item) => groups.includes(item));
  trace?.add({
    ...step,
    result: groups,
    status: allowed ? 'matched' : 'empty',
    note:
      setup.paths.groups === undefined
        ? 'groups_attribute_path is unset, so nobody is in any group'
        : compare(items, groups, 'group', allowed),
  });
  return allowed;
}

/** `allowed_domains`: the address ends in `@` and one of them, in any case. */
export function checkDomains(domains: ListReading, email: string, text: string, trace: Tracer | undefined): boolean {
  const step = { field: 'access', option: 'allowed_domains' };
  if (domains.items.length === 0) {
    if (trace && text !== '') trace.add({ ...step, ...openGate(domains) });
    return true;
  }
  const lowered = goLower(email);
  const match = domains.items.find((domain) => lowered.endsWith(goLower(`@${domain}`)));
  trace?.add({
    ...step,
    result: email,
    status: match === undefined ? 'empty' : 'matched',
    note:
      match === undefined
        ? `${show(email)} ends in none of ${domains.items.map((domain) => show(`@${domain}`)).join(', ')}; subdomains and wildcards do not count`
        : `ends in ${show(`@${match}`)}`,
  });
  return match !== undefined;
}

/** A list that was configured and came out empty lets everybody in. */
function openGate(list: ListReading): { status: 'ignored'; note: string } {
  return {
    status: 'ignored',
    note:
      list.error === undefined
        ? 'the list is empty: no restriction'
        : `the list is broken (${list.error}) and therefore empty: no restriction, everybody gets in`,
  };
}

/** People may be in more groups than a sentence can hold. */
const MOST_NAMED = 20;

function compare(wanted: readonly string[], found: readonly string[], what: string, allowed: boolean): string {
  const list = (items: readonly string[]) => {
    const rest = items.length - MOST_NAMED;
    return items.slice(0, MOST_NAMED).map(show).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  };
  if (allowed) return `in ${list(wanted.filter((item) => found.includes(item)))}`;
  const close = wanted.flatMap((item) =>
    found
      .filter((other) => goLower(other.trim()) === goLower(item.trim()))
      .slice(0, MOST_NAMED)
      .map((other) => `${show(other)} is not ${show(item)}`),
  );
  const seen = found.length === 0 ? `the person is in no ${what}` : `the person is in ${list(found)}`;
  return `needed: one of ${list(wanted)}; ${seen}${close.length > 0 ? ` (${close.join('; ')}: case and blanks count)` : ''}`;
}
