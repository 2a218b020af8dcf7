/**
 * What a key or section name that Grafana does not know was most likely meant to be.
 */
import {
  type CatalogOption,
  canonicalSection,
  catalogSections,
  findOption,
  knownSections,
  optionsNamed,
  PROVIDER_SECTIONS,
  sectionOptions,
} from '../../settings/catalog.js';
import type { GrafanaSubject, WrittenEntry } from './subject.js';

const PROVIDERS: ReadonlySet<string> = new Set(PROVIDER_SECTIONS);

export function isProviderSection(section: string): boolean {
  return PROVIDERS.has(section);
}

/** Sections whose keys the catalogue knows completely; of others it knows those about login. */
export function isCompleteSection(section: string): boolean {
  return isProviderSection(section) || section === 'auth';
}

/**
 * Misspellings met again and again, with the option that was meant. `undefined`: there is no such option, see `NO_OPTION`.
 */
const MISSPELLINGS: ReadonlyMap<string, string> = new Map([
  ['group_attribute_path', 'groups_attribute_path'],
  ['groups_attribute', 'groups_attribute_path'],
  ['role_attribute', 'role_attribute_path'],
  ['roles_attribute_path', 'role_attribute_path'],
  ['role_attribute_mapping', 'role_attribute_path'],
  ['role_mapping', 'role_attribute_path'],
  ['email_attribute', 'email_attribute_path'],
  ['login_attribute', 'login_attribute_path'],
  ['username_attribute_path', 'login_attribute_path'],
  ['name_attribute', 'name_attribute_path'],
  ['team_ids_attribute', 'team_ids_attribute_path'],
  ['allow_signup', 'allow_sign_up'],
  ['allow_signups', 'allow_sign_up'],
  ['auto_sign_up', 'allow_sign_up'],
  ['autologin', 'auto_login'],
  ['auth_uri', 'auth_url'],
  ['authorize_url', 'auth_url'],
  ['authorization_url', 'auth_url'],
  ['authorization_endpoint', 'auth_url'],
  ['token_uri', 'token_url'],
  ['token_endpoint', 'token_url'],
  ['api_uri', 'api_url'],
  ['userinfo_url', 'api_url'],
  ['user_info_url', 'api_url'],
  ['userinfo_endpoint', 'api_url'],
  ['scope', 'scopes'],
  ['pkce', 'use_pkce'],
  ['enable_pkce', 'use_pkce'],
  ['refresh_token', 'use_refresh_token'],
  ['use_refresh_tokens', 'use_refresh_token'],
  ['tls_skip_verify', 'tls_skip_verify_insecure'],
  ['insecure_skip_verify', 'tls_skip_verify_insecure'],
  ['tls_ca', 'tls_client_ca'],
  ['tls_cert', 'tls_client_cert'],
  ['tls_key', 'tls_client_key'],
  ['clientid', 'client_id'],
  ['clientsecret', 'client_secret'],
  ['allowed_domain', 'allowed_domains'],
  ['allowed_group', 'allowed_groups'],
  ['allowed_organization', 'allowed_organizations'],
  ['allowed_orgs', 'allowed_organizations'],
  ['skip_org_role_update_sync', 'skip_org_role_sync'],
  ['oauth_skip_org_role_sync', 'skip_org_role_sync'],
  ['allow_assign_admin', 'allow_assign_grafana_admin'],
]);

/** Names people expect from other tools, with what stands in their place in Grafana. */
const NO_OPTION: ReadonlyMap<string, string> = new Map([
  ['redirect_uri', 'Grafana derives it from [server] root_url: root_url + /login/ + the name of the provider'],
  ['redirect_url', 'Grafana derives it from [server] root_url: root_url + /login/ + the name of the provider'],
  ['callback_url', 'Grafana derives it from [server] root_url: root_url + /login/ + the name of the provider'],
  ['issuer', 'Grafana reads no discovery document: write auth_url, token_url and api_url out'],
  ['issuer_url', 'Grafana reads no discovery document: write auth_url, token_url and api_url out'],
  ['discovery_url', 'Grafana reads no discovery document: write auth_url, token_url and api_url out'],
  ['wellknown_url', 'Grafana reads no discovery document: write auth_url, token_url and api_url out'],
  ['response_type', 'Grafana always asks for a code'],
  ['grant_type', 'Grafana always uses the authorization code grant'],
  ['audience', 'Grafana sends no such parameter; it can be part of auth_url'],
]);

/** The option a well-known misspelling stands for in a section; undefined where it is none, or the option is not of it. */
export function misspelled(section: string, key: string): CatalogOption | undefined {
  const meant = MISSPELLINGS.get(key.toLowerCase().replaceAll('-', '_'));
  return meant === undefined ? undefined : findOption(section, meant);
}

export function notAnOption(key: string): string | undefined {
  return NO_OPTION.get(key.toLowerCase());
}

/** The option whose name differs in letter case only. */
export function otherCase(section: string, key: string): CatalogOption | undefined {
  const option = findOption(section, key.toLowerCase());
  return option && option.key !== key ? option : undefined;
}

/** The section whose name differs in letter case only. */
export function sectionInOtherCase(name: string): string | undefined {
  if (knownSections().has(name)) return undefined;
  const plain = name.toLowerCase();
  return [...knownSections()].find((known) => known.toLowerCase() === plain);
}

/** Other OAuth providers that have the option. */
export function providersWith(key: string): readonly string[] {
  return optionsNamed(key)
    .filter((option) => isProviderSection(option.section) && !option.unread)
    .map((option) => option.section);
}

/** Sections outside the providers that have the option. */
export function homesOf(key: string): readonly string[] {
  return optionsNamed(key)
    .filter((option) => !isProviderSection(option.section) && option.section !== 'feature_toggles')
    .map((option) => option.section);
}

export type Standing =
  | 'known'
  | 'foreign-section'
  | 'misspelled'
  | 'other-case'
  | 'other-provider'
  | 'parent'
  | 'unknown';

/** How a written key stands to the options of its section; each kind has a rule of its own. */
export function standing(subject: GrafanaSubject, written: WrittenEntry): Standing {
  const { section, key, option } = written;
  if (option && !option.unread) return 'known';
  if (section === 'feature_toggles') return 'known';
  const options = sectionOptions(section);
  if (!options) return 'foreign-section';
  if (OLD_KEYS.has(key)) return 'known';
  if (isProviderSection(section) && subject.config.get('auth', key) !== undefined) return 'parent';
  if (option?.unread) return 'other-provider';
  if (otherCase(section, key)) return 'other-case';
  if (misspelled(section, key)) return 'misspelled';
  if (isProviderSection(section) && providersWith(key).some((name) => canonicalSection(section) !== name))
    return 'other-provider';
  return 'unknown';
}

/** Keys that rules about deprecated settings speak about, in whatever provider section they stand. */
const OLD_KEYS = new Set(['send_client_credentials_via_post']);

/** Names of provider sections, for "did you mean". */
export function sectionCandidates(): readonly string[] {
  return catalogSections();
}
