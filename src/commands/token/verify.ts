/** `auth-cli token verify`: whether a token may be believed. */
import type { JWK } from 'jose';
import { EXIT, type ExitCode, RemoteError, UsageError } from '../../errors.js';
import { decodeToken } from '../../token/decode.js';
import { type CommandContext, defineCommand } from '../command.js';
import { collect, countOption } from '../flags.js';
import { unreadable } from '../inputs.js';
import { checkOneStdin, pickToken, readTextOption, readTokens, secretEncodingOption } from './input.js';

interface Options {
  readonly issuer?: string;
  readonly jwks?: string;
  readonly pem?: string;
  readonly secretFile?: string;
  readonly secretEncoding?: 'text' | 'hex' | 'base64' | 'base64url';
  readonly audience?: string;
  readonly nonce?: string;
  readonly accessTokenFile?: string;
  readonly algorithm?: readonly string[];
  readonly clockSkew?: number;
  readonly idToken?: boolean;
  readonly token?: string;
  readonly ca?: string;
  readonly timeout?: number;
  readonly resolve?: readonly string[];
}

const DEFAULT_SKEW = 60;

export default defineCommand<Options>({
  description:
    'Verify signature, issuer, audience and times of a token, each as a check with what was expected and what was found. Keys come from where you say, never from where the token says.',
  shows: ['output'],
  formats: ['pretty', 'json'],
  define(command) {
    command
      .argument('[token]', 'token, file with one (also a token answer or a saved login), or - for standard input')
      .option('--issuer <url>', 'issuer it must be from; its keys are found by discovery, unless keys are given')
      .option('--jwks <file|url>', 'keys: a JWKS or a JWK')
      .option('--pem <file>', 'keys: PEM (public key, private key or certificate)')
      .option('--secret-file <file>', 'shared secret, for HS256 and its like')
      .addOption(secretEncodingOption())
      .option('--audience <client-id>', 'who it must be made for')
      .option('--nonce <text>', 'nonce it must carry')
      .option('--access-token-file <file>', 'access token that at_hash must fit')
      .option('--algorithm <name>', 'accept only this signature algorithm; repeatable', collect)
      .addOption(countOption('--clock-skew <seconds>', `how far clocks may be apart (default: ${DEFAULT_SKEW})`))
      .option('--id-token', 'demand what an ID token must have: iss, sub, aud, exp, iat')
      .option('--token <name>', 'which token of the input: id_token or access_token (default: the ID token)')
      .option('--ca <file>', 'CA certificates to trust for requests, PEM')
      .addOption(countOption('--timeout <seconds>', 'limit for one request; default 10'))
      .option('--resolve <host:address>', 'connect to this address for this host; repeatable', collect);
  },
  notes: `A public key is never taken for a shared secret: HS256 with keys from --issuer, --jwks or --pem is refused.
A token given as an argument lands in the history of the shell; a file or standard input does not.`,
  examples: [
    {
      command:
        'auth-cli token verify fixtures/tokens/id-token.jwt --jwks fixtures/tokens/jwks.json --audience grafana --id-token',
      note: 'an ID token, with keys from a file',
    },
    {
      command:
        'auth-cli token verify fixtures/tokens/shared-secret.jwt --secret-file fixtures/tokens/shared-secret.txt',
      note: 'a token signed with a shared secret',
    },
    {
      command: 'auth-cli token verify fixtures/tokens/id-token.jwt --jwks fixtures/tokens/jwks.json --audience other',
      note: 'made for somebody else',
      status: EXIT.failed,
    },
    {
      command: 'auth-cli token verify token.jwt --issuer https://id.example.com/realms/main',
      note: 'keys by discovery',
      notRun: 'asks a server',
    },
  ],
  exitCodes: {
    0: 'every check that could be made passed',
    1: 'a check failed',
    2: 'it is no token, or no key was given',
    3: 'discovery or keys could not be fetched',
  },
  async run(context, [operand], options): Promise<ExitCode> {
    checkOneStdin({
      'the token': operand ?? '-',
      '--jwks': options.jwks,
      '--pem': options.pem,
      '--secret-file': options.secretFile,
      '--access-token-file': options.accessTokenFile,
    });
    const { name, text } = pickToken(await readTokens(context, operand), options.token);
    const decoded = decodeToken(text);
    if ('failure' in decoded) throw new UsageError(decoded.failure.message, { because: decoded.failure.because });
    const keys = await findKeys(context, options, decoded.token.claims?.['iss']);
    const [{ verifyToken }, { verifiedJson, verifiedText }, { bareToken }] = await Promise.all([
      import('../../token/verify.js'),
      import('../../report/token.js'),
      import('../../token/decode.js'),
    ]);
    const accessToken =
      options.accessTokenFile === undefined
        ? undefined
        : bareToken(await readTextOption(context, options.accessTokenFile, 'an access token'));
    const { ok, checks, token } = await verifyToken(text, {
      ...keys,
      now: Math.floor(context.host.now() / 1000),
      clockSkew: options.clockSkew ?? DEFAULT_SKEW,
      issuer: options.issuer,
      audience: options.audience,
      nonce: options.nonce,
      accessToken,
      algorithms: options.algorithm,
      idToken: options.idToken ?? name === 'id_token',
    });
    const result = { name, ok, checks, ...(token ? { token } : {}) };
    await context.print(context.format === 'json' ? verifiedJson(result) : verifiedText(result, context.style));
    return ok ? EXIT.ok : EXIT.failed;
  },
});

interface Keys {
  readonly keys: readonly JWK[];
  readonly keysFrom: string;
}

async function findKeys(context: CommandContext, options: Options, iss: unknown): Promise<Keys> {
  const given = (['jwks', 'pem', 'secretFile'] as const).filter((name) => options[name] !== undefined);
  if (given.length > 1) {
    throw new UsageError('keys can come from one place only: --jwks, --pem or --secret-file');
  }
  if (options.secretFile !== undefined) {
    const { secretKey } = await import('../../token/keys.js');
    const text = await readTextOption(context, options.secretFile, 'a shared secret');
    return fromText(secretKey(text, options.secretEncoding), options.secretFile);
  }
  if (options.jwks !== undefined && /^https?:\/\//i.test(options.jwks)) {
    return { keys: await fetchKeys(context, options, options.jwks), keysFrom: `the JWKS ${options.jwks}` };
  }
  const file = options.jwks ?? options.pem;
  if (file !== undefined) {
    const { readPublicKeys } = await import('../../token/keys.js');
    return fromText(readPublicKeys(await readTextOption(context, file, 'keys')), file);
  }
  if (options.issuer !== undefined) return byDiscovery(context, options, options.issuer);
  throw new UsageError('there is no key to verify with', {
    because: 'give --issuer, --jwks, --pem or --secret-file',
    hint:
      typeof iss === 'string' && /^https?:\/\/[^\s"']+$/.test(iss)
        ? `the token says it is from ${iss}; if you trust that: --issuer ${iss}`
        : 'auth-cli token decode shows what the token says without verifying it',
  });
}

function fromText(read: { keys: readonly JWK[] } | { problem: string; hint?: string }, file: string): Keys {
  if ('problem' in read) throw new UsageError(`no key in ${file}`, { because: read.problem, hint: read.hint });
  return { keys: read.keys, keysFrom: `the file ${file}` };
}

async function byDiscovery(context: CommandContext, options: Options, issuer: string): Promise<Keys> {
  const { discover, issuerOf } = await import('../../login/discovery.js');
  if (issuerOf(issuer) !== issuer) throw new UsageError(`--issuer must be the address of an issuer, not "${issuer}"`);
  await context.note(`reading the keys of ${issuer}`);
  const found = await discover(issuer, context.host.request, await fetchOptions(context, options));
  if (!found.document) {
    const problem = found.failed ?? found.attempts.at(-1)?.problem;
    throw new RemoteError(`${issuer} has no discovery document that could be read`, {
      because: problem?.message,
      hint: 'give the keys with --jwks',
    });
  }
  if (found.document['issuer'] !== issuer) {
    const { difference } = await import('../../token/words.js');
    const said = String(found.document['issuer']);
    throw new RemoteError(`the discovery document is that of another issuer: ${said}`, {
      because: difference(issuer, said),
      hint: `if that is the one you mean: --issuer ${said}`,
    });
  }
  const address = found.document['jwks_uri'];
  if (typeof address !== 'string') throw new RemoteError(`the discovery document of ${issuer} names no jwks_uri`);
  return { keys: await fetchKeys(context, options, address), keysFrom: `the JWKS of ${issuer}` };
}

async function fetchKeys(context: CommandContext, options: Options, url: string): Promise<readonly JWK[]> {
  const [{ fetchJson }, { keysOfJwks }] = await Promise.all([
    import('../../login/discovery.js'),
    import('../../token/keys.js'),
  ]);
  const fetched = await fetchJson(url, context.host.request, await fetchOptions(context, options));
  const keys = keysOfJwks(fetched.document);
  if (keys) return keys;
  throw new RemoteError(`cannot read keys from ${url}`, {
    because: fetched.problem?.message ?? 'the answer is no JWKS: it has no "keys"',
  });
}

async function fetchOptions(context: CommandContext, options: Options) {
  return {
    ...(options.timeout === undefined ? {} : { timeout: options.timeout * 1000 }),
    ...(options.ca === undefined ? {} : { tls: { ca: await readCa(context, options.ca) } }),
    ...(options.resolve === undefined ? {} : { resolve: options.resolve }),
    signal: context.signal,
  };
}

async function readCa(context: CommandContext, path: string): Promise<string> {
  try {
    return new TextDecoder().decode(await context.host.readFile(path));
  } catch (error) {
    throw unreadable(path, error);
  }
}
