/**
 * The resource `grafana_sso_settings`. It sends every attribute, those left out as empty or false, so the ones whose default in
 * Grafana is something else are written out. Source: forms overview §7.
 */
import { defaultsOf } from '../../settings/defaults.js';
import { DEMANDED, REFUSED, SCHEMA } from '../terraform-schema.js';
import { booleanOf, isBoolean, providersOf } from './database.js';
import { secretId } from './references.js';
import type { WriteReport, Writer, WriteSetting } from './types.js';

export const writeTerraform: Writer = (settings, report) => {
  const variables: string[] = [];
  const resources = [...providersOf(settings, report)].map(([provider, members]) =>
    resource(provider, members, variables, report),
  );
  const declared = variables.map((name) => [`variable "${name}" {`, '  type      = string', '  sensitive = true', '}']);
  const blocks = [...declared, ...resources].map((lines) => lines.join('\n'));
  return `${[...report.comments.map((line) => `# ${line}`), blocks.join('\n\n')].filter((part) => part !== '').join('\n')}\n`;
};

function resource(
  provider: string,
  settings: readonly WriteSetting[],
  variables: string[],
  report: WriteReport,
): readonly string[] {
  const inside = new Map<string, string>();
  const custom = new Map<string, string>();
  for (const setting of settings) {
    if (REFUSED[provider]?.includes(setting.key)) {
      report.leave(setting, `the Terraform provider refuses it for ${provider}`);
      continue;
    }
    const typed = SCHEMA.has(setting.key) && isBoolean(setting) ? booleanOf(setting, report) : undefined;
    if (typed === undefined && SCHEMA.has(setting.key) && isBoolean(setting)) continue;
    const value = typed === undefined ? content(setting, variables, report) : String(typed);
    (SCHEMA.has(setting.key) ? inside : custom).set(setting.key, value);
  }
  for (const [key, value] of standards(provider, inside, report)) inside.set(key, value);
  demand(provider, inside, report);
  return [
    `resource "grafana_sso_settings" ${hcl(provider)} {`,
    `  provider_name = ${hcl(provider)}`,
    '',
    '  oauth2_settings {',
    ...aligned(inside).map((line) => `    ${line}`),
    ...(custom.size === 0 ? [] : ['    custom = {', ...aligned(custom).map((line) => `      ${line}`), '    }']),
    '  }',
    '}',
  ];
}

function content(setting: WriteSetting, variables: string[], report: WriteReport): string {
  if (!setting.hidden) return hcl(setting.value);
  const name = secretId(setting);
  variables.push(name);
  report.refer(setting, `the Terraform variable ${name} (TF_VAR_${name})`);
  return `var.${name}`;
}

/** Options whose default is neither empty nor false, and what a resource means where it says nothing of `enabled`. */
function* standards(
  provider: string,
  given: ReadonlyMap<string, string>,
  report: WriteReport,
): Generator<readonly [string, string]> {
  const section = `auth.${provider}`;
  for (const { key, value } of defaultsOf(report.profile).keys(section)?.values() ?? []) {
    if (given.has(key) || !SCHEMA.has(key) || key === 'client_id' || key.endsWith('_url')) continue;
    if (key === 'enabled' || (value !== '' && value !== 'false'))
      yield [key, isBoolean({ section, key }) ? value : hcl(value)];
  }
}

function demand(provider: string, given: ReadonlyMap<string, string>, report: WriteReport): void {
  const missing = (DEMANDED[provider] ?? ['client_id']).filter((key) => !given.has(key));
  if (missing.length > 0) report.note(`the Terraform provider demands ${missing.join(', ')} for ${provider}`);
  if (given.has('org_mapping') !== given.has('org_attribute_path') && REFUSED[provider] === undefined)
    report.note('the Terraform provider wants org_mapping and org_attribute_path both or none');
}

function aligned(entries: ReadonlyMap<string, string>): string[] {
  const named = [...entries].map(([key, value]) => [/^[A-Za-z_][\w-]*$/.test(key) ? key : hcl(key), value] as const);
  const width = Math.max(...named.map(([key]) => key.length));
  return named.map(([key, value]) => `${key.padEnd(width)} = ${value}`);
}

/** A quoted text: templates switched off, and only the escapes HCL has. */
function hcl(value: string): string {
  const json = JSON.stringify(value).replace(/\\([bf])|[\x7f-\x9f]/g, (match, short) =>
    short === 'b' ? '\\u0008' : short === 'f' ? '\\u000c' : `\\u00${match.charCodeAt(0).toString(16)}`,
  );
  // `$${` is the text `${`; a sign before it would be ambiguous and is written by its number.
  return json.replace(/([$%]+)(?=\{)/g, (signs) => {
    const last = signs.at(-1)!;
    return signs.slice(0, -1).replace(/[$%]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`) + last + last;
  });
}
