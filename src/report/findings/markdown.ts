/**
 * A page for the summary of a job or a comment: what was found, the gravest first. It stays short however much there is, since
 * services cut or refuse long ones (GitHub: 1 MiB a step).
 */
import type { Severity } from '../../rules/rule.js';
import { escapeMarkdown, markdownCode } from '../../text/markdown.js';
import { oneLine, place } from './compact.js';
import type { CheckedFiles, FindingsFormat, FindingsSummary } from './format.js';
import { details, placed, slashed } from './place.js';
import { counts, plural } from './pretty.js';

/** Findings that are shown. */
const MOST_ROWS = 50;
/** Files that let nobody in, or anybody, that are named. */
const MOST_VERDICTS = 20;
/** Characters of a text in a cell. */
const LONGEST = 400;

export const markdown: FindingsFormat = ({ windows, fails }) => {
  // No more of a kind can be shown, so no more are kept.
  const rows: Record<Severity, string[]> = { error: [], warning: [], info: [] };
  const targets = new Set<string>();
  const verdicts: string[] = [];
  return {
    begin: () => '',
    files(checked) {
      targets.add(targetOf(checked));
      for (const { path, verdict } of checked.files)
        if ((verdict?.verdict === 'nobody' || verdict?.verdict === 'anybody') && verdicts.length < MOST_VERDICTS)
          verdicts.push(`- ${markdownCode(slashed(path, windows))}: **${short(oneLine(verdict.sentence))}**`);
      for (const { finding, path } of placed(checked)) {
        const kept = rows[finding.severity];
        if (kept.length >= MOST_ROWS) continue;
        const at = slashed(place(finding, path), windows);
        const texts = details(finding).map(([label, text]) => `<br>*${label}:* ${short(text)}`);
        kept.push(
          `| ${finding.severity} | ${markdownCode(at)} | ${short(oneLine(finding.message))}${texts.join('')} | ${markdownCode(finding.rule)} |`,
        );
      }
      return '';
    },
    end(summary) {
      const all = [...rows.error, ...rows.warning, ...rows.info].slice(0, MOST_ROWS);
      const total = summary.errors + summary.warnings + summary.infos;
      const bad = (['error', 'warning', 'info'] as const).some(
        (severity) => rows[severity].length > 0 && fails(severity),
      );
      const lines = [`### ${bad || summary.unread > 0 ? '❌' : '✅'} auth-cli: ${headline(summary, total)}`];
      if (targets.size > 0) lines.push('', `Checked as ${[...targets].map(escapeMarkdown).join(', ')}.`);
      if (summary.unread > 0) lines.push('', `${plural(summary.unread, 'file')} could not be read.`);
      if (verdicts.length > 0) lines.push('', ...verdicts);
      if (all.length > 0) lines.push('', '| | where | what | rule |', '| --- | --- | --- | --- |', ...all);
      if (total > all.length)
        lines.push('', `… and ${total - all.length} more; the other forms of the report have them all.`);
      return `${lines.join('\n')}\n`;
    },
  };
};

function headline(summary: FindingsSummary, total: number): string {
  const [only] = summary.last?.files ?? [];
  const where = summary.files === 1 && only ? escapeMarkdown(only.path) : plural(summary.files, 'file');
  return total === 0 ? `no problems in ${where}` : `${counts(summary)} in ${where}`;
}

function targetOf({ target }: CheckedFiles): string {
  return `${target.product} ${target.version}`.trim();
}

function short(text: string): string {
  return escapeMarkdown(text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
}
