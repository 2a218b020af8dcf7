/** The settings of JWT login with their types, read once for a run. */
import type { DashboardConfig } from './config.js';
import { NumberText } from './java-number.js';
import { isJsonObject, parseJson } from './json.js';
import type { DashboardProfile } from './versions.js';

/** Group name in the claim → ids of groups; `problem` where the text is not such a table. */
export type GroupMappings =
  | { readonly ok: true; readonly table: ReadonlyMap<string, readonly number[]> }
  | { readonly ok: false; readonly problem: string };

export interface DashboardView {
  readonly enabled: boolean;
  readonly uri: string;
  readonly secret: string;
  readonly emailClaim: string;
  readonly firstNameClaim: string;
  readonly lastNameClaim: string;
  readonly groupsClaim: string;
  readonly tenantClaim: string;
  readonly tenantAttributesClaim: string;
  readonly groupSync: boolean;
  readonly mappings: GroupMappings;
  readonly provisioning: boolean;
  readonly useTenants: boolean;
  readonly passwordLogin: boolean;
  readonly siteUrl: string;
  readonly siteName: string;
  readonly embeddingSdk: boolean;
  readonly embeddingSimple: boolean;
}

export function viewOf(config: DashboardConfig): DashboardView {
  return {
    enabled: config.flag('MB_JWT_ENABLED'),
    uri: config.value('MB_JWT_IDENTITY_PROVIDER_URI'),
    secret: config.value('MB_JWT_SHARED_SECRET'),
    emailClaim: config.value('MB_JWT_ATTRIBUTE_EMAIL'),
    firstNameClaim: config.value('MB_JWT_ATTRIBUTE_FIRSTNAME'),
    lastNameClaim: config.value('MB_JWT_ATTRIBUTE_LASTNAME'),
    groupsClaim: config.value('MB_JWT_ATTRIBUTE_GROUPS'),
    tenantClaim: config.value('MB_JWT_ATTRIBUTE_TENANT'),
    tenantAttributesClaim: config.value('MB_JWT_ATTRIBUTE_TENANT_ATTRIBUTES'),
    groupSync: config.flag('MB_JWT_GROUP_SYNC'),
    mappings: readMappings(config.value('MB_JWT_GROUP_MAPPINGS')),
    provisioning: config.flag('MB_JWT_USER_PROVISIONING_ENABLED'),
    useTenants: config.flag('MB_USE_TENANTS'),
    passwordLogin: config.flag('MB_ENABLE_PASSWORD_LOGIN'),
    siteUrl: config.value('MB_SITE_URL'),
    siteName: config.value('MB_SITE_NAME'),
    embeddingSdk: config.flag('MB_ENABLE_EMBEDDING_SDK'),
    embeddingSimple: config.flag('MB_ENABLE_EMBEDDING_SIMPLE'),
  };
}

/** Why JWT login does not count as switched on; undefined where it does. */
export function whyDisabled(view: DashboardView, profile: DashboardProfile, licensed: boolean): string | undefined {
  if (!licensed) return 'the plan lacks the feature sso-jwt, so the settings read as their defaults';
  if (view.secret === '') return 'MB_JWT_SHARED_SECRET is not set, so JWT counts as not configured';
  if (profile.needsUri && view.uri === '')
    return 'MB_JWT_IDENTITY_PROVIDER_URI is not set, so JWT counts as not configured';
  if (!view.enabled) return 'MB_JWT_ENABLED is not true';
  return undefined;
}

/** Reads the JSON of MB_JWT_GROUP_MAPPINGS. */
export function readMappings(text: string): GroupMappings {
  const value = parseJson(text);
  if (value === undefined) return { ok: false, problem: 'is not JSON' };
  if (!isJsonObject(value)) return { ok: false, problem: 'is not a JSON object' };
  const table = new Map<string, readonly number[]>();
  for (const [name, ids] of value) {
    if (!Array.isArray(ids))
      return { ok: false, problem: `gives ${JSON.stringify(name)} something that is not a list` };
    const numbers: number[] = [];
    for (const id of ids) {
      if (!(id instanceof NumberText) || !id.whole || id.value < 1)
        return {
          ok: false,
          problem: `lists something for ${JSON.stringify(name)} that is not a positive whole number`,
        };
      numbers.push(id.value);
    }
    table.set(name, numbers);
  }
  return { ok: true, table };
}
