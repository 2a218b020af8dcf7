/**
 * Everything there is to explain: the rules and options of all products, in one shape. A product adds its own with one line in
 * each list.
 */
import type { OptionEntry, RuleEntry } from '../report/reference/types.js';
import { type AnyRule, ruleCatalogue } from '../rules/catalogue.js';
import { catalogSections, sectionOptions } from '../settings/catalog.js';

const OPTIONS: readonly (() => Promise<readonly OptionEntry[]>)[] = [grafanaOptions, gemOptions, dashboardOptions];

export async function allRules(): Promise<readonly RuleEntry[]> {
  return (await ruleCatalogue()).flatMap(([product, rules]) => entries(product, rules));
}

export async function allOptions(): Promise<readonly OptionEntry[]> {
  return (await Promise.all(OPTIONS.map((load) => load()))).flat();
}

function entries(product: string, rules: readonly AnyRule[]): RuleEntry[] {
  return rules.map(({ id, code, severity, summary, docs, versions, failOpen, failShut }) => ({
    product,
    id,
    code,
    severity,
    summary,
    ...docs,
    versions,
    failOpen: failOpen ?? false,
    failShut: failShut ?? false,
  }));
}

/** The variable that sets an option: section and key joined, `.` and `-` of the section and `.` of the key become `_`. */
export function variableName(section: string, key: string): string {
  return `GF_${section.replace(/[.-]/g, '_')}_${key.replaceAll('.', '_')}`.toUpperCase();
}

async function grafanaOptions(): Promise<OptionEntry[]> {
  const { CATALOG_PROSE } = await import('../settings/catalog-prose.js');
  return catalogSections().flatMap((section) =>
    [...(sectionOptions(section)?.values() ?? [])]
      .filter((option) => !option.other)
      .map((option) => {
        const [summary = '', source = '', notes] = CATALOG_PROSE[`${section}.${option.key}`] ?? [];
        return {
          product: section === 'auth.grafana_com' ? 'grafana-cloud' : 'grafana',
          section,
          key: option.key,
          type: option.type,
          default: option.default,
          required: option.required,
          values: option.values,
          since: option.since,
          until: option.until,
          deprecated: option.deprecated,
          replacedBy: option.replacedBy,
          unread: option.unread,
          secret: option.secret,
          variable: variableName(section, option.key),
          summary,
          source,
          notes,
        };
      }),
  );
}

/** Settings of Grafana Enterprise Metrics: the YAML path in two parts, and the flag in place of a variable. */
async function gemOptions(): Promise<OptionEntry[]> {
  const { GEM_SETTINGS } = await import('../gem/settings.js');
  return GEM_SETTINGS.map((setting) => {
    const dot = setting.path.lastIndexOf('.');
    return {
      product: 'gem',
      section: setting.path.slice(0, dot),
      key: setting.path.slice(dot + 1),
      type: setting.type === 'boolean' ? 'bool' : setting.type,
      default: setting.default,
      required: false,
      values: setting.values ?? [],
      since: undefined,
      until: undefined,
      deprecated: undefined,
      replacedBy: undefined,
      unread: false,
      secret: setting.secret ?? false,
      variable: `-${setting.flag}`,
      summary: setting.doc,
      source: 'configuration descriptors of GEM 1.7 and 2.6',
      notes: setting.absentIn === undefined ? undefined : `absent in ${setting.absentIn}; experimental`,
    };
  });
}

/** Settings of Dashboard: the key of config.yml and the variable. */
async function dashboardOptions(): Promise<OptionEntry[]> {
  const { DASHBOARD_SETTINGS } = await import('../dashboard/settings.js');
  return DASHBOARD_SETTINGS.map((setting) => ({
    product: 'dashboard',
    section: 'config.settings',
    key: setting.key,
    type: setting.type === 'boolean' ? 'bool' : setting.type,
    default: setting.default,
    required: false,
    values: [],
    since: setting.since,
    until: undefined,
    deprecated: undefined,
    replacedBy: undefined,
    unread: false,
    secret: setting.secret ?? false,
    variable: setting.name,
    summary: setting.doc,
    source: 'Dashboard manual: JWT-based authentication',
    notes: setting.field === undefined ? undefined : `in the form: ${setting.field}`,
  }));
}
