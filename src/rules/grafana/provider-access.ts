/**
 * Who gets in through one login provider: nobody, a stranger, or people of whom something is asked. Judged from the options
 * alone; what the version does with them is the same that a dry run of a login does.
 */

import { readOrgMapping } from '../../claims/org-mapping.js';
import { claimsProfile } from '../../claims/profile.js';
import { existsIn, findOption } from '../../settings/catalog.js';
import { type ProviderSettings, readProvider } from '../../settings/provider.js';
import { readBoolean } from '../../settings/read.js';
import type { AccessJudgement, AccessReason } from '../access.js';
import { expressionsOf, hasRolePath, mapsOrgs, roleOf, skipsRoleSync } from './expressions.js';
import { isRead } from './list-options.js';
import { matchesNoAddress, shutReasons } from './shut-reasons.js';
import type { GrafanaSubject, Place, ProviderView } from './subject.js';
import { cite, enumerate, givenTo, providerBehind, unknownPart } from './support.js';
import { urlParts } from './urls.js';

export interface ProviderAccess {
  readonly provider: ProviderView;
  readonly judgement: AccessJudgement;
  readonly because: readonly AccessReason[];
  /** Who gets in: "anybody with a Google account", "people with an e-mail address in acme.com". Empty where nobody does. */
  readonly who: string;
  /** What keeps a stranger from being kept out, or the judgement from being made; several in one text. */
  readonly why: string;
  /** No option keeps anybody out, and none was meant to. */
  readonly ungated?: boolean;
}

export function providerAccess(subject: GrafanaSubject, provider: ProviderView): ProviderAccess {
  const settings = readProvider(subject.config, provider.section);
  const shut = shutReasons(subject, provider, settings);
  if (shut.length > 0) {
    const why = enumerate(shut.map(({ message }) => message));
    return { provider, judgement: 'nobody', because: shut.map(({ stage: _, ...reason }) => reason), who: '', why };
  }
  const gates = gatesOf(subject, provider, settings);
  const closed = gates.filter((gate) => gate.state === 'closed');
  const unknown = gates.filter((gate) => gate.state === 'unknown');
  const inert = gates.filter((gate) => gate.state === 'inert');
  const because = (some: readonly Gate[]): AccessReason[] => some.map((gate) => reasonOf(gate));
  const account = accountAt(provider);
  if (closed.length > 0)
    return {
      provider,
      judgement: 'some',
      because: because(closed),
      who: people(closed.map(({ text }) => text)),
      why: '',
    };
  if (unknown.length > 0) {
    const why = enumerate(unknown.map(({ text }) => text));
    return { provider, judgement: 'unknown', because: because(unknown), who: '', why };
  }
  const open = publicly(provider);
  if (inert.length > 0 || open !== undefined) {
    const why = inert.length > 0 ? enumerate(inert.map(({ text }) => text)) : open!;
    const signUp: AccessReason = { ...placeOf(provider.at('allow_sign_up')), rule: openRule(provider), message: why };
    return {
      provider,
      judgement: 'anybody',
      because: inert.length > 0 ? because(inert) : [signUp],
      who: `anybody with an account at ${account}`,
      why,
    };
  }
  const message = 'no option limits who of them may enter';
  const reason = { ...placeOf(provider.at('allow_sign_up')), rule: openRule(provider), message };
  return {
    provider,
    judgement: 'some',
    because: [reason],
    who: `everybody with an account at ${account}`,
    why: message,
    ungated: true,
  };
}

function openRule(provider: ProviderView): string {
  return provider.isCloud ? 'grafana-com-open' : 'open-sign-up';
}

interface Gate {
  readonly option: string;
  /** `closed`: keeps strangers out; `inert`: was meant to, and keeps nobody out; `unknown`: its value is not known here. */
  readonly state: 'closed' | 'inert' | 'unknown';
  /** Closed: who passes, to stand behind "people". Inert: what is wrong. Unknown: what is not known. */
  readonly text: string;
  readonly rule?: string;
  /** Looked up only for what is said. */
  readonly place: () => Place;
}

/** The options that are there to keep people out, and what they do. */
function gatesOf(subject: GrafanaSubject, provider: ProviderView, settings: ProviderSettings): Gate[] {
  const found: Gate[] = [];
  for (const list of LISTS) found.push(...listGate(subject, provider, settings, list));
  found.push(...hostedDomain(provider));
  found.push(...roleGate(subject, provider, settings));
  found.push(...mappingErrors(subject, provider));
  found.push(...signUpGate(subject, provider, settings));
  return found;
}

interface GateList {
  readonly option: string;
  /** "in one of the groups a and b". */
  readonly says: (items: readonly string[]) => string;
}

const LISTS: readonly GateList[] = [
  {
    option: 'allowed_domains',
    says: (items) =>
      `with an e-mail address in ${names(
        items.filter((item) => !matchesNoAddress(item)),
        'or',
      )}`,
  },
  { option: 'allowed_groups', says: (items) => `in ${one(items, 'group')}` },
  { option: 'allowed_organizations', says: (items) => `in ${one(items, 'organization')}` },
  { option: 'team_ids', says: (items) => `in ${one(items, 'team')}` },
];

function listGate(
  subject: GrafanaSubject,
  provider: ProviderView,
  settings: ProviderSettings,
  { option, says }: GateList,
): Gate[] {
  if (!givenTo(provider, option)) return [];
  const place = () => provider.at(option);
  const unknown = unknownPart(subject, provider, option);
  if (!reads(subject, provider, option))
    return [{ option, state: 'inert', text: `${option} is not read here`, rule: ignoredRule(provider, option), place }];
  if (unknown !== undefined) return [{ option, state: 'unknown', text: `${option} (${cite(unknown, 40)})`, place }];
  const { items, error } = option === 'team_ids' ? settings.teamIds() : settings.list(option);
  if (items.length > 0) return [{ option, state: 'closed', text: says(items), place }];
  const text = `${option} ${error === undefined ? 'is empty to Grafana' : 'is broken, which Grafana takes as empty'}`;
  return [{ option, state: 'inert', text, ...(error === undefined ? {} : { rule: 'malformed-json-list' }), place }];
}

/** Whether the provider looks at a list in this version. */
function reads(subject: GrafanaSubject, provider: ProviderView, key: string): boolean {
  const { order } = subject.profile;
  const option = findOption(provider.section, key);
  return option !== undefined && !option.unread && existsIn(option, order) && isRead(provider, key, order);
}

function ignoredRule(provider: ProviderView, option: string): string {
  if (provider.isCloud && option === 'allowed_domains') return 'ignored-domain-gate';
  return provider.isGeneric && option === 'allowed_groups' ? 'groups-gate-ignored' : 'key-of-other-provider';
}

function hostedDomain(provider: ProviderView): Gate[] {
  const option = 'hosted_domain';
  if (provider.kind !== 'google' || !givenTo(provider, option)) return [];
  const text = `of the Google domain ${cite(provider.text(option), 40)}`;
  return [{ option, state: 'closed', text, place: () => provider.at(option) }];
}

/** `role_attribute_strict`, and whether it would refuse somebody of whom only an id and an e-mail address are known. */
function roleGate(subject: GrafanaSubject, provider: ProviderView, settings: ProviderSettings): Gate[] {
  const option = 'role_attribute_strict';
  if (provider.isCloud || !givenTo(provider, option)) return [];
  const place = () => provider.at(option);
  const unknown = unknownPart(subject, provider, option);
  if (unknown !== undefined) return [{ option, state: 'unknown', text: `${option} (${cite(unknown, 40)})`, place }];
  const inert = (text: string, rule: string): Gate[] => [{ option, state: 'inert', text, rule, place }];
  if (!settings.flag(option)) {
    if (readBoolean(provider.text(option)) !== undefined) return [];
    return inert(`${option} is ${cite(provider.text(option), 20)}, which counts as false`, 'bool-typo');
  }
  if (skipsRoleSync(subject, provider))
    return inert('skip_org_role_sync leaves role_attribute_strict without effect', 'skip-vs-role-path');
  const closed: Gate = { option, state: 'closed', text: 'for whom the provider names a role', place };
  if (!hasRolePath(provider) || !provider.isGeneric) return [closed];
  const path = 'role_attribute_path';
  for (const key of [path, 'org_mapping']) {
    const part = unknownPart(subject, provider, key);
    if (part !== undefined)
      return [{ option, state: 'unknown', text: `${key} (${cite(part, 40)})`, place: () => provider.at(key) }];
  }
  if (strangersGetRole(subject, provider, settings))
    return inert(
      `${provider.text(path) === '' ? 'org_mapping' : path} gives everybody a role, so ${option} refuses nobody`,
      'strict-with-tail',
    );
  return [closed];
}

/** Documents of strangers; the last one is what Grafana tries where a source gave no role. */
const STRANGERS: readonly object[] = [
  { sub: '8f2c', email: 'stranger@elsewhere.test', email_verified: true, name: 'A Stranger' },
  { groups: [] },
];

function strangersGetRole(subject: GrafanaSubject, provider: ProviderView, settings: ProviderSettings): boolean {
  const path = expressionsOf(subject).find((one) => one.provider === provider && one.key === 'role_attribute_path');
  const given = (document: object) => {
    const { value } = path?.compiled?.evaluate(document) ?? {};
    return typeof value === 'string' && roleOf(subject, value).valid;
  };
  if (STRANGERS.some(given)) return true;
  if (!mapsOrgs(subject, provider)) return false;
  const mapping = readOrgMapping(
    settings.list('org_mapping').items,
    claimsProfile(subject.profile.id),
    undefined,
    true,
  );
  return mapping.voided === undefined && (mapping.roles.get('*')?.size ?? 0) > 0;
}

/** An error of `org_attribute_path` ends the login: people without its claims are kept out, meant so or not. */
function mappingErrors(subject: GrafanaSubject, provider: ProviderView): Gate[] {
  const option = 'org_attribute_path';
  if (!provider.isGeneric || claimsProfile(subject.profile.id).orgMapping === null) return [];
  if (skipsRoleSync(subject, provider)) return [];
  const path = expressionsOf(subject).find((one) => one.provider === provider && one.key === option);
  if (path?.compiled?.evaluate(STRANGERS[0]).error === undefined) return [];
  return [
    {
      option,
      state: 'closed',
      text: `for whom ${option} does not fail`,
      rule: 'jmespath-syntax',
      place: () => path.place,
    },
  ];
}

/** Without sign-up only people Grafana has a user for get in. */
function signUpGate(subject: GrafanaSubject, provider: ProviderView, settings: ProviderSettings): Gate[] {
  const option = 'allow_sign_up';
  const place = () => provider.at(option);
  const unknown = unknownPart(subject, provider, option);
  if (unknown !== undefined) return [{ option, state: 'unknown', text: `${option} (${cite(unknown, 40)})`, place }];
  return settings.flag(option) ? [] : [{ option, state: 'closed', text: 'whom Grafana has a user for', place }];
}

/** Tenants of Microsoft Entra ID that stand for all tenants there are. */
const ALL_TENANTS = /^\/(common|organizations|consumers)\//;

/** Why anybody can have an account there; undefined where that is not known. */
function publicly(provider: ProviderView): string | undefined {
  const known = providerBehind(provider);
  const nothing = 'no option limits who may enter';
  if (provider.isCloud) return 'an account there is free, and no allowed_organizations limits who may enter';
  const auth = urlParts(provider.text('auth_url'));
  if (provider.kind === 'azuread' || known?.id === 'entra') {
    const tenant = auth && ALL_TENANTS.exec(auth.path)?.[1];
    return tenant === undefined ? undefined : `the tenant "${tenant}" takes accounts of every company, and ${nothing}`;
  }
  if (provider.kind === 'gitlab' || known?.id === 'gitlab')
    return auth?.host === 'gitlab.com' ? `an account there is free, and ${nothing}` : undefined;
  const open = known?.open || provider.kind === 'google' || provider.kind === 'github';
  return open ? `an account there is free, and ${nothing}` : undefined;
}

function accountAt(provider: ProviderView): string {
  if (provider.isCloud) return 'grafana.com';
  const known = providerBehind(provider);
  const host = urlParts(provider.text('auth_url'))?.host;
  if (known?.open || known?.id === 'entra') return known.name;
  return host ?? `the provider of [${provider.section}]`;
}

/** Conditions that all hold for the same person. */
function people(conditions: readonly string[]): string {
  return `people ${enumerate(conditions)}`;
}

/** More names than this make no sentence. */
const NAMED = 3;

function names(items: readonly string[], word: string): string {
  const shown = items.slice(0, NAMED).map((item) => (/^[\w.@-]+$/.test(item) ? item : cite(item, 40)));
  const rest = items.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} ${word} ${rest} more` : enumerate(shown, word);
}

function one(items: readonly string[], what: string): string {
  return items.length === 1 ? `the ${what} ${names(items, 'or')}` : `one of the ${what}s ${names(items, 'and')}`;
}

function placeOf({ path, range, source, section, option }: Place): Omit<AccessReason, 'message'> {
  return {
    ...(section === undefined ? {} : { section }),
    ...(option === undefined ? {} : { option }),
    ...(path === undefined ? {} : { path }),
    ...(range === undefined ? {} : { range }),
    ...(source === undefined ? {} : { source }),
  };
}

function reasonOf({ rule, text, place, option, state }: Gate): AccessReason {
  const message = state === 'closed' ? `lets in people ${text}` : text;
  return { ...placeOf({ ...place(), option }), ...(rule === undefined ? {} : { rule }), message };
}
