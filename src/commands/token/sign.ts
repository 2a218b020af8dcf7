/** `auth-cli token sign`: a token for tests. */
import type { JWK } from 'jose';
import { EXIT, type ExitCode, UsageError } from '../../errors.js';
import type { TokenAddress } from '../../products/product.js';
import { type CommandContext, defineCommand } from '../command.js';
import { collect, countOption } from '../flags.js';
import { readConfigOption, readEnvironment } from '../inputs.js';
import { checkOneStdin, readTextOption, secretEncodingOption } from './input.js';

interface Options {
  readonly claim?: readonly string[];
  readonly key?: string;
  readonly secretFile?: string;
  readonly secretEncoding?: 'text' | 'hex' | 'base64' | 'base64url';
  readonly alg?: string;
  readonly kid?: string;
  readonly typ?: string;
  readonly expiresIn?: number;
  readonly siteUrl?: string;
  readonly returnTo?: string;
}

export default defineCommand<Options>({
  description:
    'Sign claims with a key of yours and print the token. For tests: it signs whatever it is given, wrong types included.',
  shows: ['input', 'output'],
  formats: ['pretty', 'json'],
  define(command) {
    command
      .argument('[claims]', 'file with the claims as JSON, or - for standard input')
      .option('--claim <name=value>', 'add or replace a claim; the value is JSON, or else a text; repeatable', collect)
      .option('--key <file>', 'private key: PEM or JWK; - for standard input')
      .option('--secret-file <file>', 'shared secret, for HS256 and its like; - for standard input')
      .addOption(secretEncodingOption())
      .option('--alg <name>', 'signature algorithm (default: the usual one of the key)')
      .option('--kid <id>', 'key id to name in the header')
      .option('--typ <type>', 'type to name in the header (default: JWT)')
      .addOption(countOption('--expires-in <seconds>', 'add iat (now) and exp (so much later)'))
      .option('--site-url <url>', 'address of the product, where not that of the configuration [dashboard]')
      .option('--return-to <path>', 'page to end on after the login [dashboard]');
  },
  notes: `Keys come from files or standard input, never from the command line, where every user of the machine could read them.
Without --claim and --expires-in the file is signed to the byte.
With --product dashboard the whole address to open is printed, /auth/sso?jwt=…&return_to=…; the key may come from --config (MB_JWT_SHARED_SECRET).`,
  examples: [
    {
      command:
        'auth-cli token sign fixtures/tokens/claims.json --secret-file fixtures/tokens/shared-secret.txt --expires-in 300',
      note: 'with a shared secret, valid for five minutes',
    },
    {
      command: `auth-cli token sign --claim email=ada@example.com --claim 'groups=["Analysts"]' --secret-file fixtures/tokens/shared-secret.txt`,
      note: 'with claims given one by one',
    },
    {
      command:
        'auth-cli token sign fixtures/tokens/claims.json --expires-in 60 --product dashboard --secret-file fixtures/tokens/shared-secret.txt --site-url https://dash.example.com --return-to /question/1',
      note: 'the address that logs in at Dashboard',
    },
    { command: 'auth-cli token sign fixtures/tokens/claims.json', note: 'without a key', status: EXIT.usage },
  ],
  exitCodes: { 0: 'the token is on standard output', 2: 'claims or key cannot be used' },
  async run(context, [operand], options): Promise<ExitCode> {
    checkOneStdin({
      claims: operand,
      '--key': options.key,
      '--secret-file': options.secretFile,
      '--config': context.options.config.find((path) => path === '-'),
    });
    const target = await targetOf(context, options);
    const key = await readKey(context, options, target?.secret);
    const payload = await readPayload(context, operand, options);
    const { signToken, SIGNING_ALGORITHMS } = await signing();
    if (options.alg !== undefined && !SIGNING_ALGORITHMS.includes(options.alg)) {
      const { closest } = await import('../../text/suggest.js');
      throw new UsageError(`no signature algorithm is named "${options.alg}"`, {
        suggestions: closest(options.alg, SIGNING_ALGORITHMS),
        because: `there are ${SIGNING_ALGORITHMS.join(', ')}`,
      });
    }
    const { alg, kid, typ } = options;
    const signed = await signToken(payload, key, { alg, kid, typ });
    if ('problem' in signed) throw new UsageError('the token cannot be signed', { because: signed.problem });
    if (target !== undefined && signed.alg !== 'HS256') {
      await warn(context, `Dashboard accepts HS256 only, and this token is signed with ${signed.alg}`);
    }
    const address = target?.address(signed.token);
    await context.print(
      context.format === 'json' ? json(signed.token, signed.alg, payload, address) : `${address ?? signed.token}\n`,
    );
    return EXIT.ok;
  },
});

async function signing() {
  const [{ signToken }, { SIGNING_ALGORITHMS }] = await Promise.all([
    import('../../token/sign.js'),
    import('../../token/algorithms.js'),
  ]);
  return { signToken, SIGNING_ALGORITHMS };
}

/** Where the token is to go; undefined where nobody asked for that. */
async function targetOf(context: CommandContext, options: Options): Promise<TokenAddress | undefined> {
  const { product } = context.options;
  if (product === undefined) {
    const lonely = options.siteUrl === undefined ? options.returnTo && '--return-to' : '--site-url';
    if (lonely) throw new UsageError(`${lonely} needs --product dashboard`);
    return undefined;
  }
  const { tokenAddress } = await import('../../products/login.js');
  const env = await readEnvironment(context);
  const target = await tokenAddress(
    product,
    {
      files: await readConfigOption(context),
      ...(env === undefined ? {} : { env }),
      ...(options.siteUrl === undefined ? {} : { siteUrl: options.siteUrl }),
      ...(options.returnTo === undefined ? {} : { returnTo: options.returnTo }),
    },
    context.options,
  );
  for (const warning of target.warnings) await warn(context, warning);
  return target;
}

const warn = (context: CommandContext, text: string) =>
  context.warn(`${context.errStyle.bold(context.errStyle.yellow('warning:'))} ${text}`);

function json(token: string, alg: string, payload: string, address: string | undefined): string {
  const where = address === undefined ? {} : { address };
  return `${JSON.stringify({ formatVersion: 1, token, alg, claims: JSON.parse(payload), ...where }, undefined, 2)}\n`;
}

async function readKey(context: CommandContext, options: Options, shared: string | undefined): Promise<JWK> {
  const { readPrivateKey, secretKey } = await import('../../token/keys.js');
  if (options.key !== undefined && options.secretFile !== undefined) {
    throw new UsageError('--key and --secret-file exclude each other');
  }
  const secret =
    options.secretFile === undefined
      ? options.key === undefined
        ? shared
        : undefined
      : await readTextOption(context, options.secretFile, 'a shared secret');
  if (secret !== undefined) {
    // Dashboard takes the characters of its key as they are.
    const read = secretKey(secret, options.secretFile === undefined ? 'text' : options.secretEncoding);
    const from = options.secretFile ?? 'the configuration';
    if ('problem' in read) throw new UsageError(`no secret in ${from}`, { because: read.problem });
    return read.keys[0]!;
  }
  if (options.key === undefined) {
    throw new UsageError('there is no key to sign with', { because: 'give --key FILE or --secret-file FILE' });
  }
  const read = readPrivateKey(await readTextOption(context, options.key, 'a key'));
  if ('problem' in read) {
    throw new UsageError(`no private key in ${options.key}`, { because: read.problem, hint: read.hint });
  }
  return read.key;
}

/** The claims as the text to sign. */
async function readPayload(context: CommandContext, operand: string | undefined, options: Options): Promise<string> {
  const text = operand === undefined ? '{}' : (await readTextOption(context, operand, 'claims')).trim();
  const claims = parseClaims(text, operand === '-' ? '<stdin>' : (operand ?? ''));
  const changes = options.claim ?? [];
  if (changes.length === 0 && options.expiresIn === undefined) {
    if (operand === undefined)
      throw new UsageError('there are no claims to sign', { because: 'give a file or --claim' });
    return text;
  }
  for (const change of changes) {
    const at = change.indexOf('=');
    if (at < 1) throw new UsageError(`--claim needs name=value, not "${change}"`);
    setClaim(claims, change.slice(0, at), jsonOrText(change.slice(at + 1)));
  }
  if (options.expiresIn !== undefined) {
    const now = Math.floor(context.host.now() / 1000);
    setClaim(claims, 'iat', now);
    setClaim(claims, 'exp', now + options.expiresIn);
  }
  return JSON.stringify(claims);
}

function setClaim(claims: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(claims, name, { value, enumerable: true, configurable: true, writable: true });
}

function parseClaims(text: string, shown: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${shown} is not valid JSON`, {
      because: (error as Error).message.split('\n')[0],
      cause: error,
    });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new UsageError(`${shown} holds no JSON object`, { because: 'the claims of a token are an object' });
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
