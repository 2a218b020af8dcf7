/** What `init dashboard` says around the configuration. Source of the list: the JWT study, "Second leg" and "Token checks". */
import type { Outcome } from '../claims/trace.js';
import type { Finding } from '../rules/rule.js';
import { padEnd, shownLine, textWidth, wrapText } from '../text/width.js';
import { firstLine } from './findings/compact.js';
import type { Style } from './style.js';

/** What a sample login came to. */
export interface DashboardPersonResult {
  readonly name: string;
  readonly outcome: Outcome;
  readonly email: string | null;
  /** The login makes an account. */
  readonly created: boolean;
  /** Ids of groups after the login. */
  readonly groups: readonly number[];
  readonly removed: readonly number[];
  readonly because?: string;
}

export interface DashboardInitReport {
  readonly product: 'dashboard';
  readonly version: string;
  readonly form: string;
  readonly text: string;
  /** Variables as they are set, whatever the form; without the secret. */
  readonly settings: Readonly<Record<string, string>>;
  readonly people: readonly DashboardPersonResult[];
  readonly siteUrl: string;
  readonly idpUri: string;
  /** Where the secret is expected. */
  readonly secret: string;
  readonly findings: readonly Finding[];
}

export function dashboardBefore({ people, version }: DashboardInitReport, style: Style): string {
  const lines = [style.bold(`What people would get (Dashboard ${version}, sample tokens)`)];
  const width = Math.min(56, Math.max(...people.map(({ name }) => textWidth(shownLine(name)))));
  for (const person of people) lines.push(`  ${padEnd(shownLine(person.name), width)}  ${verdict(person, style)}`);
  lines.push('');
  return lines.join('\n');
}

const BUILT_IN: Readonly<Record<number, string>> = { 1: 'All Users', 2: 'Administrators' };

const groupText = (id: number) => (BUILT_IN[id] === undefined ? String(id) : `${id} (${BUILT_IN[id]})`);

function verdict({ outcome, created, groups, removed, because }: DashboardPersonResult, style: Style): string {
  if (outcome !== 'allowed') {
    const why = because === undefined ? '' : style.dim(`: ${shownLine(because)}`);
    return `${style.red(outcome === 'denied' ? 'refused' : 'no login')}${why}`;
  }
  const parts = [created ? 'enters, a new account' : 'enters'];
  if (groups.length > 0) parts.push(`groups ${groups.map(groupText).join(', ')}`);
  if (removed.length > 0) parts.push(`taken out of ${removed.map(groupText).join(', ')}`);
  return style.green(parts.join('; '));
}

interface ToDo {
  readonly what: string;
  readonly value?: string;
}

/** What the app that signs tokens has to do. */
function checklist({ siteUrl, idpUri }: DashboardInitReport): readonly ToDo[] {
  return [
    { what: 'people arrive with the page they want in return_to', value: idpUri },
    {
      what: 'send them back by GET, both values encoded once',
      value: `${siteUrl.replace(/\/+$/, '')}/auth/sso?jwt=TOKEN&return_to=PATH`,
    },
    { what: 'sign with HS256; the key is the text of the secret, not decoded from hexadecimal' },
    { what: 'put iat and exp into the token, in seconds: 180 s after iat it is refused, whatever exp says' },
    { what: 'keep the clocks of both sides right: exp and nbf have no leeway' },
  ];
}

export function dashboardAfter(report: DashboardInitReport, style: Style, output: string | undefined): string {
  const { findings, secret, siteUrl } = report;
  const toFile = output !== undefined && output !== '-';
  const lines: string[] = toFile ? [`${style.green(style.symbols.ok)} wrote ${shownLine(output)}`, ''] : [''];
  const width = Math.max(60, Math.min(style.width, 120));
  const item = (text: string) => {
    const [first = '', ...rest] = wrapText(shownLine(text), width - 6);
    lines.push(`  - ${first}`, ...rest.map((line) => `    ${line}`));
  };
  if (findings.length > 0) {
    lines.push(style.bold('What validate says to it'));
    for (const finding of findings) {
      lines.push(`  ${shownLine(firstLine(finding, finding.path))}`);
      if (finding.help) lines.push(`    ${shownLine(finding.help)}`);
    }
    lines.push('');
  }
  lines.push(style.bold('At the app that signs tokens'));
  for (const { what, value } of checklist(report)) item(value === undefined ? what : `${what}: ${value}`);
  const file = shownLine(toFile ? output : 'FILE');
  lines.push('', style.bold('Next'));
  item(`the secret (openssl rand -hex 32): ${secret}`);
  lines.push(
    `  - auth-cli validate --product dashboard ${file}`,
    `  - auth-cli token sign CLAIMS --expires-in 60 --product dashboard --secret-file SECRET --site-url ${shownLine(siteUrl)}`,
    `  - auth-cli test-login --demo --product dashboard`,
  );
  return lines.join('\n');
}

/** For programs. */
export function dashboardJson(report: DashboardInitReport): string {
  const { people, findings, siteUrl: _site, idpUri: _idp, ...rest } = report;
  return `${JSON.stringify({ formatVersion: 1, ...rest, people, checklist: checklist(report), findings }, undefined, 2)}\n`;
}
