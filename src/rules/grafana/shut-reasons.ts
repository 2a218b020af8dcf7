/**
 * Why a login provider lets nobody in: what a configuration alone shows, whoever the person is. Only what is certain: a value
 * that is not known here, and what another server could do differently, is no reason.
 */

import { readOrgMapping } from '../../claims/org-mapping.js';
import { claimsProfile } from '../../claims/profile.js';
import { type ProviderSettings, readProvider, readServer } from '../../settings/provider.js';
import type { AccessReason } from '../access.js';
import { expressionsOf, hasRolePath, isOn, mapsOrgs, roleOf, skipsRoleSync } from './expressions.js';
import { variable } from './missing-client-id.js';
import { findPlaceholder, findUrlPlaceholder } from './placeholders.js';
import type { GrafanaSubject, Place, ProviderView } from './subject.js';
import { cite, givenTo, isOidc, providerBehind, rootUrl, unknownPart } from './support.js';
import { ownerOf, readUrl, urlParts } from './urls.js';

export interface ShutReason extends AccessReason {
  /** `request`: the login never comes back from the provider; `person`: what is known of a person then refuses everybody. */
  readonly stage: 'request' | 'person';
}

/** Places are looked up only for what is said: most providers are in order. */
type Add = (stage: ShutReason['stage'], rule: string, message: string, place: () => Place) => void;

/** In the order a login meets them; empty where somebody may get in. */
export function shutReasons(
  subject: GrafanaSubject,
  provider: ProviderView,
  settings: ProviderSettings = readProvider(subject.config, provider.section),
): readonly ShutReason[] {
  const found: ShutReason[] = [];
  const add: Add = (stage, rule, message, place) => {
    const { path, range, source, section, option } = place();
    found.push({
      stage,
      rule,
      message,
      ...(section === undefined ? {} : { section }),
      ...(option === undefined ? {} : { option }),
      ...(path === undefined ? {} : { path }),
      ...(range === undefined ? {} : { range }),
      ...(source === undefined ? {} : { source }),
    });
  };
  const { notCreated } = settings;
  if (notCreated) {
    const message = `Grafana ${subject.profile.asked} does not create it, because ${notCreated.option} is ${cite(notCreated.value, 20)}`;
    add('person', 'bool-nonstandard', message, () => provider.at(notCreated.option));
    return found;
  }
  client(subject, provider, add);
  addresses(subject, provider, add);
  certificates(provider, add);
  stateCookie(subject, provider, add);
  if (provider.isCloud) return found;
  strictRole(subject, provider, settings, add);
  domains(subject, provider, settings, add);
  if (!provider.isGeneric) return found;
  organizations(subject, provider, settings, add);
  teams(subject, provider, settings, add);
  groups(subject, provider, settings, add);
  return found;
}

/** What may still be set elsewhere is said, where no environment was given. */
function notSet(subject: GrafanaSubject, section: string, key: string): string {
  return subject.config.envGiven
    ? `${key} is not set`
    : `${key} is not set (unless ${variable(section, key)} sets it: give --env)`;
}

function client(subject: GrafanaSubject, provider: ProviderView, add: Add): void {
  const key = 'client_id';
  const place = () => provider.at(key);
  if (!givenTo(provider, key)) add('request', 'missing-client-id', notSet(subject, provider.section, key), place);
  else if (unknownPart(subject, provider, key) === undefined && findPlaceholder(provider.text(key)))
    add('request', 'placeholder', 'client_id is a placeholder', place);
}

function addresses(subject: GrafanaSubject, provider: ProviderView, add: Add): void {
  // The address of grafana.com is not among the options of its section.
  if (provider.isCloud) return;
  for (const key of ['auth_url', 'token_url']) {
    if (unknownPart(subject, provider, key) !== undefined) continue;
    const value = provider.text(key);
    const place = () => provider.at(key);
    if (value === '') add('request', 'missing-endpoint', notSet(subject, provider.section, key), place);
    else if (findUrlPlaceholder(value)) add('request', 'placeholder', `${key} is a placeholder`, place);
    else {
      const read = readUrl(value);
      if ('fault' in read && read.fault.kind !== 'blank')
        add('request', 'invalid-url', `${key} ${read.fault.problem}`, place);
    }
  }
}

function certificates(provider: ProviderView, add: Add): void {
  const isSet = (key: string) => givenTo(provider, key) || provider.text(key) !== '';
  const [cert, key] = [isSet('tls_client_cert'), isSet('tls_client_key')];
  if (cert === key) return;
  const [has, lacks] = cert ? ['tls_client_cert', 'tls_client_key'] : ['tls_client_key', 'tls_client_cert'];
  add('request', 'tls-pair', `${has} is set without ${lacks}`, () => provider.at(has));
}

/** A strict cookie comes back only where provider and Grafana belong to one site. */
function stateCookie(subject: GrafanaSubject, provider: ProviderView, add: Add): void {
  if (subject.text('security', 'cookie_samesite') !== 'strict') return;
  const from = provider.isCloud ? 'grafana.com' : urlParts(provider.text('auth_url'))?.host;
  const to = urlParts(rootUrl(subject))?.host;
  if (from === undefined || to === undefined || ownerOf(from) === ownerOf(to)) return;
  add('request', 'samesite-strict', 'cookie_samesite = strict keeps the state cookie from coming back', () =>
    subject.atSetting('security', 'cookie_samesite'),
  );
}

function strictRole(subject: GrafanaSubject, provider: ProviderView, settings: ProviderSettings, add: Add): void {
  const orgs = expressionOf(subject, provider, 'org_attribute_path');
  const profile = claimsProfile(subject.profile.id);
  const skips = skipsRoleSync(subject, provider);
  if (provider.isGeneric && !skips && profile.orgMapping !== null && orgs && isBroken(orgs))
    add('person', 'jmespath-syntax', 'org_attribute_path fails, which ends every login', () => orgs.place);
  if (!settings.flag('role_attribute_strict') || !hasRolePath(provider)) return;
  if (provider.isGeneric && profile.globalSkip === 'not-computed') {
    if (readServer(subject.config).oauth_skip_org_role_update_sync) {
      const message =
        'oauth_skip_org_role_update_sync leaves the role out, and role_attribute_strict refuses whoever has none';
      add('person', 'global-skip-sync', message, () => subject.atSetting('auth', 'oauth_skip_org_role_update_sync'));
      return;
    }
  }
  if (skips || mappingMayGive(subject, provider, settings)) return;
  const key = 'role_attribute_path';
  if (unknownPart(subject, provider, key) !== undefined) return;
  if (provider.text(key) === '') {
    add('person', 'strict-without-path', `role_attribute_strict has no ${key}`, () =>
      provider.at('role_attribute_strict'),
    );
    return;
  }
  const path = expressionOf(subject, provider, key);
  if (!path || mayGiveRole(subject, path)) return;
  const message = `role_attribute_strict is on and ${key} never gives a role`;
  add('person', path.error === undefined ? 'role-never-valid' : 'jmespath-syntax', message, () => path.place);
}

type Path = ReturnType<typeof expressionsOf>[number];

function expressionOf(subject: GrafanaSubject, provider: ProviderView, key: string): Path | undefined {
  if (!isOn(provider)) return undefined;
  return expressionsOf(subject).find((one) => one.provider === provider && one.key === key);
}

function isBroken({ error, reading }: Path): boolean {
  return error !== undefined || reading?.alwaysFails === true;
}

/** Some document makes it a role. */
function mayGiveRole(subject: GrafanaSubject, { reading }: Path): boolean {
  if (reading === undefined) return false;
  return reading.open || reading.texts.some(({ value }) => roleOf(subject, value).valid);
}

function mappingMayGive(subject: GrafanaSubject, provider: ProviderView, settings: ProviderSettings): boolean {
  if (!mapsOrgs(subject, provider)) return false;
  if (unknownPart(subject, provider, 'org_mapping') !== undefined) return true;
  const profile = claimsProfile(subject.profile.id);
  const mapping = readOrgMapping(settings.list('org_mapping').items, profile, undefined, true);
  if (mapping.voided !== undefined) return mapping.voided.unknownState === true;
  return mapping.roles.size > 0;
}

function domains(subject: GrafanaSubject, provider: ProviderView, settings: ProviderSettings, add: Add): void {
  const key = 'allowed_domains';
  if (unknownPart(subject, provider, key) !== undefined) return;
  const { items } = settings.list(key);
  if (items.length === 0 || !items.every(matchesNoAddress)) return;
  const what = items.length === 1 ? `${cite(items[0]!)} in ${key} is` : `all entries of ${key} are`;
  add('person', 'domain-format', `${what} no domain, so no address matches`, () => provider.at(key));
}

/** No e-mail address ends in "@" and this. */
export function matchesNoAddress(domain: string): boolean {
  return domain === '' || domain.startsWith('.') || /[@*/:\\'"`\s]/.test(domain);
}

function organizations(subject: GrafanaSubject, provider: ProviderView, settings: ProviderSettings, add: Add): void {
  const key = 'allowed_organizations';
  if (unknownPart(subject, provider, key) !== undefined || settings.list(key).items.length === 0) return;
  if (unknownPart(subject, provider, 'api_url') !== undefined) return;
  if (provider.text('api_url') === '')
    add('person', 'orgs-gate-non-github', `${key} needs api_url, which is not set`, () => provider.at(key));
  else if (providerBehind(provider)?.gitHubApi !== true && isOidc(subject, provider) === true) {
    const name = providerBehind(provider)?.name ?? 'an OpenID provider';
    add('request', 'orgs-gate-non-github', `${key} asks api_url + "/orgs", which ${name} does not have`, () =>
      provider.at(key),
    );
  }
}

function teams(subject: GrafanaSubject, provider: ProviderView, settings: ProviderSettings, add: Add): void {
  const key = 'team_ids';
  const keys = [key, 'teams_url', 'team_ids_attribute_path', 'api_url'];
  if (keys.some((one) => unknownPart(subject, provider, one) !== undefined)) return;
  const { items } = settings.teamIds();
  if (items.length === 0) return;
  if (provider.text('teams_url') !== '') {
    const path = expressionOf(subject, provider, 'team_ids_attribute_path');
    if (provider.text('team_ids_attribute_path') === '')
      add('person', 'team-gate-incomplete', `${key} has no team_ids_attribute_path`, () => provider.at(key));
    else if (path && isBroken(path))
      add(
        'person',
        'jmespath-syntax',
        'team_ids_attribute_path cannot be evaluated, so nobody has a team',
        () => path.place,
      );
  } else if (provider.text('api_url') === '')
    add('person', 'team-gate-legacy', `${key} has neither teams_url nor api_url to ask`, () => provider.at(key));
  else if (!items.some((item) => /^-?\d+$/.test(item)))
    add('person', 'team-gate-legacy', `${key} without teams_url is compared with numbers, and has none`, () =>
      provider.at(key),
    );
}

function groups(subject: GrafanaSubject, provider: ProviderView, settings: ProviderSettings, add: Add): void {
  const key = 'allowed_groups';
  const path = 'groups_attribute_path';
  if (!claimsProfile(subject.profile.id).allowedGroups) return;
  if ([key, path].some((one) => unknownPart(subject, provider, one) !== undefined)) return;
  if (settings.list(key).items.length === 0) return;
  if (provider.text(path) === '')
    add('person', 'groups-gate-without-path', `${key} has no ${path}, so nobody has a group`, () => provider.at(key));
  else {
    const expression = expressionOf(subject, provider, path);
    if (expression && isBroken(expression))
      add('person', 'jmespath-syntax', `${path} cannot be evaluated, so nobody has a group`, () => expression.place);
    else if (expression?.reading && !expression.reading.results.some((one) => mayBeList(one)))
      add(
        'person',
        'groups-gate-without-path',
        `${path} never gives a list, so nobody has a group`,
        () => expression.place,
      );
  }
}

function mayBeList(possible: NonNullable<Path['reading']>['results'][number]): boolean {
  if (possible.kind === 'constant') return Array.isArray(possible.value);
  return possible.kind === 'claim' || possible.kind === 'array';
}
