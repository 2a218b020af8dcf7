/** `grafana_ini` of the role grafana.grafana.grafana (collection 5.7 and later). Source: forms overview §9. */
import { iniSections } from './ini.js';
import { secretId } from './references.js';
import type { Writer } from './types.js';
import { indented, yamlKey, yamlQuoted } from './yaml-text.js';

export const writeAnsible: Writer = (settings, report) => {
  const sections = iniSections(settings, report, {
    lines: false,
    form: 'a line of the role',
    reference: (setting) => {
      const variable = `vault_grafana_${secretId(setting)}`;
      report.refer(setting, `the variable ${variable}, which belongs into a vault`);
      return `{{ ${variable} }}`;
    },
  });
  const hidden = new Set(settings.filter((one) => one.hidden).map(({ section, key }) => `${section}\n${key}`));
  const body = sections.flatMap(({ section, entries }) => {
    const lines = entries.map(({ key, value }) => {
      // Jinja reads every text but those that say they are none of its.
      const raw = !hidden.has(`${section}\n${key}`) && /\{[{%#]/.test(value);
      return `${yamlKey(key)}: ${raw ? '!unsafe ' : ''}${yamlQuoted(value)}`;
    });
    return section === 'DEFAULT' ? lines : [`${yamlKey(section)}:`, ...indented(lines, 2)];
  });
  const lines = [
    ...report.comments.map((line) => `# ${line}`),
    ...(body.length === 0 ? ['grafana_ini: {}'] : ['grafana_ini:', ...indented(body, 2)]),
  ];
  return `${lines.join('\n')}\n`;
};
