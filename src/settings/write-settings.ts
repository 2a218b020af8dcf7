/**
 * One section of settings as text, in the forms people keep Grafana's configuration in. What is written reads back equal; where a
 * form cannot hold a value, that setting is left out and named.
 */
import { stringify } from 'yaml';
import { writeIniValue } from '../document/ini-write.js';
import { envName } from './env-names.js';

export type SettingsForm = 'ini' | 'helm' | 'env' | 'terraform';

export const SETTINGS_FORMS: readonly SettingsForm[] = ['ini', 'helm', 'env', 'terraform'];

export interface SettingsText {
  readonly text: string;
  /** Settings whose value this form cannot hold. */
  readonly left: readonly string[];
}

export interface SettingsInput {
  /** `auth.generic_oauth`. */
  readonly section: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Lines to say above the settings. */
  readonly comments?: readonly string[];
}

export function writeSettings(input: SettingsInput, form: SettingsForm): SettingsText {
  switch (form) {
    case 'ini':
      return asIni(input);
    case 'helm':
      return asHelm(input);
    case 'env':
      return asEnv(input);
    case 'terraform':
      return asTerraform(input);
  }
}

function asIni({ section, settings, comments = [] }: SettingsInput): SettingsText {
  const left: string[] = [];
  const lines = Object.entries(settings).flatMap(([key, value]) => {
    const written = writeIniValue(value);
    if (written !== undefined) return [`${key} = ${written}`.trimEnd()];
    left.push(key);
    return [];
  });
  return { text: text([`[${section}]`, ...comments.map((line) => `; ${line}`), ...lines]), left };
}

/** Values of the Grafana chart; each is written as the INI line needs it, then quoted for YAML. */
function asHelm({ section, settings, comments = [] }: SettingsInput): SettingsText {
  const left: string[] = [];
  const values = Object.entries(settings).flatMap(([key, value]) => {
    const written = writeIniValue(value);
    // The chart runs values through its template engine.
    if (written !== undefined && !written.includes('{{')) return [[key, written] as const];
    left.push(key);
    return [];
  });
  const body = stringify(
    { 'grafana.ini': { [section]: Object.fromEntries(values) } },
    { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0 },
  );
  return { text: text([...comments.map((line) => `# ${line}`), body.trimEnd()]), left };
}

/**
 * Lines of an env file. Readers of such files disagree about quotes, `$`, `\\` and ` #`, so a value is written bare or not at all:
 * bare words, and blanks between them, mean the same to Docker, Compose and systemd.
 */
function asEnv({ section, settings, comments = [] }: SettingsInput): SettingsText {
  const left: string[] = [];
  const lines = Object.entries(settings).flatMap(([key, value]) => {
    if (value === value.trim() && !/[\x00-\x1f\x7f'"`\\$]|\s#|^#/.test(value))
      return [`${envName(section, key)}=${value}`];
    left.push(key);
    return [];
  });
  return { text: text([...comments.map((line) => `# ${line}`), ...lines]), left };
}

const BOOLEANS = new Set([
  'allow_assign_grafana_admin',
  'allow_sign_up',
  'auto_login',
  'empty_scopes',
  'enabled',
  'role_attribute_strict',
  'skip_org_role_sync',
  'tls_skip_verify_insecure',
  'use_pkce',
  'use_refresh_token',
]);

/** Attributes of `oauth2_settings`; what it does not know goes into `custom`. */
const CUSTOM = new Set(['jwk_set_url', 'validate_id_token', 'icon', 'hosted_domain']);

/**
 * The resource `grafana_sso_settings`. It sends every attribute, those left out as empty or false, so the ones whose default in
 * Grafana is something else are written out.
 */
function asTerraform({ section, settings, comments = [] }: SettingsInput): SettingsText {
  const all: Record<string, string> = {
    allow_sign_up: 'true',
    email_attribute_name: 'email:primary',
    ...settings,
  };
  const name = section.replace(/^auth\./, '');
  const entries = Object.entries(all);
  const inside = entries.filter(([key]) => !CUSTOM.has(key));
  const custom = entries.filter(([key]) => CUSTOM.has(key));
  const width = Math.max(...inside.map(([key]) => key.length));
  const value = (key: string, content: string) => (BOOLEANS.has(key) ? content : hcl(content));
  return {
    text: text([
      ...comments.map((line) => `# ${line}`),
      `resource "grafana_sso_settings" "${name}" {`,
      `  provider_name = "${name}"`,
      '  oauth2_settings {',
      ...inside.map(([key, content]) => `    ${key.padEnd(width)} = ${value(key, content)}`),
      ...(custom.length === 0
        ? []
        : ['    custom = {', ...custom.map(([key, content]) => `      ${key} = ${hcl(content)}`), '    }']),
      '  }',
      '}',
    ]),
    left: [],
  };
}

/** A quoted HCL text: JSON's escapes, and templates switched off. */
function hcl(value: string): string {
  return JSON.stringify(value).replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

const text = (lines: readonly string[]) => `${lines.join('\n')}\n`;
