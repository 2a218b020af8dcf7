/** Plain Kubernetes objects. Source: forms overview §3. */
import { kubernetesDollars } from './dollars.js';
import { iniText } from './ini.js';
import { secretKey } from './references.js';
import type { WriteReport, Writer } from './types.js';
import { asVariables } from './variables.js';
import { indented, yamlBlock, yamlQuoted } from './yaml-text.js';

export const writeConfigMap: Writer = (settings, report) =>
  object('v1', 'ConfigMap', report, ['data:', `  grafana.ini:${yamlBlock(iniText(settings, report), 4)}`]);

export const writeSecret: Writer = (settings, report) =>
  object('v1', 'Secret', report, ['stringData:', `  grafana.ini:${yamlBlock(iniText(settings, report), 4)}`]);

/** The variables of a container, as a patch of the Deployment there is. */
export const writePodEnv: Writer = (settings, report) => {
  const env = asVariables(settings, report).flatMap(({ name, setting }) => {
    if (!setting.hidden) return [`- name: ${name}`, `  value: ${yamlQuoted(kubernetesDollars(setting.value))}`];
    const secret = secretKey(setting, report);
    return [
      `- name: ${name}`,
      '  valueFrom:',
      '    secretKeyRef:',
      `      name: ${yamlQuoted(secret.name)}`,
      `      key: ${yamlQuoted(secret.key)}`,
    ];
  });
  report.note('a patch for the Deployment there is (kubectl patch --patch-file, or kustomize)');
  return object('apps/v1', 'Deployment', report, [
    'spec:',
    '  template:',
    '    spec:',
    '      containers:',
    '        - name: grafana',
    ...(env.length === 0 ? ['          env: []'] : ['          env:', ...indented(env, 12)]),
  ]);
};

function object(apiVersion: string, kind: string, report: WriteReport, lines: readonly string[]): string {
  return `${[
    ...report.comments.map((line) => `# ${line}`),
    `apiVersion: ${apiVersion}`,
    `kind: ${kind}`,
    'metadata:',
    `  name: ${yamlQuoted(report.name)}`,
    ...lines,
  ].join('\n')}\n`;
}
