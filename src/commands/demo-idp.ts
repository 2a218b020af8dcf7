/** `auth-cli demo-idp`: a local OpenID provider with people to be, until Ctrl-C. */
import { EXIT, InterruptedError, UsageError } from '../errors.js';
import { type CommandContext, defineCommand } from './command.js';
import { collect, countOption } from './flags.js';

interface Options {
  readonly port?: number;
  readonly as?: string;
  readonly user?: string;
  readonly misbehave?: readonly string[];
  readonly redirectUri?: readonly string[];
  readonly rootUrl?: string;
  readonly lifetime?: number;
  readonly caFile?: string;
  readonly list?: boolean;
}

/** The same each time, so that a configuration made yesterday works today. */
const PORT = 9464;

export default defineCommand<Options>({
  description:
    'Run a local OpenID provider with sample users and print a grafana.ini that logs in there; with --product, the configuration of that product ' +
    '(for dashboard a sample authentication app and an env file). It listens on 127.0.0.1 only, asks for no passwords, and keeps nothing.',
  shows: ['output'],
  formats: ['pretty', 'json'],
  define(command) {
    command
      .addOption(countOption('--port <n>', `port on 127.0.0.1 (default: ${PORT}); 0 is any free one`))
      .option('--as <name>', 'provider to imitate, such as keycloak, okta or authelia (default: generic-oidc)')
      .option('--user <name>', 'sign this person in without asking, such as editor')
      .option('--misbehave <name>', 'go wrong on purpose, such as alg-none or slow:token; repeatable', collect)
      .option(
        '--redirect-uri <uri>',
        'accept only this redirect address; repeatable (default: any on this machine)',
        collect,
      )
      .option('--root-url <url>', 'address of the product to configure (default: http://localhost:3000/)')
      .addOption(countOption('--lifetime <seconds>', 'how long tokens last (default: what the provider does)'))
      .option(
        '--ca-file <file>',
        'with --misbehave tls: write the CA certificate there and name it in the configuration',
      )
      .option('--list', 'list the providers, people and faults it knows, and end');
  },
  notes: `The text printed is a whole grafana.ini: auth-cli demo-idp > grafana.ini
To have a login walked through without a Grafana: auth-cli test-login --demo`,
  completes: {
    '--as': async () => (await import('../demo-idp/presets/index.js')).presetNames(),
    '--user': async () => (await import('../demo-idp/users.js')).DEMO_USERS.map(({ id }) => id),
    '--misbehave': async () => Object.keys((await import('../demo-idp/misbehave.js')).FAULTS),
  },
  examples: [
    { command: 'auth-cli demo-idp', note: 'a plain provider', notRun: 'runs until Ctrl-C' },
    {
      command: 'auth-cli demo-idp --as authelia --user editor',
      note: 'as Authelia, where groups are in UserInfo only, signed in as the editor',
      notRun: 'runs until Ctrl-C',
    },
    {
      command: 'auth-cli demo-idp --product dashboard > dashboard.env',
      note: 'an app that signs tokens for Dashboard, and the settings for it',
      notRun: 'runs until Ctrl-C',
    },
    { command: 'auth-cli demo-idp --list', note: 'whom it can imitate, who can sign in, what can go wrong' },
    { command: 'auth-cli demo-idp --as keyclock --port 0', note: 'a provider it does not know', status: EXIT.usage },
  ],
  exitCodes: { 3: 'the port is taken', 130: 'stopped with Ctrl-C: how it normally ends' },
  async operands() {
    return [];
  },
  async run(context, operands, options) {
    if (operands.length > 0) throw new UsageError(`demo-idp takes no operand, but got "${operands[0]}"`);
    if (options.list) {
      await context.print(await catalog(context));
      return EXIT.ok;
    }
    const { product } = context.options;
    if (product !== undefined && product !== 'grafana') await serveProduct(context, product, options);
    const { startDemoIdp } = await import('../demo-idp/index.js');
    const { demoIni, demoJson } = await import('../report/demo-idp.js');
    const idp = await startDemoIdp({
      port: options.port ?? PORT,
      as: options.as,
      user: options.user,
      misbehave: options.misbehave,
      redirectUris: options.redirectUri,
      lifetime: options.lifetime,
      onRequest: logRequest(context),
    });
    try {
      if (options.caFile !== undefined) await writeCa(context, options.caFile, idp.ca);
      const ini = idp.configIni({ rootUrl: options.rootUrl, caFile: options.caFile });
      await publish(context, context.format === 'json' ? demoJson(idp, { ini }) : demoIni(idp, ini));
      const sign = options.user === undefined ? '' : `, signing in ${options.user}`;
      await context.note(`imitating ${idp.preset.title} at ${idp.issuer}${sign}; Ctrl-C to stop`);
      await stopped(context.signal);
    } finally {
      await idp.close();
    }
    throw new InterruptedError();
  },
});

/** The demo of another product, until Ctrl-C. @throws InterruptedError always in the end. */
async function serveProduct(context: CommandContext, product: string, options: Options): Promise<never> {
  const grafanaOnly = (['redirectUri', 'caFile'] as const).find((name) => options[name] !== undefined);
  const providerOnly = (['as', 'misbehave', 'lifetime'] as const).find((name) => options[name] !== undefined);
  const wrong = grafanaOnly ?? (product === 'dashboard' ? providerOnly : undefined);
  if (wrong !== undefined) {
    const flag = `--${wrong.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new UsageError(`${flag} does not go with --product ${product}`);
  }
  const [{ startDemo }, { productDemoJson, productDemoText }] = await Promise.all([
    import('../products/login.js'),
    import('../report/demo-idp.js'),
  ]);
  const demo = await startDemo(product, {
    ...(options.as === undefined ? {} : { as: options.as }),
    ...(options.user === undefined ? {} : { user: options.user }),
    auto: false,
    serve: {
      port: options.port ?? PORT,
      ...(options.rootUrl === undefined ? {} : { productUrl: options.rootUrl }),
      ...(options.misbehave === undefined ? {} : { misbehave: options.misbehave }),
      ...(options.lifetime === undefined ? {} : { lifetime: options.lifetime }),
      onRequest: logRequest(context),
    },
    signal: context.signal,
    now: () => context.host.now(),
  });
  try {
    await publish(context, context.format === 'json' ? productDemoJson(demo, product) : productDemoText(demo));
    const sign = options.user === undefined ? '' : `, signing in ${options.user}`;
    await context.note(`${demo.note}${sign}; Ctrl-C to stop`);
    await stopped(context.signal);
  } finally {
    await demo.close();
  }
  throw new InterruptedError();
}

function logRequest(context: CommandContext) {
  return ({ method, path, status }: { readonly method: string; readonly path: string; readonly status: number }) => {
    context.detail(`${method} ${path}  ${status === 0 ? 'closed without an answer' : status}`);
  };
}

async function catalog(context: CommandContext): Promise<string> {
  const [{ DEMO_USERS, FAULTS, PRESETS }, { catalogJson, catalogText }] = await Promise.all([
    import('../demo-idp/index.js'),
    import('../report/demo-idp.js'),
  ]);
  const everything = { presets: PRESETS, users: DEMO_USERS, faults: FAULTS };
  return context.format === 'json' ? catalogJson(everything) : catalogText(everything, context.style);
}

async function writeCa(context: CommandContext, path: string, ca: string | undefined): Promise<void> {
  if (ca === undefined) throw new UsageError('--ca-file needs --misbehave tls: without it there is no CA');
  await context.host.writeFile(path, ca);
}

/** A file of `--output` must be there while the provider runs, not when it has ended. */
async function publish(context: CommandContext, text: string): Promise<void> {
  const path = context.options.output;
  if (path === undefined || path === '-') await context.print(text);
  else await context.host.writeFile(path, text, { mode: 0o600 });
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
