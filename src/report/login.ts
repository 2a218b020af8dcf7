/**
 * A live login for people: each step as it happens, and the report at the end.
 */
import type { ClaimPresence } from '../claims/trace.js';
import type { Exchange } from '../login/recorder.js';
import type { LoginReport, ShownToken } from '../login/report.js';
import type { LoginFailure, LoginStep } from '../login/steps.js';
import { checkLines } from './checks.js';
import type { Style } from './style.js';

/** One step, one line and its notes below. */
export function formatStep(step: LoginStep, number: number, style: Style): string {
  const mark = step.ok ? style.green(style.symbols.ok) : style.red(style.symbols.fail);
  const title = step.step.padEnd(10);
  const facts = [
    step.status === undefined ? undefined : String(step.status),
    step.elapsed === undefined ? undefined : `${Math.round(step.elapsed)} ms`,
  ].filter((text) => text !== undefined);
  const head = `${mark} ${String(number).padStart(2)} ${style.bold(title)} ${step.request ?? ''}${facts.length === 0 ? '' : `  ${style.dim(facts.join('  '))}`}`;
  return [head.trimEnd(), ...step.notes.map((note) => `     ${' '.repeat(11)}${style.dim(note)}`)].join('\n');
}

/** One exchange as it happened (`--trace-http`), already redacted where it was recorded. */
export function formatExchange(exchange: Exchange, style: Style): string {
  const headers = (all: Readonly<Record<string, string>>) =>
    Object.entries(all).map(([name, value]) => style.dim(`  ${name}: ${value}`));
  const lines = [
    `${style.bold('>')} ${exchange.request.method} ${exchange.request.url}`,
    ...headers(exchange.request.headers),
  ];
  if (exchange.request.body !== undefined) lines.push('', `  ${exchange.request.body}`);
  if (exchange.response === undefined)
    lines.push(`${style.bold('<')} ${style.red(exchange.error?.message ?? 'no answer')}`);
  else {
    lines.push(`${style.bold('<')} ${exchange.response.status}  ${style.dim(`${Math.round(exchange.elapsed)} ms`)}`);
    lines.push(...headers(exchange.response.headers), '', `  ${exchange.response.body.split('\n').join('\n  ')}`);
  }
  return lines.join('\n');
}

export function formatFailure(failure: LoginFailure, style: Style): string {
  const lines = [
    `${style.red(style.symbols.fail)} ${style.bold(`login failed at step ${failure.step}`)}: ${failure.message}`,
  ];
  const add = (label: string, text: string | undefined) => {
    if (text !== undefined) lines.push(`  ${label.padEnd(9)} ${text}`);
  };
  add('said', failure.server);
  add('usually', failure.usually);
  add('try', failure.try);
  add('look at', failure.lookAt?.join(', '));
  add('Grafana', failure.productMessage === undefined ? undefined : `shows "${failure.productMessage}"`);
  return lines.join('\n');
}

/** Which claim is in which source, and which sources the product reads. */
export function formatClaims(claims: readonly ClaimPresence[], style: Style): string[] {
  if (claims.length === 0) return [];
  const width = Math.max(...claims.map((row) => row.claim.length), 5);
  const cell = (present: boolean | null) => (present === null ? '-' : present ? 'yes' : 'no').padEnd(13);
  const head = `  ${'claim'.padEnd(width)}  ${'ID token'.padEnd(13)}${'UserInfo'.padEnd(13)}${'access token'.padEnd(13)}wanted by`;
  return [
    style.dim(head),
    ...claims.map((row) => {
      const unread = row.access_token === true && !row.read.includes('access_token');
      const missing = row.id_token !== true && row.userinfo !== true;
      const notes = [
        row.option,
        missing && unread ? 'only in the access token, which this version does not read' : undefined,
        missing && row.nearby.length > 0 ? `there is: ${row.nearby.join(', ')}` : undefined,
      ].filter((text) => text !== undefined);
      return `  ${row.claim.padEnd(width)}  ${cell(row.id_token)}${cell(row.userinfo)}${cell(row.access_token)}${notes.join('; ')}`.trimEnd();
    }),
  ];
}

function formatToken(name: string, token: ShownToken | null, style: Style): string[] {
  if (token === null) return [`  ${style.bold(name)}: none`];
  if (token.kind === 'opaque') return [`  ${style.bold(name)}: opaque, ${token.raw}`];
  const body = token.kind === 'jwe' ? { header: token.header } : { header: token.header, claims: token.claims };
  const text = JSON.stringify(body, undefined, 2).replaceAll('\n', '\n  ');
  return [`  ${style.bold(name)}: ${token.raw}`, `  ${text}`];
}

/** Everything after the steps; `resolution` is the text of the dry run. */
export function formatLogin(
  report: LoginReport,
  resolution: string | undefined,
  style: Style,
  verbose: boolean,
): string {
  const parts: string[] = [];
  const section = (title: string, lines: readonly string[]) => {
    if (lines.length > 0) parts.push([style.bold(title), ...lines].join('\n'));
  };
  if (report.tokens !== null) {
    const { tokens } = report;
    section('tokens', [
      ...formatToken('ID token', tokens.id_token, style),
      ...(verbose || tokens.access_token?.raw !== '[redacted]'
        ? formatToken('access token', tokens.access_token, style)
        : [
            `  ${style.bold('access token')}: ${tokens.access_token?.kind === 'jwt' ? 'a JWT' : 'opaque'} ${style.dim('(--verbose shows its claims)')}`,
          ]),
      `  ${style.bold('refresh token')}: ${tokens.refresh_token ?? 'none'}`,
    ]);
  }
  if (report.userinfo !== null) {
    section('UserInfo', [`  ${JSON.stringify(report.userinfo, undefined, 2).replaceAll('\n', '\n  ')}`]);
  }
  section('claims', formatClaims(report.claims, style));
  section(
    'checks of the ID token (advice: Grafana itself checks none of them unless validate_id_token is on)',
    checkLines(report.checks, style),
  );
  if (report.strict !== null) {
    section('a strict OpenID client', [
      report.strict.accepted
        ? `  ${style.green(style.symbols.ok)} accepts this answer, too`
        : `  ${style.red(style.symbols.fail)} Grafana accepts this; a strict client would not, because ${report.strict.because}`,
    ]);
  }
  if (report.refresh !== null) section('refresh', checkLines(report.refresh, style));
  if (report.logout !== null) {
    section('logout', [
      ...(report.logout.url === null ? [] : [`  ${report.logout.url}`]),
      `  ${style.dim(report.logout.note)}`,
    ]);
  }
  if (resolution !== undefined) parts.push(resolution.trimEnd());
  if (report.failure !== null) parts.push(formatFailure(report.failure, style));
  return `${parts.join('\n\n')}\n`;
}
