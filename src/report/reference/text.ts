/** Rules and options for reading in a terminal. */
import { padEnd, textWidth, wrapText } from '../../text/width.js';
import { severityPaint } from '../findings/pretty.js';
import type { Style } from '../style.js';
import {
  defaultInWords,
  type OptionEntry,
  RULE_GROUPS,
  type RuleEntry,
  typeInWords,
  versionsInWords,
} from './types.js';

export function ruleText(rule: RuleEntry, style: Style): string {
  const paint = severityPaint(rule.severity, style);
  const lines = [
    `${style.bold(rule.id)} (${rule.code})  ${paint(rule.severity)}${rule.failOpen ? style.red(', fails open') : ''}${rule.failShut ? style.red(', fails shut') : ''}`,
    ...wrapped(rule.summary, style, 2),
    '',
    ...wrapped(rule.why, style, 2),
    '',
    '  found in',
    ...block(rule.bad, style),
    '  not found in',
    ...block(rule.good, style),
    '',
    ...facts(
      [
        ['product', rule.product],
        ['versions', versionsInWords(rule.versions)],
        ...rule.references.map((reference, at): [string, string] => [at === 0 ? 'source' : '', reference]),
        [
          'switch off',
          rule.product === 'auth-cli'
            ? `--rule ${rule.id}=off`
            : `--rule ${rule.id}=off, or a line "${commentMark(rule.product)} auth-cli-ignore ${rule.id} -- why" above the place`,
        ],
      ],
      style,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

export function optionText(option: OptionEntry, style: Style): string {
  const lines = [
    `${style.bold(option.key)}  option of [${option.section}]`,
    ...wrapped(option.summary, style, 2),
    ...(option.notes ? ['', ...wrapped(option.notes, style, 2)] : []),
    '',
    ...facts(
      [
        ['type', typeInWords(option)],
        ['default', defaultInWords(option)],
        ['required', option.required ? 'yes' : 'no'],
        ['versions', lifetime(option)],
        ...(option.replacedBy === undefined ? [] : [['replaced by', option.replacedBy] as const]),
        [option.variable.startsWith('-') ? 'flag' : 'variable', option.variable],
        ['source', option.source],
      ],
      style,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

export function lifetime(option: OptionEntry): string {
  if (option.unread) return 'known for other providers, read by no version here';
  const parts = [
    option.since === undefined ? '' : `since ${option.since}`,
    option.deprecated === undefined ? '' : `deprecated since ${option.deprecated}`,
    option.until === undefined ? '' : `no longer read from ${option.until}`,
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts.join(', ') : 'all versions';
}

export function ruleList(rules: readonly RuleEntry[], style: Style): string {
  const groups = new Map<string, RuleEntry[]>();
  for (const rule of rules) {
    const key = groupOf(rule);
    groups.set(key, [...(groups.get(key) ?? []), rule]);
  }
  const width = Math.max(0, ...rules.map((rule) => rule.id.length));
  return [...groups]
    .map(([title, entries]) => {
      const lines = entries.map((rule) => {
        const paint = severityPaint(rule.severity, style);
        return `  ${rule.id.padEnd(width)}  ${paint(rule.severity.padEnd(7))}  ${rule.summary}${rule.failOpen ? style.red(' (fails open)') : ''}${rule.failShut ? style.red(' (fails shut)') : ''}`;
      });
      return `${style.bold(title)}\n${lines.join('\n')}\n`;
    })
    .join('\n');
}

export function groupOf(rule: RuleEntry): string {
  return RULE_GROUPS[rule.code[0] ?? ''] ?? `Rules of ${rule.product}`;
}

export function optionList(options: readonly OptionEntry[], style: Style): string {
  const sections = new Map<string, OptionEntry[]>();
  for (const option of options) sections.set(option.section, [...(sections.get(option.section) ?? []), option]);
  const width = Math.max(0, ...options.map((option) => option.key.length));
  return [...sections]
    .map(([section, entries]) => {
      const lines = entries.map((option) => `  ${option.key.padEnd(width)}  ${option.summary}`);
      return `${style.bold(`[${section}]`)}\n${lines.join('\n')}\n`;
    })
    .join('\n');
}

function wrapped(text: string, style: Style, indent: number): string[] {
  return wrapText(text, Math.min(style.width, 100) - indent).map((line) => ' '.repeat(indent) + line);
}

function block(text: string, style: Style): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${style.cyan(line)}`);
}

function facts(pairs: readonly (readonly [string, string])[], style: Style): string[] {
  const width = Math.max(...pairs.map(([name]) => textWidth(name))) + 2;
  return pairs.flatMap(([name, value]) => {
    const [first = '', ...rest] = wrapText(value, Math.max(40, Math.min(style.width, 100) - width - 2));
    return [`  ${style.dim(padEnd(name, width))}${first}`, ...rest.map((line) => ' '.repeat(width + 2) + line)];
  });
}

/** What a comment of the product's configuration begins with. */
function commentMark(product: string): string {
  return product.startsWith('grafana') ? ';' : '#';
}
