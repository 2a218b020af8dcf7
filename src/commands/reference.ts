/**
 * Everything there is to explain: the rules and options of all products, in one shape. A product adds its own with one line in
 * each list.
 */
import type { OptionEntry, RuleEntry } from '../report/reference/types.js';
import type { Rule } from '../rules/rule.js';
import { catalogSections, sectionOptions } from '../settings/catalog.js';

const RULES: readonly (() => Promise<readonly RuleEntry[]>)[] = [
  async () => entries('grafana', (await import('../rules/grafana/index.js')).grafanaRules),
];

const OPTIONS: readonly (() => Promise<readonly OptionEntry[]>)[] = [grafanaOptions];

export async function allRules(): Promise<readonly RuleEntry[]> {
  return (await Promise.all(RULES.map((load) => load()))).flat();
}

export async function allOptions(): Promise<readonly OptionEntry[]> {
  return (await Promise.all(OPTIONS.map((load) => load()))).flat();
}

function entries(product: string, rules: readonly Omit<Rule<never>, 'check'>[]): RuleEntry[] {
  return rules.map(({ id, code, severity, summary, docs, versions, failOpen }) => ({
    product,
    id,
    code,
    severity,
    summary,
    ...docs,
    versions,
    failOpen: failOpen ?? false,
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
