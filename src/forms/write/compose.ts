/** `environment` of a service, as an override file that Compose merges into the one there is. */
import { composeDollars } from './dollars.js';
import { fileReference, secretId } from './references.js';
import type { WriteReport, Writer, WriteSetting } from './types.js';
import { asVariables } from './variables.js';
import { yamlKey, yamlQuoted, yamlText } from './yaml-text.js';

export const writeComposeMap: Writer = (settings, report) =>
  writeCompose(settings, report, (name, value) => `${name}: ${yamlText(value)}`);

/** The whole item is quoted, since quotes within it would be part of the value. */
export const writeComposeList: Writer = (settings, report) =>
  writeCompose(settings, report, (name, value) => `- ${yamlText(`${name}=${value}`)}`);

function writeCompose(
  settings: readonly WriteSetting[],
  report: WriteReport,
  item: (name: string, value: string) => string,
): string {
  const secrets: string[] = [];
  const items = asVariables(settings, report).map(({ name, setting }) => {
    if (!setting.hidden) return item(name, composeDollars(setting.value));
    secrets.push(secretId(setting));
    return item(name, composeDollars(fileReference(setting, report)));
  });
  const lines = report.comments.map((line) => `# ${line}`);
  lines.push('services:', `  ${yamlKey(report.service)}:`);
  lines.push(items.length === 0 ? '    environment: {}' : '    environment:', ...items.map((line) => `      ${line}`));
  if (secrets.length > 0) {
    lines.push('    secrets:', ...secrets.map((name) => `      - ${yamlText(name)}`), 'secrets:');
    for (const name of secrets) lines.push(`  ${yamlKey(name)}:`, `    file: ${yamlQuoted(`./secrets/${name}`)}`);
  }
  return `${lines.join('\n')}\n`;
}
