/** What `init` says around the configuration: who would get what before it, what is left to do after it. */
import type { Outcome } from '../claims/trace.js';
import type { Advice } from '../init/checklist.js';
import type { Accepted, DraftSection } from '../init/configuration.js';
import type { RoleRow } from '../init/role-table.js';
import type { Finding } from '../rules/rule.js';
import { padEnd, shownLine, textWidth, wrapText } from '../text/width.js';
import { firstLine } from './findings/compact.js';
import type { Style } from './style.js';

/** What a sample login came to. */
export interface PersonResult {
  readonly name: string;
  readonly kind: 'row' | 'user' | 'no-groups' | 'trap';
  readonly row?: RoleRow;
  readonly outcome: Outcome;
  /** `''`: the role is left as it is; null: not let in. */
  readonly role: string | null;
  readonly rule?: string;
  readonly because?: string;
  readonly note?: string;
}

export interface InitReport {
  readonly product: string;
  readonly version: string;
  readonly preset: { readonly id: string; readonly name: string; readonly covers: string };
  readonly issuer: string | null;
  readonly form: string;
  readonly text: string;
  readonly sections: readonly DraftSection[];
  readonly accepted: readonly Accepted[];
  readonly people: readonly PersonResult[];
  readonly advice: Advice;
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
  /** What has no place in the form: a grafana.ini beside it. */
  readonly beside?: string;
  /** Where the client secret is expected; null where nothing is. */
  readonly secret: string | null;
}

/** Before the configuration: notes, and what sample logins would get. */
export function initBefore(report: InitReport, style: Style): string {
  const { people, preset, version, notes } = report;
  const lines = notes.map((note) => `${style.yellow(style.symbols.arrow)} ${shownLine(note)}`);
  if (lines.length > 0) lines.push('');
  if (people.length > 0) {
    lines.push(style.bold(`What people would get (Grafana ${version}, sample logins of ${preset.name})`));
    const names = people.map(({ kind, name }) => shownLine(kind === 'trap' ? `oddity: ${name}` : name));
    const width = Math.min(56, Math.max(...names.map(textWidth)));
    for (const [at, person] of people.entries())
      lines.push(`  ${padEnd(names[at]!, width)}  ${verdict(person, style)}`);
    lines.push('');
  }
  return lines.join('\n');
}

function verdict({ outcome, role, because, rule }: PersonResult, style: Style): string {
  if (outcome === 'allowed')
    return role === '' ? style.dim('enters, role left as it is') : style.green(shownLine(role ?? ''));
  const word = outcome === 'denied' ? 'refused' : 'no login';
  const why = rule === 'role_attribute_strict' ? 'no row fits' : (because ?? '');
  return `${style.red(word)}${why === '' ? '' : style.dim(`: ${shownLine(why)}`)}`;
}

/** After it: findings where there are any, the list for the provider's side, the next steps. */
export function initAfter(report: InitReport, style: Style, output: string | undefined): string {
  const { advice, preset, findings, secret, beside } = report;
  const toFile = output !== undefined && output !== '-';
  const lines: string[] = toFile ? [] : [''];
  const width = Math.max(60, Math.min(style.width, 120));
  const item = (text: string) => {
    const [first = '', ...rest] = wrapText(shownLine(text), width - 6);
    lines.push(`  - ${first}`, ...rest.map((line) => `    ${line}`));
  };
  if (toFile) lines.push(`${style.green(style.symbols.ok)} wrote ${shownLine(output)}`, '');
  if (findings.length > 0) {
    lines.push(style.bold('What validate says to it'));
    for (const finding of findings) {
      lines.push(`  ${shownLine(firstLine(finding, finding.path))}`);
      if (finding.help) lines.push(`    ${shownLine(finding.help)}`);
    }
    lines.push('');
  }
  lines.push(style.bold(`At ${preset.name}`));
  for (const { what, value } of advice.toDo) item(value === undefined ? what : `${what}: ${value}`);
  if (advice.watchOut.length > 0) {
    lines.push('', style.bold('Watch out'));
    for (const { title, detail, verified } of advice.watchOut)
      item(`${title}${detail === undefined ? '' : `: ${detail}`}${verified ? '' : ' (not verified)'}`);
  }
  const file = toFile ? output : 'FILE';
  lines.push('', style.bold('Next'));
  if (secret !== null) item(`the client secret: ${secret}`);
  if (beside !== undefined) {
    item('the rest has no place in this form; into grafana.ini:');
    for (const line of beside.trimEnd().split('\n')) lines.push(`      ${shownLine(line)}`.trimEnd());
  }
  lines.push(`  - auth-cli validate ${shownLine(file)}`, `  - auth-cli test-login --config ${shownLine(file)}`);
  return lines.join('\n');
}

/** For programs: answers, settings, lists, results. */
export function initJson(report: InitReport): string {
  const { sections, people, advice, accepted, findings, notes, ...rest } = report;
  const value = {
    formatVersion: 1,
    ...rest,
    // What stands in the text for a secret is another thing in every form; `secret` says it.
    settings: Object.fromEntries(
      sections.map(({ section, settings: { client_secret: secret, ...rest } }) => [
        section,
        secret ? { ...rest, client_secret: secret } : rest,
      ]),
    ),
    people,
    checklist: advice.toDo,
    watchOut: advice.watchOut,
    accepted,
    findings,
    notes,
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
