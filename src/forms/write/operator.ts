/** `spec.config` of the operator's `Grafana` (v1beta1), all values texts. Source: forms overview §4. */
import { iniSections } from './ini.js';
import { secretKey } from './references.js';
import type { Writer, WriteSetting } from './types.js';
import { variableOf } from './variables.js';
import { indented, yamlKey, yamlQuoted } from './yaml-text.js';

/** The operator sets these itself. */
const OWN_PATHS = new Set(['data', 'logs', 'plugins', 'provisioning']);

export const writeOperator: Writer = (settings, report) => {
  const env: string[] = [];
  const kept: WriteSetting[] = [];
  for (const setting of settings) {
    const variable = setting.hidden ? variableOf(setting, settings, report) : undefined;
    if (setting.section === 'paths' && OWN_PATHS.has(setting.key))
      report.leave(setting, 'the operator always sets this path itself');
    else if (variable && 'name' in variable) {
      const { name, key } = secretKey(setting, report);
      env.push(`- name: ${variable.name}`, '  valueFrom:', '    secretKeyRef:');
      env.push(`      name: ${yamlQuoted(name)}`, `      key: ${yamlQuoted(key)}`);
    } else kept.push(setting);
  }
  const sections = iniSections(kept, report, { lines: false, form: 'a value of the operator' });
  const config = sections.flatMap(({ section, entries }) => [
    `${yamlKey(section === 'DEFAULT' ? 'global' : section)}:`,
    ...entries.map(({ key, value }) => `  ${yamlKey(key)}: ${yamlQuoted(value)}`),
  ]);
  const lines = [
    ...report.comments.map((line) => `# ${line}`),
    'apiVersion: grafana.integreatly.org/v1beta1',
    'kind: Grafana',
    'metadata:',
    `  name: ${yamlQuoted(report.name)}`,
    'spec:',
    ...(config.length === 0 ? ['  config: {}'] : ['  config:', ...indented(config, 4)]),
  ];
  if (env.length > 0)
    lines.push(
      '  deployment:',
      '    spec:',
      '      template:',
      '        spec:',
      '          containers:',
      '            - name: grafana',
      '              env:',
      ...indented(env, 16),
    );
  return `${lines.join('\n')}\n`;
};
