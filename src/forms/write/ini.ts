/** grafana.ini, and the lines of one as other forms carry them. */
import { writeIniKey, writeIniSection, writeIniValue } from '../../document/ini-write.js';
import { onOneLine } from './one-line.js';
import { fileReference } from './references.js';
import type { WriteReport, Writer, WriteSetting } from './types.js';

export const writeIni: Writer = (settings, report) => iniText(settings, report, report.comments);

export function iniText(
  settings: readonly WriteSetting[],
  report: WriteReport,
  comments: readonly string[] = [],
): string {
  const parts = comments.map((line) => `; ${line}`);
  for (const { header, entries } of iniSections(settings, report, { lines: true })) {
    if (parts.length > 0) parts.push('');
    if (header !== undefined) parts.push(`[${header}]`);
    parts.push(...entries.map(({ key, value }) => `${key} = ${value}`.trimEnd()));
  }
  return `${parts.join('\n')}\n`;
}

export interface IniPart {
  readonly section: string;
  /** As it stands between brackets; undefined for what stands before any header. */
  readonly header: string | undefined;
  /** As they stand in the file, quoted as its reader needs. */
  readonly entries: readonly { readonly key: string; readonly value: string }[];
}

export interface IniOptions {
  /** Quoted values may run over several lines. */
  readonly lines: boolean;
  /** Names the form for what it cannot hold. */
  readonly form?: string;
  /** The text in place of a hidden value, quoted as need be; a `$__file{…}` without it. */
  reference?(setting: WriteSetting): string;
}

/** Sections in order, `DEFAULT` first, with key and value written for Grafana's reader. */
export function iniSections(settings: readonly WriteSetting[], report: WriteReport, options: IniOptions): IniPart[] {
  const parts: IniPart[] = [];
  for (const [section, members] of bySection(settings)) {
    const header = section === 'DEFAULT' ? undefined : writeIniSection(section);
    if (header === undefined && section !== 'DEFAULT') {
      report.leave({ section, reason: '' }, 'an INI file cannot name such a section');
      continue;
    }
    const entries = members.flatMap((setting) => iniEntry(setting, report, options) ?? []);
    if (entries.length > 0) parts.push({ section, header, entries });
  }
  return parts;
}

function iniEntry(setting: WriteSetting, report: WriteReport, options: IniOptions) {
  const key = writeIniKey(setting.key);
  if (key === undefined) {
    report.leave(setting, 'an INI file cannot name such a key');
    return undefined;
  }
  if (setting.hidden) return { key, value: options.reference?.(setting) ?? fileReference(setting, report) };
  const form = options.form ?? 'an INI file';
  const whole = options.lines ? writeIniValue(setting.value) : undefined;
  if (whole !== undefined) return { key, value: whole };
  const line = onOneLine(setting, form, report);
  if (line === undefined) return undefined;
  const value = writeIniValue(line);
  if (value === undefined || /[\r\n]/.test(value)) {
    report.leave(setting, 'no quotes of an INI file can hold both a backtick and """');
    return undefined;
  }
  return { key, value };
}

/** Sections in the order of their first setting, `DEFAULT` before all. */
export function bySection(settings: readonly WriteSetting[]): Map<string, WriteSetting[]> {
  const sections = new Map<string, WriteSetting[]>();
  if (settings.some(({ section }) => section === 'DEFAULT')) sections.set('DEFAULT', []);
  for (const setting of settings) {
    const members = sections.get(setting.section);
    if (members) members.push(setting);
    else sections.set(setting.section, [setting]);
  }
  return sections;
}
