/**
 * The table of settings around Dashboard JWT login: environment variable, key in `config.yml`, default, what it does.
 * Source: the settings definitions and the manual "JWT-based authentication".
 */

export interface DashboardSetting {
  /** Environment variable. */
  readonly name: string;
  /** Key below `config.settings` in config.yml. */
  readonly key: string;
  readonly type: 'string' | 'boolean' | 'json';
  readonly default: string;
  /** The form field of the manual. */
  readonly field?: string;
  readonly doc: string;
  readonly secret?: boolean;
  readonly since?: string;
}

const define = (
  key: string,
  type: DashboardSetting['type'],
  byDefault: string,
  doc: string,
  more: Pick<DashboardSetting, 'field' | 'secret' | 'since'> = {},
): DashboardSetting => ({
  name: `MB_${key.split('-').join('_').toUpperCase()}`,
  key,
  type,
  default: byDefault,
  doc,
  ...more,
});

export const DASHBOARD_SETTINGS: readonly DashboardSetting[] = [
  define('jwt-enabled', 'boolean', 'false', 'Switches JWT login on; reads back false until JWT is configured', {
    field: 'the toggle at the top of the form',
  }),
  define('jwt-identity-provider-uri', 'string', '', 'Where people are sent to log in; return_to is appended to it', {
    field: 'JWT Identity Provider URI',
  }),
  define(
    'jwt-shared-secret',
    'string',
    '',
    'The key both sides sign and verify with, used as text; 64 hexadecimal digits are recommended',
    { field: 'String Used by the JWT Signing Key', secret: true },
  ),
  define('jwt-attribute-email', 'string', 'email', 'Claim that holds the e-mail address', { field: 'Email attribute' }),
  define('jwt-attribute-firstname', 'string', 'first_name', 'Claim that holds the first name', {
    field: 'First Name attribute',
  }),
  define('jwt-attribute-lastname', 'string', 'last_name', 'Claim that holds the last name', {
    field: 'Last Name attribute',
  }),
  define('jwt-attribute-groups', 'string', 'groups', 'Claim that holds the list of groups'),
  define('jwt-attribute-tenant', 'string', '@tenant', 'Claim that names the tenant', { since: '58' }),
  define('jwt-attribute-tenant-attributes', 'string', '@tenant.attributes', 'Claim with attributes of the tenant', {
    since: '58',
  }),
  define('jwt-group-sync', 'boolean', 'false', 'Sets group memberships from the groups claim at each login', {
    field: 'SYNCHRONIZE GROUP MEMBERSHIPS',
  }),
  define('jwt-group-mappings', 'json', '{}', 'JSON object: group name in the claim → list of Dashboard group ids', {
    field: 'Edit Mappings',
  }),
  define('jwt-user-provisioning-enabled', 'boolean', 'true', 'Makes an account for an unknown person at first login'),
  define('use-tenants', 'boolean', 'false', 'Switches tenants on', { since: '58' }),
  define('enable-password-login', 'boolean', 'true', 'Keeps login with a password, for administrators too', {
    field: 'password authentication',
  }),
  define('site-url', 'string', '', 'Address of Dashboard; its host is what return_to is compared with'),
  define('site-name', 'string', 'Metabase', 'Name shown to people'),
  define('enable-embedding-sdk', 'boolean', 'false', 'Switches embedding with the SDK on'),
  define('enable-embedding-simple', 'boolean', 'false', 'Switches embedding with embed.js on'),
  define('embedding-secret-key', 'string', '', 'Key of static embedding; not the one of JWT login', { secret: true }),
  define('saml-enabled', 'boolean', 'false', 'Switches SAML login on'),
];

const BY_NAME = new Map(DASHBOARD_SETTINGS.map((setting) => [setting.name, setting]));
const BY_KEY = new Map(DASHBOARD_SETTINGS.map((setting) => [setting.key, setting]));

export function dashboardSetting(name: string): DashboardSetting | undefined {
  return BY_NAME.get(name);
}

/** By the key of config.yml; a question mark at its end (`…-enabled?`) is dropped, underscores stand for dashes. */
export function dashboardSettingOfKey(key: string): DashboardSetting | undefined {
  const plain = key.endsWith('?') ? key.slice(0, -1) : key;
  return BY_KEY.get(plain.split('_').join('-').toLowerCase());
}
