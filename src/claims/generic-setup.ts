/** Everything about a generic OAuth login that does not depend on the person, prepared once. */
import type { ProviderSettings } from '../settings/provider.js';
import type { ListReading } from '../settings/read.js';
import type { VersionProfile } from '../settings/versions.js';
import { AttributePath } from './attribute-path.js';
import { type Address, address, derivedAddress, unknownAddress } from './exchange.js';
import type { DefaultOrg } from './org-mapping.js';
import { type ClaimsProfile, claimsProfile } from './profile.js';
import { homeOrg, type LoginServer } from './server.js';
import { type TextField, type TextStep, textSteps } from './text-steps.js';

export interface GenericSetup {
  readonly version: VersionProfile;
  readonly profile: ClaimsProfile;
  readonly options: ProviderSettings;
  readonly server: LoginServer;
  /** Key of the token answer the ID token stands under. */
  readonly tokenAttribute: string;
  readonly paths: {
    readonly name: AttributePath | undefined;
    readonly login: AttributePath | undefined;
    readonly email: AttributePath | undefined;
    readonly role: AttributePath | undefined;
    readonly groups: AttributePath | undefined;
    readonly orgs: AttributePath | undefined;
    readonly teams: AttributePath | undefined;
  };
  /** Where name, login and e-mail address are looked for in a source. */
  readonly textSteps: Readonly<Record<TextField, readonly TextStep[]>>;
  /** Undefined where `api_url` is unset. */
  readonly apiUrl: Address | undefined;
  readonly emailsUrl: Address;
  /** `teams_url`; undefined where it is unset. */
  readonly teamsUrl: Address | undefined;
  /** `api_url` + `/teams`. */
  readonly oldTeamsUrl: Address;
  readonly orgsUrl: Address;
  readonly strict: boolean;
  readonly skipsRoleSync: boolean;
  /** The role is looked for at all. */
  readonly computesRole: boolean;
  /** `org_attribute_path` is evaluated. */
  readonly readsOrgs: boolean;
  readonly assignsAdmin: boolean;
  readonly allowsSignUp: boolean;
  readonly teamIds: ListReading;
  readonly allowedOrganizations: ListReading;
  readonly allowedGroups: ListReading;
  readonly allowedDomains: ListReading;
  readonly orgMapping: ListReading;
  readonly home: DefaultOrg;
}

export interface SetupSource {
  readonly options: ProviderSettings;
  readonly server: LoginServer;
  /** `api_url` is not known but counts as set: nothing but flags says what is configured. */
  readonly assumeApiUrl: boolean;
}

export function genericSetup({ options, server, assumeApiUrl }: SetupSource): GenericSetup {
  const version = options.profile;
  const profile = claimsProfile(version.id);
  const path = (option: string): AttributePath | undefined => {
    const text = options.text(option);
    return text === '' ? undefined : new AttributePath(option, text, version.dialect);
  };
  const paths = {
    name: path('name_attribute_path'),
    login: path('login_attribute_path'),
    email: path('email_attribute_path'),
    role: path('role_attribute_path'),
    groups: path('groups_attribute_path'),
    orgs: path('org_attribute_path'),
    teams: path('team_ids_attribute_path'),
  };
  const apiUrl = options.text('api_url');
  const teamsUrl = options.text('teams_url');
  const assumed = apiUrl === '' && assumeApiUrl;
  const behind = (suffix: string): Address =>
    assumed ? unknownAddress(`<api_url>${suffix}`) : derivedAddress(apiUrl + suffix, profile.sprintf);
  const skips = options.flag('skip_org_role_sync') && profile.skipOrgRoleSync;
  return {
    version,
    profile,
    options,
    server,
    tokenAttribute: options.text('id_token_attribute_name') || 'id_token',
    paths,
    textSteps: textSteps(paths, options.text('email_attribute_name')),
    apiUrl: assumed ? unknownAddress('<api_url>') : apiUrl === '' ? undefined : address(apiUrl),
    emailsUrl: behind('/emails'),
    teamsUrl: teamsUrl === '' ? undefined : derivedAddress(teamsUrl, profile.sprintf),
    oldTeamsUrl: behind('/teams'),
    orgsUrl: behind('/orgs'),
    strict: options.flag('role_attribute_strict'),
    skipsRoleSync: skips,
    computesRole: !skips && !(profile.globalSkip === 'not-computed' && server.oauth_skip_org_role_update_sync),
    readsOrgs: profile.orgMapping !== null && !skips,
    assignsAdmin: options.flag('allow_assign_grafana_admin'),
    allowsSignUp: options.flag('allow_sign_up'),
    teamIds: options.teamIds(),
    allowedOrganizations: options.list('allowed_organizations'),
    allowedGroups: options.list('allowed_groups'),
    allowedDomains: options.list('allowed_domains'),
    orgMapping: options.list('org_mapping'),
    home: { id: homeOrg(server), role: server.auto_assign_org_role },
  };
}
