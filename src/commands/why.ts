/** `auth-cli why`: from an error page, a log line or a login address to the causes, the most likely first, and the next check. */
import { EXIT, type ExitCode, UsageError } from '../errors.js';
import { type WhyReport, whyJson, whyMarkdown, whyText } from '../report/why.js';
import { Diagnoser } from '../why/diagnose.js';
import { type LoginUrl, readLoginUrl } from '../why/login-url.js';
import { ProviderErrors } from '../why/providers.js';
import { readRecord } from '../why/record.js';
import type { WhyConfig } from '../why/types.js';
import { type CommandContext, defineCommand } from './command.js';
import { checkStdin, readConfigOption, STDIN } from './inputs.js';
import { payloadTexts } from './payloads.js';

interface Options {
  readonly session?: string;
}

export default defineCommand<Options>({
  description:
    'From an error page, a log line or a login address to the causes, the most likely first, and what to check next. With --config ' +
    'it tells which cause holds; of a log each distinct trouble is told once, with how often and for whom.',
  formats: ['pretty', 'json', 'markdown'],
  define(command) {
    command
      .argument('[text...]', 'the text or address as it is seen, a file with it (a log), or - for standard input')
      .option('--session <file>', 'a login recorded with test-login --save: replayed, and searched too');
  },
  examples: [
    { command: `auth-cli why "login.OAuthLogin(missing saved state)"`, note: 'a text from the screen' },
    {
      command: `auth-cli why "user not a member of one of the required groups" --config fixtures/why/grafana.ini`,
      note: 'which of the causes this configuration has',
    },
    { command: 'cat fixtures/why/grafana.log | auth-cli why - --config fixtures/why/grafana.ini', note: 'a whole log' },
    {
      command: `auth-cli why "https://id.example.com/auth?client_id=grafana&response_type=code&scope=user:email"`,
      note: 'an address, taken apart',
    },
    { command: `auth-cli why "the coffee machine is empty"`, note: 'nothing is known of it', status: EXIT.failed },
  ],
  exitCodes: {
    0: 'at least one cause is known, or something in the address is wrong',
    1: 'nothing is known of this text',
    2: 'a file cannot be read',
  },
  notes:
    'Texts are looked up here, nothing is sent anywhere. Tokens, codes, secrets and cookies are left out of what is shown.',
  async run(context, operands, options): Promise<ExitCode> {
    const text = operands.join(' ').trim();
    if (text === '' && options.session === undefined && context.host.stdin.isTTY)
      throw new UsageError('why needs a text, a file or an address', {
        hint: 'auth-cli why "user not a member of one of the required groups"',
      });
    checkStdin(text === '' || text === STDIN ? [STDIN] : [], context.options);
    const files = await readConfigOption(context);
    let config: WhyConfig | undefined;
    if (files.length > 0) config = await (await import('./why-config.js')).readWhyConfig(context, files);
    const url = text === '' || text === STDIN ? undefined : readLoginUrl(text, config);
    const diagnoser = new Diagnoser({
      product: config?.product ?? context.options.product,
      config,
      providers: await ProviderErrors.load(),
      provider: url && (await providerOf(url)),
    });
    const replay =
      options.session === undefined
        ? undefined
        : await (await import('./why-session.js')).replaySession(context, options.session, files, diagnoser);
    const kind = await readInput(context, text, url, options.session !== undefined, diagnoser);
    const report: WhyReport = {
      kind,
      records: diagnoser.records,
      ...(url === undefined ? {} : { url }),
      diagnoses: diagnoser.result(),
      ...(replay === undefined ? {} : { replay }),
      unknownCount: diagnoser.unknownCount,
      unknown: diagnoser.unknown,
    };
    await context.print(write(context, report));
    const found = report.diagnoses.length > 0 || (url?.parts ?? []).some(({ problem }) => problem);
    return found ? EXIT.ok : EXIT.failed;
  },
});

function write(context: CommandContext, report: WhyReport): string {
  if (context.format === 'json') return whyJson(report);
  if (context.format === 'markdown') return whyMarkdown(report);
  return whyText(report, context.style, { quiet: context.options.quiet === true });
}

/** The identity provider an address belongs to. */
async function providerOf({ kind, address }: LoginUrl): Promise<string | undefined> {
  if (kind !== 'authorization request') return undefined;
  const { identityProvider } = await import('../providers/index.js');
  return identityProvider({ auth: address, token: '', api: '' })?.id;
}

/** A message is searched as a whole, a log line by line. */
async function readInput(
  context: CommandContext,
  text: string,
  url: LoginUrl | undefined,
  sessionGiven: boolean,
  diagnoser: Diagnoser,
): Promise<WhyReport['kind']> {
  if (url !== undefined) {
    // Only what the provider said is looked up; the names of the parts would be found otherwise.
    const said = url.parts.filter(({ name }) => /^error/.test(name)).map(({ name, value }) => `${name}=${value}`);
    if (said.length > 0) diagnoser.add(said.join(' '));
    else diagnoser.add(text);
    return 'url';
  }
  if (text === '' && sessionGiven) return 'session';
  if (text !== '' && text !== STDIN && (await context.host.stat(text))?.kind !== 'file') {
    if (/^[\w./\\~-]+\.(?:log|txt|json|html?|out)$/i.test(text))
      throw new UsageError(`cannot read ${text}`, { because: 'no such file' });
    return readMessage(text, diagnoser);
  }
  return readLines(context, text === '' ? STDIN : text, diagnoser);
}

function readMessage(text: string, diagnoser: Diagnoser): WhyReport['kind'] {
  const lines = text.split('\n');
  if (!isLog(lines)) {
    diagnoser.add(text.replace(/\s*\n\s*/g, ' '));
    return 'message';
  }
  lines.forEach((line, at) => {
    diagnoser.add(line, at + 1);
  });
  return 'log';
}

/** Lines of a file as a stream: a log may be larger than memory. */
async function readLines(context: CommandContext, path: string, diagnoser: Diagnoser): Promise<WhyReport['kind']> {
  let first: string[] | undefined;
  for await (const batch of payloadTexts(context, { path, lines: true })) {
    if (first === undefined && batch.length <= MESSAGE_LINES) {
      first = batch.map(({ text }) => text);
      if (isLog(first)) for (const { text, line } of batch) diagnoser.add(text, line);
      continue;
    }
    if (first !== undefined && !isLog(first)) first.forEach((text, at) => void diagnoser.add(text, at + 1));
    first = LOG;
    for (const { text, line } of batch) diagnoser.add(text, line);
    if (context.signal.aborted) break;
  }
  if (first === undefined || isLog(first)) return 'log';
  return readMessage(first.join('\n'), diagnoser);
}

/** Longer texts are taken for logs. */
const MESSAGE_LINES = 200;
const LOG = ['level=info msg=""'];

function isLog(lines: readonly string[]): boolean {
  return lines.slice(0, 50).some((line) => readRecord(line).structured);
}
