/**
 * The table of settings around GEM authentication: name in YAML, flag, default, what it does.
 * Source: configuration descriptors of GEM 1.7.0 and 2.6.0 as shipped with mimirtool; the manual's "Integrate with OAuth".
 */

export interface GemSetting {
  /** Path in YAML, with dots. */
  readonly path: string;
  /** Command-line flag, without the leading dash. */
  readonly flag: string;
  readonly type: 'string' | 'boolean' | 'duration' | 'integer';
  readonly default: string;
  /** Words allowed, where the value is one of a few. */
  readonly values?: readonly string[];
  readonly doc: string;
  readonly secret?: boolean;
  /** The last version known to lack it; absent where all known versions have it. */
  readonly absentIn?: string;
  /** Marked experimental by GEM. */
  readonly experimental?: boolean;
}

export const GEM_SETTINGS: readonly GemSetting[] = [
  {
    path: 'auth.type',
    flag: 'auth.type',
    type: 'string',
    default: 'enterprise (trust up to 1.x)',
    values: ['enterprise', 'trust'],
    doc: 'How requests are authenticated: `enterprise` checks tokens, `trust` believes the X-Scope-OrgID header',
  },
  {
    path: 'auth.required_for_metrics',
    flag: 'auth.required-for-metrics',
    type: 'boolean',
    default: 'false',
    doc: 'Whether /metrics needs an admin token',
  },
  {
    path: 'auth.override.token',
    flag: 'auth.override.token',
    type: 'string',
    default: '',
    doc: 'A fixed text that is always accepted as an admin token',
    secret: true,
  },
  {
    path: 'auth.override.token_file',
    flag: 'auth.override.token-file',
    type: 'string',
    default: '',
    doc: 'File holding the override token',
  },
  {
    path: 'auth.admin.cache_ttl',
    flag: 'auth.cache.ttl',
    type: 'duration',
    default: '10m',
    doc: 'How long access policies and tokens, also generated ("virtual") policies, are cached',
  },
  {
    path: 'auth.admin.cache_refresh.enabled',
    flag: 'auth.cache.refresh.enabled',
    type: 'boolean',
    default: 'false',
    doc: 'Refreshes cached entries in the background',
    absentIn: '1.7',
    experimental: true,
  },
  {
    path: 'auth.admin.oidc.issuer_url',
    flag: 'auth.admin.oidc.issuer-url',
    type: 'string',
    default: '',
    doc: 'The OpenID Connect issuer; its discovery document is read from <issuer>/.well-known/openid-configuration',
  },
  {
    path: 'auth.admin.oidc.access_policy_claim',
    flag: 'auth.admin.oidc.access-policy-claim',
    type: 'string',
    default: '',
    doc: 'Top-level claim that holds the access policy: a string or a list of strings',
  },
  {
    path: 'auth.admin.oidc.access_policy_regex',
    flag: 'auth.admin.oidc.access-policy-regex',
    type: 'string',
    default: '',
    doc: 'RE2 expression run on the claim; its first sub-match is the access policy',
  },
  {
    path: 'auth.admin.oidc.audience',
    flag: 'auth.admin.oidc.audience',
    type: 'string',
    default: '',
    doc: 'Audience a token must have; not checked where empty',
  },
  {
    path: 'auth.admin.oidc.default_access_policy',
    flag: 'auth.admin.oidc.default-access-policy',
    type: 'string',
    default: '',
    doc: 'Access policy of tokens that contain none',
  },
  {
    path: 'auth.admin.oidc.adfs_compatibility',
    flag: 'auth.admin.oidc.adfs-compatibility',
    type: 'boolean',
    default: 'false',
    doc: 'Compatibility with Active Directory Federation Services; not explained in public',
  },
  {
    path: 'admin_client.disable_default_admin_policy',
    flag: 'admin.client.disable-default-admin-policy',
    type: 'boolean',
    default: 'false',
    doc: 'Switches the built-in access policy `__admin__` off',
  },
];

/** Sub-trees that exist but whose settings are not listed one by one: nothing below them is called unknown. */
export const OPEN_PATHS: readonly string[] = ['auth.admin.cache_refresh'];

const BY_PATH = new Map(GEM_SETTINGS.map((setting) => [setting.path, setting]));
const BY_FLAG = new Map(GEM_SETTINGS.map((setting) => [setting.flag, setting]));

export function gemSetting(path: string): GemSetting | undefined {
  return BY_PATH.get(path);
}

export function gemSettingOfFlag(flag: string): GemSetting | undefined {
  return BY_FLAG.get(flag);
}

/**
 * The setting somebody meant who mixed dashes and underscores, or wrote the YAML path as a flag or the reverse.
 * `auth.cache.ttl.duration` is how the manual names the cache lifetime.
 */
export function gemSettingMeant(name: string): GemSetting | undefined {
  const plain = normal(name);
  if (plain === 'auth.cache.ttl.duration' || plain === 'auth.cache.ttl') return BY_PATH.get('auth.admin.cache_ttl');
  for (const setting of GEM_SETTINGS)
    if (normal(setting.path) === plain || normal(setting.flag) === plain) return setting;
  return undefined;
}

function normal(name: string): string {
  return name.split('-').join('_').toLowerCase();
}
