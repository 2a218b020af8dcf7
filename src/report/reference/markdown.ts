/** Rules and options as Markdown pages. */
import { groupOf, lifetime } from './text.js';
import { defaultInWords, type OptionEntry, type RuleEntry, typeInWords, versionsInWords } from './types.js';

export function rulesPage(rules: readonly RuleEntry[]): string {
  const groups = new Map<string, RuleEntry[]>();
  for (const rule of rules) groups.set(groupOf(rule), [...(groups.get(groupOf(rule)) ?? []), rule]);
  const parts = [...groups].map(
    ([title, entries]) => `## ${title}\n\n${entries.map((rule) => ruleMarkdown(rule, '###')).join('\n')}`,
  );
  return `# Rules\n\n${rules.length} rules. A rule marked "fails open" finds gates that let in people who were meant to stay out; one marked "fails shut" finds what keeps everybody out.\n\n${parts.join('\n')}`;
}

export function ruleMarkdown(rule: RuleEntry, level = '#'): string {
  return `${level} ${rule.id}

${rule.code}, ${rule.severity}${rule.failOpen ? ', **fails open**' : ''}${rule.failShut ? ', **fails shut**' : ''}, ${versionsInWords(rule.versions)}: ${rule.summary}.

${rule.why}

Found in:

${fence(rule.bad)}
Not found in:

${fence(rule.good)}
Source: ${rule.references.join('; ')}.
`;
}

export function optionsPage(options: readonly OptionEntry[]): string {
  const sections = new Map<string, OptionEntry[]>();
  for (const option of options) sections.set(option.section, [...(sections.get(option.section) ?? []), option]);
  const parts = [...sections].map(([section, entries]) => `## ${section}\n\n${optionTable(entries)}`);
  return `# Options\n\n${options.length} options in ${sections.size} sections. \`auth-cli explain NAME\` tells more of each.\n\n${parts.join('\n')}`;
}

export function optionTable(options: readonly OptionEntry[]): string {
  const rows = options.map((option) =>
    [
      `\`${option.key}\``,
      typeInWords(option),
      option.default ? `\`${option.default}\`` : defaultInWords(option),
      option.required ? 'yes' : '',
      lifetime(option),
      option.summary,
      option.source,
    ]
      .map((cell) => cell.replaceAll('|', '\\|'))
      .join(' | '),
  );
  return `| option | type | default | required | versions | what it does | source |
| --- | --- | --- | --- | --- | --- | --- |
${rows.map((row) => `| ${row} |\n`).join('')}`;
}

export function optionMarkdown(option: OptionEntry): string {
  return `# ${option.key}\n\nOption of \`[${option.section}]\`.\n\n${option.summary}${option.notes ? `\n\n${option.notes}` : ''}\n\n${optionTable([option])}`;
}

/** A code block whose fence is longer than any run of backticks in it. */
function fence(code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map((run) => run[0].length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}ini\n${code.trimEnd()}\n${ticks}\n`;
}
