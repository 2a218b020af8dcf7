/**
 * Values of the Grafana Helm chart: `grafana.ini:`, or variables. Each text is written as the INI line needs it, kept from the
 * template engine, then quoted for YAML. Lists stay texts: charts below 8.5.6 make a list of YAML one that Grafana cannot read.
 * Source: forms overview §1.
 */
import { kubernetesDollars } from './dollars.js';
import { type IniPart, iniSections } from './ini.js';
import { secretKey } from './references.js';
import type { WriteReport, Writer, WriteSetting } from './types.js';
import { asVariables, variableOf } from './variables.js';
import { indented, yamlKey, yamlText } from './yaml-text.js';

export const writeHelm: Writer = (settings, report) => text(helmValues(settings, report), report);

/** Everything one level down, where kube-prometheus-stack has the values of its Grafana. */
export const writeStack: Writer = (settings, report) =>
  text(['grafana:', ...indented(helmValues(settings, report), 2)], report);

export const writeHelmEnv: Writer = (settings, report) => {
  const chart = chartOf(report);
  const plain: string[] = [];
  const secret: string[] = [];
  const rendered: string[] = [];
  for (const { name, setting } of asVariables(settings, report)) {
    if (setting.hidden) secret.push(...valueFrom(name, setting, report));
    else if (isLeakPath(setting)) rendered.push(`${name}: ${yamlText(chart.template(setting.value))}`);
    else plain.push(`${name}: ${yamlText(chart.template(kubernetesDollars(setting.value)))}`);
  }
  return text(
    [
      ...(plain.length === 0 && secret.length + rendered.length > 0 ? [] : block('env', plain)),
      ...(secret.length === 0 ? [] : block('envValueFrom', secret)),
      ...(rendered.length === 0 ? [] : block('envRenderSecret', rendered)),
    ],
    report,
  );
};

function text(lines: readonly string[], { comments }: WriteReport): string {
  return `${[...comments.map((line) => `# ${line}`), ...lines].join('\n')}\n`;
}

function block(key: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [`${key}: {}`] : [`${key}:`, ...indented(lines, 2)];
}

function helmValues(settings: readonly WriteSetting[], report: WriteReport): string[] {
  const chart = chartOf(report);
  const secret: string[] = [];
  const rendered: string[] = [];
  const lines: WriteSetting[] = [];
  for (const setting of settings) {
    const variable = variableOf(setting, settings, report);
    const name = 'name' in variable ? variable.name : undefined;
    if (!isLeakPath(setting) && !setting.hidden) lines.push(setting);
    else if (setting.value === '' && !setting.hidden)
      report.note(`${setting.key} has no value and is not written: the chart refuses an empty secret`);
    else if (setting.hidden && name !== undefined) secret.push(...valueFrom(name, setting, report));
    else if (!setting.hidden && name !== undefined && !/[\0]/.test(setting.value) && !isReference(setting.value))
      rendered.push(`${name}: ${yamlText(chart.template(setting.value))}`);
    else lines.push(setting);
  }
  const parts = iniSections(lines, report, { lines: false, form: 'grafana.ini of the Helm chart' });
  const body = parts.flatMap((part) => section(part, chart, report));
  const refused = chart.refusesReferences && lines.some((setting) => isLeakPath(setting) && isReference(setting.value));
  return [
    ...block('grafana.ini', body),
    ...(secret.length === 0 ? [] : block('envValueFrom', secret)),
    ...(rendered.length === 0 ? [] : block('envRenderSecret', rendered)),
    ...(refused ? ['assertNoLeakedSecrets: false'] : []),
  ];
}

function section({ section: name, entries }: IniPart, chart: Chart, report: WriteReport): string[] {
  const kept = entries.filter(({ key, value }) => {
    const reason = chart.cannotHold(value);
    if (reason !== undefined) report.leave({ section: name, key, reason }, reason);
    return reason === undefined;
  });
  const lines = kept.map(({ key, value }) => `${yamlKey(key)}: ${yamlText(chart.template(value))}`);
  if (name !== 'DEFAULT') return lines.length === 0 ? [] : [`${yamlKey(name)}:`, ...indented(lines, 2)];
  if (chart.topLevel) return lines;
  for (const { key } of kept)
    report.leave({ section: name, key, reason: '' }, 'charts below 6.29.7 know no keys outside sections');
  return [];
}

function valueFrom(variable: string, setting: WriteSetting, report: WriteReport): string[] {
  const { name, key } = secretKey(setting, report);
  return [`${variable}:`, '  secretKeyRef:', `    name: ${yamlText(name)}`, `    key: ${yamlText(key)}`];
}

/** What the chart itself refuses to have in clear (`assertNoLeakedSecrets`). Source: forms overview §1.6. */
const LEAK_PATHS: ReadonlySet<string> = new Set(
  `database.password smtp.password security.secret_key security.admin_password auth.basic.password auth.ldap.bind_password
auth.google.client_secret auth.github.client_secret auth.gitlab.client_secret auth.generic_oauth.client_secret
auth.okta.client_secret auth.azuread.client_secret auth.grafana_com.client_secret auth.grafananet.client_secret
azure.user_identity_client_secret unified_alerting.ha_redis_password metrics.basic_auth_password
external_image_storage.s3.secret_key external_image_storage.webdav.password external_image_storage.azure_blob.account_key`.split(
    /\s+/,
  ),
);

const isLeakPath = ({ section: name, key }: WriteSetting) => LEAK_PATHS.has(`${name}.${key}`);
const isReference = (value: string) => /\$(?:__(?:env|file|vault))?\{[^}]+\}/.test(value);

interface Chart {
  /** A text as the template engine gives it back. */
  template(value: string): string;
  /** Keys outside sections. */
  readonly topLevel: boolean;
  /** The check for secrets refuses references too. */
  readonly refusesReferences: boolean;
  cannotHold(value: string): string | undefined;
}

/** Source: forms overview §1.8. */
function chartOf({ chartVersion }: WriteReport): Chart {
  const order = chartVersion === undefined ? Number.POSITIVE_INFINITY : chartOrder(chartVersion);
  const printsYaml = order >= chartOrder('6.4.5') && order <= chartOrder('6.7.4');
  return {
    template: order <= chartOrder('6.4.4') ? (value) => value : (value) => value.replaceAll('{{', '{{ `{{` }}'),
    topLevel: order >= chartOrder('6.29.7'),
    refusesReferences: order >= chartOrder('7.1.0') && order <= chartOrder('7.2.1'),
    cannotHold: (value) =>
      printsYaml && (value.length > 70 || yamlText(value) !== value)
        ? 'charts 6.4.5 to 6.7.4 wrap long texts and add quotes to others'
        : undefined,
  };
}

function chartOrder(version: string): number {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return (major * 1000 + minor) * 1000 + patch;
}
