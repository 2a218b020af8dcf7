/** Files of variables: for Compose, for `docker run --env-file`, for systemd. Their readers disagree about quotes. */
import { goTrim } from '../../text/go-text.js';
import { onOneLine } from './one-line.js';
import { fileReference } from './references.js';
import type { WriteReport, Writer, WriteSetting } from './types.js';
import { asVariables, type VariableSetting } from './variables.js';

/**
 * `env_file` of Compose. What all three readers take alike stands bare; the rest in quotes, which only Compose takes off.
 * Source: forms overview §5.3.
 */
export const writeEnvFile: Writer = (settings, report) => {
  const quoted: string[] = [];
  const text = writeLines(settings, report, (value, { name, setting }) => {
    const line = withoutReturns(value, setting, report);
    if (line === undefined || isBareEverywhere(line)) return line;
    quoted.push(name);
    if (!/['\n]|\\$/.test(line)) return `'${line}'`;
    return `"${line.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('$', '$$$$')}"`;
  });
  if (quoted.length > 0)
    report.note(
      `the quotes are those of Compose; docker run --env-file takes them as part of the value (--to docker-env-file), and systemd has its own (--to systemd): ${quoted.join(', ')}`,
    );
  return text;
};

/** No quotes, no escapes: the line is the value. Source: forms overview §5.4. */
export const writeDockerEnvFile: Writer = (settings, report) =>
  writeLines(settings, report, (value, { setting }) => {
    if (!/[\r\n]/.test(value)) return value;
    return onOneLine(setting, 'docker run --env-file', report);
  });

/** EnvironmentFile of a unit. Source: forms overview §6. */
export const writeSystemdEnv: Writer = (settings, report) =>
  writeLines(settings, report, (value, { setting }) => {
    const line = withoutReturns(value, setting, report);
    if (line === undefined || (isTrimmed(line) && !/^['"]|[\\\x00-\x1f\x7f]/.test(line))) return line;
    return `"${line.replace(/[\\"$`]/g, '\\$&')}"`;
  });

/** Bare to Compose, Docker and systemd alike. */
function isBareEverywhere(value: string): boolean {
  return isTrimmed(value) && !/^['"#]|[\\$\x00-\x1f\x7f]|[\s\u0085]#/.test(value);
}

/** Readers end lines at a carriage return or drop it. */
function withoutReturns(value: string, setting: WriteSetting, report: WriteReport): string | undefined {
  return value.includes('\r') ? onOneLine(setting, 'a file of variables with carriage returns', report) : value;
}

/** To every reader, whatever it takes for a blank. */
function isTrimmed(value: string): boolean {
  return value === value.trim() && value === goTrim(value);
}

function writeLines(
  settings: readonly WriteSetting[],
  report: WriteReport,
  write: (value: string, variable: VariableSetting) => string | undefined,
): string {
  const lines = report.comments.map((line) => `# ${line}`);
  for (const variable of asVariables(settings, report)) {
    const { name, setting } = variable;
    const value = write(setting.hidden ? fileReference(setting, report) : setting.value, variable);
    if (value !== undefined) lines.push(`${name}=${value}`);
  }
  return `${lines.join('\n')}\n`;
}
