/** From answers to the settings of a Grafana configuration, each section with what its lines need to be said about them. */
import { UsageError } from '../errors.js';
import { signOutUrl } from '../login/implied-settings.js';
import { fill } from '../providers/templates.js';
import type { ProviderDetails, ProviderFacts } from '../providers/types.js';
import { existsIn, findOption } from '../settings/catalog.js';
import type { VersionProfile } from '../settings/versions.js';
import { claimPath, groupsExpression, roleExpression, type TableClaim } from './role-expression.js';
import type { RoleRow, TableRole } from './role-table.js';

/** Addresses as the provider's own document gives them. */
export interface FoundAddresses {
  readonly auth?: string;
  readonly token?: string;
  readonly api?: string;
  readonly endSession?: string;
  /** How clients authenticate, where the document tells and the provider is not known better. */
  readonly authStyle?: string;
}

/** Who may enter besides or instead of those in the table. */
export interface Gate {
  readonly domains: readonly string[];
  readonly groups: readonly string[];
  readonly teams: readonly string[];
  /** Whoever has an account at the provider, knowingly. */
  readonly anyone: boolean;
}

export interface InitAnswers {
  readonly facts: ProviderFacts;
  readonly details: ProviderDetails;
  /** Values of the provider's variables. */
  readonly variables: Readonly<Record<string, string>>;
  readonly found?: FoundAddresses;
  readonly clientId: string;
  /** Address of Grafana in the browser. */
  readonly rootUrl: string;
  /** File that Grafana reads the client secret from; without it the form's own way is taken. */
  readonly secretFile?: string;
  /** Empty: roles are left to Grafana. */
  readonly rows: readonly RoleRow[];
  readonly claim: TableClaim;
  /** Those whom no row fits: the role they get, or refused. */
  readonly others: TableRole | 'refused';
  readonly gate: Gate;
  /** Text on the login button. */
  readonly buttonName?: string;
  readonly version: VersionProfile;
}

/** A finding that the configuration is meant to have. */
export interface Accepted {
  readonly section: string;
  readonly option: string;
  readonly rules: readonly string[];
  /** Why, in one line. */
  readonly reason: string;
}

export interface DraftSection {
  readonly section: string;
  /** An empty `client_secret` stands for a reference to it. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface Draft {
  readonly sections: readonly DraftSection[];
  readonly accepted: readonly Accepted[];
}

export const PROVIDER_SECTION = 'auth.generic_oauth';

/** @throws UsageError for answers that the version cannot have together. */
export function draftConfiguration(answers: InitAnswers): Draft {
  const { version, others, rows, gate } = answers;
  const own = providerSettings(answers);
  checkGate(answers);
  const auth: Record<string, string> = {};
  const accepted: Accepted[] = [...acceptedHere(answers)];
  const provider: Record<string, string> = {};
  for (const [key, value] of Object.entries(own)) {
    const option = findOption(PROVIDER_SECTION, key);
    if (option === undefined || existsIn(option, version.order)) provider[key] = value;
    // Before 10.3 there is one address for the whole server.
    else if (key === 'signout_redirect_url') auth[key] = value;
  }
  if (needsEmailLookup(answers)) {
    auth['oauth_allow_insecure_email_lookup'] = 'true';
    accepted.push({
      section: 'auth',
      option: 'oauth_allow_insecure_email_lookup',
      rules: ['insecure-email-lookup'],
      reason: `${answers.facts.name} sends no sub: without this nobody could log in a second time`,
    });
  }
  const sections: DraftSection[] = [
    { section: 'server', settings: serverSettings(answers.rootUrl) },
    {
      section: 'users',
      settings: rows.length > 0 && others !== 'refused' ? { auto_assign_org_role: others } : {},
    },
    { section: 'auth', settings: auth },
    { section: PROVIDER_SECTION, settings: provider },
  ];
  if (gate.anyone && !isGated(answers))
    accepted.push({
      section: PROVIDER_SECTION,
      option: 'allow_sign_up',
      rules: ['open-sign-up'],
      reason: `everybody with an account at ${answers.facts.name} may enter`,
    });
  return { sections: sections.filter(({ settings }) => Object.keys(settings).length > 0), accepted };
}

function serverSettings(rootUrl: string): Record<string, string> {
  const withSlash = rootUrl.endsWith('/') ? rootUrl : `${rootUrl}/`;
  const path = new URL(withSlash).pathname;
  return { root_url: withSlash, ...(path === '/' ? {} : { serve_from_sub_path: 'true' }) };
}

function providerSettings(answers: InitAnswers): Record<string, string> {
  const { details, facts, found, rows, claim, others, gate } = answers;
  const values = templateValues(answers);
  const preset = Object.fromEntries(
    Object.entries(details.grafana.settings).map(([key, template]) => [key, fill(template, values)]),
  );
  const usual = claimPath(fill(details.grafana.table.claim, values));
  const presetGroups = preset['groups_attribute_path'];
  const groups = keepsGroups(claim, presetGroups, usual) ? presetGroups : groupsExpression(claim);
  const readsTeams = gate.teams.length > 0;
  const all: Record<string, string | undefined> = {
    enabled: 'true',
    name: answers.buttonName ?? preset['name'],
    allow_sign_up: 'true',
    client_id: answers.clientId,
    client_secret: answers.secretFile === undefined ? undefined : `$__file{${answers.secretFile}}`,
    scopes: preset['scopes'],
    empty_scopes: preset['empty_scopes'],
    auth_url: found?.auth ? keepQuery(preset['auth_url'], found.auth) : preset['auth_url'],
    token_url: found?.token ?? preset['token_url'],
    api_url: found?.api ?? preset['api_url'],
    auth_style: facts.id.startsWith('generic') ? (found?.authStyle ?? preset['auth_style']) : preset['auth_style'],
    // Said where it is off although it might be on; a provider that ignores it needs no word.
    use_pkce: facts.ignoresPkce ? undefined : preset['use_pkce'],
    use_refresh_token: preset['use_refresh_token'],
    ...(rows.length === 0
      ? { skip_org_role_sync: 'true' }
      : {
          role_attribute_path: roleExpression(rows, claim),
          role_attribute_strict: others === 'refused' ? 'true' : undefined,
          allow_assign_grafana_admin: rows.some((row) => row.role === 'GrafanaAdmin') ? 'true' : undefined,
        }),
    groups_attribute_path: groups,
    email_attribute_path: preset['email_attribute_path'],
    login_attribute_path: preset['login_attribute_path'],
    name_attribute_path: preset['name_attribute_path'],
    allowed_domains: gate.domains.join(' '),
    allowed_groups: listText(gate.groups),
    teams_url: readsTeams ? preset['teams_url'] : undefined,
    team_ids_attribute_path: readsTeams ? preset['team_ids_attribute_path'] : undefined,
    team_ids: listText(gate.teams),
    signout_redirect_url: signOut(answers, preset['signout_redirect_url']),
  };
  return Object.fromEntries(
    Object.entries({ ...all, client_secret: all['client_secret'] ?? '' }).filter(
      (entry): entry is [string, string] => entry[0] === 'client_secret' || (entry[1] !== undefined && entry[1] !== ''),
    ),
  );
}

/** Items with blanks or commas need the JSON form, which all versions from 9.4 on read. */
function listText(items: readonly string[]): string {
  return items.every((item) => /^[^\s,"[\]]+$/.test(item)) ? items.join(' ') : JSON.stringify(items);
}

/** The variables, and what the address of Grafana and discovery add to them. */
export function templateValues(
  answers: Pick<InitAnswers, 'variables' | 'clientId' | 'rootUrl' | 'found'>,
): Record<string, string> {
  const grafana = answers.rootUrl.replace(/\/+$/, '');
  const { found } = answers;
  return {
    ...answers.variables,
    client_id: answers.clientId,
    grafana,
    grafana_enc: encodeURIComponent(grafana),
    ...(found?.auth ? { authorization_endpoint: found.auth } : {}),
    ...(found?.token ? { token_endpoint: found.token } : {}),
    ...(found?.api ? { userinfo_endpoint: found.api } : {}),
    ...(found?.endSession ? { end_session_endpoint: found.endSession } : {}),
  };
}

/** What the preset adds to the address (`?access_type=offline`) stays. */
function keepQuery(preset: string | undefined, found: string): string {
  const at = preset?.indexOf('?') ?? -1;
  return at === -1 || found.includes('?') ? found : found + preset!.slice(at);
}

/** The preset's own form of the address, where all of it is known; else the one of the standard. */
function signOut(answers: InitAnswers, preset: string | undefined): string | undefined {
  const { found, rootUrl } = answers;
  if (preset !== undefined && !/\{[a-z_]+\}/.test(preset)) return preset;
  return found?.endSession === undefined ? undefined : signOutUrl(found.endSession, rootUrl);
}

/** Groups stay what the preset takes for them, unless another claim takes the place of the one they come from. */
function keepsGroups(claim: TableClaim, preset: string | undefined, usual: readonly string[]): boolean {
  if (claim.shape === 'delimited') return false;
  if (JSON.stringify(claim.path) === JSON.stringify(usual)) return true;
  return preset === undefined || !preset.includes(usual.at(-1)!);
}

function needsEmailLookup({ facts, version }: InitAnswers): boolean {
  const option = findOption('auth', 'oauth_allow_insecure_email_lookup');
  return facts.noSub === true && option !== undefined && existsIn(option, version.order);
}

function* acceptedHere({ facts, details }: InitAnswers): Generator<Accepted> {
  if (facts.noSub)
    yield {
      section: PROVIDER_SECTION,
      option: 'api_url',
      rules: ['missing-sub'],
      reason: `${facts.name} sends no sub: people are found again by their e-mail address`,
    };
  if (!details.pkce.use && facts.ignoresPkce !== true)
    yield {
      section: PROVIDER_SECTION,
      option: 'use_pkce',
      rules: ['pkce-off'],
      reason: `it is not known whether ${facts.name} takes PKCE`,
    };
}

/** Whether something in the configuration keeps people out. */
export function isGated({ rows, others, gate }: Pick<InitAnswers, 'rows' | 'others' | 'gate'>): boolean {
  return (
    (rows.length > 0 && others === 'refused') ||
    gate.domains.length > 0 ||
    gate.groups.length > 0 ||
    gate.teams.length > 0
  );
}

function checkGate(answers: InitAnswers): void {
  const { rows, others, gate, version, details, claim } = answers;
  const option = (key: string) => findOption(PROVIDER_SECTION, key)!;
  if (gate.groups.length > 0 && !existsIn(option('allowed_groups'), version.order))
    throw new UsageError(`--allowed-group needs Grafana ${option('allowed_groups').since}`, {
      because: `Grafana ${version.asked} lets everybody in, whatever allowed_groups says`,
      hint: 'refuse those whom no --role fits with --strict, or name an --allowed-domain',
    });
  if (gate.groups.length > 0 && claim.shape === 'delimited')
    throw new UsageError('--allowed-group and --groups-delimiter exclude each other', {
      because: 'no expression takes a text with delimiters apart, so Grafana would see no groups',
    });
  if (gate.teams.length > 0 && details.grafana.settings['teams_url'] === undefined)
    throw new UsageError(
      `--team is for providers with an address to ask for teams, and ${answers.facts.name} has none`,
      {
        hint: 'use --allowed-group, or --role with --strict',
      },
    );
  const none = rows.some((row) => row.role === 'None') || others === 'None';
  if (none && version.order < NONE_SINCE)
    throw new UsageError('the role None needs Grafana 10.2', { because: `${version.asked} does not know it` });
  if (!isGated(answers) && !gate.anyone)
    throw new UsageError('nothing limits who may log in', {
      because: `everybody with an account at ${answers.facts.name} would get a Grafana user`,
      hint: 'name an --allowed-domain or --allowed-group, refuse those whom no --role fits with --strict, or say --anyone',
    });
}

/** `auto_assign_org_role = None`, and None as the outcome of an expression. */
const NONE_SINCE = 10_002;
