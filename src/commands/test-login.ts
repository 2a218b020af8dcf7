/** `auth-cli test-login`: a real login with the configuration's own client, step by step, and what the product makes of it. */
import { EXIT, type ExitCode, InterruptedError, UsageError } from '../errors.js';
import type { LoginFlags, LoginOutcome } from '../login/report.js';
import type { LoginStep } from '../login/steps.js';
import { loginProduct, startDemo } from '../products/login.js';
import type { ProductDemo } from '../products/product.js';
import type { SourceFile } from '../text/source.js';
import { type CommandContext, defineCommand } from './command.js';
import { collect, countOption } from './flags.js';
import {
  conventionalConfig,
  decodeText,
  formFacts,
  readBytes,
  readConfigOption,
  readEnvironment,
  readSource,
  STDIN,
} from './inputs.js';

interface Options {
  readonly port?: number;
  readonly redirectUri?: string;
  readonly browser: boolean;
  readonly paste?: boolean;
  readonly strict?: boolean;
  readonly refresh?: boolean;
  readonly issuer?: string;
  readonly showTokens?: boolean;
  readonly save?: string;
  readonly pseudonymize?: boolean;
  readonly timeout?: number;
  readonly loginTimeout?: number;
  readonly resolve?: readonly string[];
  readonly traceHttp?: boolean;
  readonly demo?: boolean;
  readonly as?: string;
  readonly user?: string;
  readonly auto?: boolean;
  readonly token?: string;
  readonly pushUrl?: string;
  readonly tenant?: string;
  readonly embedding?: boolean;
  readonly clientId?: string;
  readonly clientSecretFile?: string;
  readonly clientCredentials?: boolean;
  readonly scope?: string;
}

const seconds = (value: number | undefined, standard: number) => (value ?? standard) * 1000;

export default defineCommand<Options>({
  description:
    'Log in through a browser with the client of the configuration, show every step, the tokens (decoded, redacted) and UserInfo, ' +
    'and what the product would make of this person.',
  formats: ['pretty', 'json'],
  define(command) {
    command
      .addOption(
        countOption(
          '--port <number>',
          'port of the callback (default: that of root_url on this machine, else a free one)',
        ),
      )
      .option('--redirect-uri <url>', 'redirect URI to send instead')
      .option('--paste', 'log in anywhere and paste the address the browser ended on')
      .option('--no-browser', 'print the address to open, start no browser')
      .option('--strict', 'also send a nonce, and fail where a strict OpenID client would')
      .option('--refresh', 'try the refresh token afterwards')
      .option('--issuer <url>', 'issuer for discovery, where the ID token does not name it')
      .addOption(countOption('--timeout <seconds>', 'limit for one request; default 10'))
      .addOption(countOption('--login-timeout <seconds>', 'limit for the login in the browser; default 180'))
      .option('--resolve <host:address>', 'connect to this address for this host; repeatable', collect)
      .option('--save <file>', 'write the session, for eval-role; mode 0600, without tokens')
      .option('--pseudonymize', 'replace personal data in the saved session by stable pseudonyms')
      .option('--show-tokens', 'print and save tokens whole [SECURITY RISK]')
      .option('--trace-http', 'print the requests and answers as they happen, redacted')
      .option('--demo', 'log in at a provider started for the occasion; needs no configuration')
      .option('--as <name>', 'provider that --demo imitates (auth-cli demo-idp --list)')
      .option('--user <name>', 'sample user of --demo')
      .option('--auto', 'with --demo: answer its forms, open no browser')
      .option('--token <file>', 'a token instead of a login, where the product takes one; - is standard input')
      .option('--embedding', 'the embedding flow (JSON) instead of the redirects [dashboard]')
      .option('--client-id <id>', 'client to get a token with [gem]')
      .option('--client-secret-file <file>', 'its secret; - is standard input [gem]')
      .option('--client-credentials', 'a token by client credentials instead of a login [gem]')
      .option('--scope <scopes>', 'scopes to ask for; default "openid profile email" [gem]')
      .option('--tenant <id>', 'tenant part of the credentials [gem]')
      .option('--push-url <url>', 'send one harmless read request with the credentials found [gem]');
  },
  completes: {
    '--as': async () => (await import('../demo-idp/presets/index.js')).presetNames(),
    '--user': async () => (await import('../demo-idp/users.js')).DEMO_USERS.map(({ id }) => id),
  },
  examples: [
    { command: 'auth-cli test-login --demo --user editor --auto', note: 'the whole login with nothing configured' },
    {
      command: 'auth-cli test-login --demo --as authelia --user editor --auto --format json',
      note: 'at a provider that keeps groups in UserInfo',
    },
    {
      command: 'auth-cli test-login --config grafana.ini --save session.json',
      note: 'your own provider, and keep the session',
      notRun: 'waits for a person',
    },
    {
      command: 'auth-cli test-login --config grafana.ini --paste',
      note: 'where the redirect URI cannot be changed',
      notRun: 'waits for a person',
    },
  ],
  exitCodes: {
    0: 'logged in, and the product lets this person in',
    1: 'the product would refuse this person, or --strict found what a strict client refuses',
    3: 'the provider failed or refused, or could not be reached',
  },
  notes: `In a remote shell the browser is elsewhere: forward the port first, ssh -L PORT:127.0.0.1:PORT HOST.`,
  async run(context, operands, options) {
    if (operands.length > 0) {
      throw new UsageError(`test-login takes no "${operands[0]}"`, { hint: 'name the configuration with --config' });
    }
    checkFlags(options);
    const demo = options.demo ? await begin(context, options) : undefined;
    try {
      const files = demo?.files ?? (await configFiles(context));
      const outcome = await login(context, files, options, demo);
      if (options.save !== undefined) await save(context, options.save, outcome, options);
      if (outcome.report.failure?.step === 'interrupted') throw new InterruptedError();
      await print(context, outcome, options);
      return verdict(outcome, options);
    } finally {
      await demo?.close();
    }
  },
});

async function configFiles(context: CommandContext): Promise<readonly SourceFile[]> {
  const given = await readConfigOption(context);
  return given.length > 0 ? given : [await readSource(context, await conventionalConfig(context))];
}

function checkFlags(options: Options): void {
  const demoOnly = (['as', 'user', 'auto'] as const).find((name) => options[name] !== undefined && !options.demo);
  if (demoOnly !== undefined) throw new UsageError(`--${demoOnly} belongs to --demo`, { hint: 'add --demo' });
  if (options.paste && options.auto) throw new UsageError('--paste and --auto exclude each other');
  if (options.pseudonymize && options.save === undefined) {
    throw new UsageError('--pseudonymize is about the saved session', { hint: 'add --save FILE' });
  }
}

async function begin(context: CommandContext, options: Options): Promise<ProductDemo> {
  if (context.options.config.length > 0)
    throw new UsageError('--demo brings its own configuration; leave --config out');
  const demo = await startDemo(context.options.product, {
    ...(options.as === undefined ? {} : { as: options.as }),
    ...(options.user === undefined ? {} : { user: options.user }),
    ...(options.port === undefined ? {} : { port: options.port }),
    auto: options.auto ?? false,
    now: () => context.host.now(),
    signal: context.signal,
  });
  await context.note(demo.note);
  return demo;
}

async function login(
  context: CommandContext,
  files: readonly SourceFile[],
  options: Options,
  demo: ProductDemo | undefined,
): Promise<LoginOutcome> {
  const { host } = context;
  const report = await import('../report/login.js');
  const env = await readEnvironment(context);
  let number = 0;
  const onStep = (step: LoginStep) => {
    number++;
    const shown = context.options.verbose ? step : { ...step, notes: step.step === 'authorize' ? [] : step.notes };
    void context.note(report.formatStep(shown, number, context.errStyle));
  };
  const flags: LoginFlags = {
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.redirectUri === undefined ? {} : { redirectUri: options.redirectUri }),
    paste: options.paste ?? false,
    strict: options.strict ?? false,
    refresh: options.refresh ?? false,
    showTokens: options.showTokens ?? false,
    ...(options.issuer === undefined ? {} : { issuer: options.issuer }),
    timeout: seconds(options.timeout, 10),
    loginTimeout: seconds(options.loginTimeout, 180),
    resolve: options.resolve ?? [],
    ...(options.token === undefined ? {} : { token: await readToken(context, options.token) }),
    ...(options.pushUrl === undefined ? {} : { pushUrl: options.pushUrl }),
    ...(options.tenant === undefined ? {} : { tenant: options.tenant }),
    ...(await clientOf(context, options)),
    embedding: options.embedding ?? false,
    ...demo?.flags,
  };
  const visit = async (url: string): Promise<string | undefined> => {
    if (demo !== undefined && options.auto) {
      const ended = await demo.signIn(url);
      // The browser's last step: it asks our own listener, whose answer waits for the end of the login.
      void goBack(context, ended, flags.loginTimeout);
      return undefined;
    }
    if (options.browser && !(await host.openBrowser(url)))
      await context.note('no browser could be started here; open the address above');
    return undefined;
  };
  return loginProduct(
    {
      host,
      files,
      flags,
      ...(env === undefined ? {} : { env }),
      readFile: (path) => host.readFile(path),
      forms: formFacts(context),
      signal: context.signal,
      visit,
      paste: () => paste(context),
      onStep,
      onListen: (origin) => demo?.onListen?.(origin),
      onExchange: (exchange) => {
        if (options.traceHttp) void context.warn(report.formatExchange(exchange, context.errStyle));
      },
      onAuthorize: async (request, redirectUri) => {
        if (demo !== undefined && options.auto) return;
        await context.warn(`open this address to log in:\n${request.url}`);
        if (!flags.paste) await context.note(waiting(host.env, redirectUri, flags.loginTimeout));
      },
      note: context.note,
      warn: (text) => context.warn(`${context.errStyle.bold(context.errStyle.yellow('warning:'))} ${text}`),
    },
    context.options,
  );
}

/** A browser's last steps without a browser, on this machine only. */
async function goBack(context: CommandContext, address: string, timeout: number): Promise<void> {
  let url = address;
  for (let hop = 0; hop < 5; hop++) {
    const answer = await context.host
      .request({ method: 'GET', url, headers: {}, timeout, maxBytes: 1 << 16, signal: context.signal })
      .catch(() => undefined);
    const location = answer?.headers['location'];
    if (location === undefined) return;
    const next = new URL(location, url);
    if (next.origin !== new URL(address).origin) return;
    url = next.href;
  }
}

async function clientOf(context: CommandContext, options: Options): Promise<Pick<LoginFlags, 'client'>> {
  if (options.clientId === undefined) return {};
  const file = options.clientSecretFile;
  const secret = file === undefined ? '' : (await readSource(context, file)).text.replace(/\r?\n$/, '');
  const scopes = (options.scope ?? 'openid profile email').split(/[\s,]+/).filter((scope) => scope !== '');
  return { client: { id: options.clientId, secret, credentials: options.clientCredentials ?? false, scopes } };
}

async function readToken(context: CommandContext, path: string): Promise<string> {
  const bytes = await readBytes(context, path, 'a token');
  return decodeText(bytes, path === STDIN ? '<stdin>' : path).trim();
}

function waiting(env: Readonly<Record<string, string | undefined>>, redirectUri: string, limit: number): string {
  const lines = [`waiting on ${redirectUri} (${Math.round(limit / 1000)} seconds, Ctrl-C to stop)`];
  if (env['SSH_CONNECTION'] || env['SSH_TTY']) {
    const { port } = new URL(redirectUri);
    lines.push(`this is a remote shell: run  ssh -L ${port}:127.0.0.1:${port} THIS-HOST  where the browser is`);
  }
  return lines.join('\n');
}

async function paste(context: CommandContext): Promise<string> {
  const { host } = context;
  if (host.stdin.isTTY)
    return String(await host.ask({ type: 'input', message: 'Paste the address the browser ended on:' }));
  const text = new TextDecoder().decode(await host.stdin.read()).trim();
  if (text === '') throw new UsageError('--paste needs the address on standard input where nobody can be asked');
  return text;
}

async function save(context: CommandContext, path: string, outcome: LoginOutcome, options: Options): Promise<void> {
  let envelope: unknown = outcome.envelope;
  if (options.pseudonymize) envelope = (await import('../login/pseudonyms.js')).pseudonymize(envelope);
  await context.host.writeFile(path, `${JSON.stringify(envelope, undefined, 2)}\n`, { mode: 0o600 });
  await context.note(
    `saved ${path}${options.showTokens ? ' with tokens: keep it secret' : ' without tokens'}; replay: auth-cli eval-role ${path} --config …`,
  );
}

async function print(context: CommandContext, outcome: LoginOutcome, options: Options): Promise<void> {
  if (context.format === 'json') {
    await context.print(`${JSON.stringify(outcome.report, undefined, 2)}\n`);
    return;
  }
  const { formatLogin } = await import('../report/login.js');
  const { formatTrace } = await import('../report/trace/pretty.js');
  const { resolution } = outcome.report;
  const trace = resolution === null ? undefined : formatTrace(resolution, context.style);
  await context.print(
    formatLogin(outcome.report, trace, context.style, Boolean(context.options.verbose || options.showTokens)),
  );
}

function verdict(outcome: LoginOutcome, options: Options): ExitCode {
  const { failure, resolution, strict } = outcome.report;
  if (failure !== null) return failure.remote ? EXIT.remote : EXIT.failed;
  if (resolution !== null && resolution.outcome !== 'allowed' && resolution.outcome !== 'redirect') return EXIT.failed;
  if (options.strict && strict !== null && !strict.accepted) return EXIT.failed;
  return EXIT.ok;
}
