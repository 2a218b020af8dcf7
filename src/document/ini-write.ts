/** Writes values so that Grafana reads them back unchanged. */
import { parseIni } from './ini.js';

/** Ways to write a value, shortest first. */
const FORMS: readonly ((value: string) => string)[] = [
  (value) => value,
  (value) => `"${value}"`,
  (value) => `'${value}'`,
  (value) => `\`${value}\``,
  (value) => `"""${value}"""`,
];

/**
 * The shortest text for a value behind `key = ` that is read back equal; undefined where there is none (a value with both a
 * backtick at its end or before a line break and `"""` may have none). `after` is what follows on the line, a comment for instance.
 * Expanders and `%(name)s` in the value still apply when Grafana uses it.
 */
export function writeIniValue(value: string, after = ''): string | undefined {
  return FORMS.map((form) => form(value)).find((text) => readsBack(text, after, value));
}

/** With lines around it, since a bad value would swallow them. */
function readsBack(text: string, after: string, value: string): boolean {
  const { sections, problems } = parseIni({ path: '', text: `[s]\nk = ${text}${after}\nz = 1\n` });
  const entries = sections[1]?.entries ?? [];
  return (
    problems.length === 0 &&
    sections.length === 2 &&
    entries.length === 2 &&
    entries[0]!.value === value &&
    entries[1]!.key === 'z' &&
    entries[1]!.value === '1'
  );
}

/** A section's name as it stands between brackets; undefined where no header can name it. */
export function writeIniSection(name: string): string | undefined {
  if (/^[A-Za-z][\w.-]*$/.test(name)) return name;
  const { sections, problems } = parseIni({ path: '', text: `[${name}]\nk = 1\n` });
  const fits = problems.length === 0 && sections.length === 2 && sections[1]!.name === name;
  return fits && sections[1]!.entries.length === 1 ? name : undefined;
}

/** A key as it stands before ` = `, quoted where need be; undefined where none is read back equal. */
export function writeIniKey(key: string): string | undefined {
  if (/^[A-Za-z_][\w.-]*$/.test(key)) return key;
  return [key, `"${key}"`, `"""${key}"""`, `\`${key}\``].find((written) => {
    const { sections, problems } = parseIni({ path: '', text: `[s]\n${written} = 1\n` });
    const entries = sections[1]?.entries ?? [];
    return problems.length === 0 && sections.length === 2 && entries.length === 1 && isEntry(entries[0]!, key);
  });
}

const isEntry = (entry: { readonly key: string; readonly value: string }, key: string) =>
  entry.key === key && entry.value === '1';
