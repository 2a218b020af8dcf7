/** The settings of the project file, for reading. */
import { wrapText } from '../../text/width.js';
import type { Style } from '../style.js';

/** A setting as `rules/project/schema.ts` has it, as far as it is shown. */
export interface SettingEntry {
  readonly key: string;
  readonly summary: string;
  readonly below: readonly SettingEntry[];
}

const INTRODUCTION =
  'A project file .auth-cli.yaml holds what would otherwise be flags of validate. It is taken from the current folder or one above it, up to the root of the repository; --project FILE names another, --no-project uses none. Flags win over it. Paths in it are seen from its folder.';

export function projectText(settings: readonly SettingEntry[], style: Style): string {
  return `${wrapText(INTRODUCTION, style.width).join('\n')}\n\n${lines(settings, '  ', style).join('\n')}\n`;
}

function lines(settings: readonly SettingEntry[], indent: string, style: Style): string[] {
  const width = Math.max(0, ...settings.map(({ key }) => key.length)) + 2;
  return settings.flatMap(({ key, summary, below }) => {
    const lead = indent + ' '.repeat(width);
    const [first = '', ...rest] = wrapText(summary, Math.max(30, style.width - lead.length));
    return [
      `${indent}${style.bold(key)}${' '.repeat(width - key.length)}${first}`,
      ...rest.map((line) => lead + line),
      ...lines(below, `${indent}  `, style),
    ];
  });
}

export function projectMarkdown(settings: readonly SettingEntry[]): string {
  const rows = (list: readonly SettingEntry[], before: string): string[] =>
    list.flatMap(({ key, summary, below }) => [
      `| \`${before}${key}\` | ${summary} |`,
      ...rows(below, `${before}${key}[].`),
    ]);
  return `# The project file\n\n${INTRODUCTION}\n\n| setting | what it does |\n| --- | --- |\n${rows(settings, '').join('\n')}\n`;
}
