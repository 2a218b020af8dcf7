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
