/**
 * The demo provider: a real OpenID provider on this machine, with people to be and habits to imitate. Listens on loopback only.
 */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { UsageError } from '../errors.js';
import { closest } from '../text/suggest.js';
import { makeCertificate } from './certificate.js';
import { configIni, type DemoEndpoints, endpointsOf } from './config.js';
import { type Context, sendHtml } from './context.js';
import { listen, readBody } from './http.js';
import { processKey, type SigningKey } from './keys.js';
import { FAULTS, type Misbehaviour, parseMisbehaviour } from './misbehave.js';
import { errorPage } from './pages.js';
import { DEFAULT_PRESET, type DemoPreset, findPreset, presetNames } from './presets/index.js';
import { type InnerProvider, makeProvider } from './provider.js';
import { answer, changeRedirect } from './routes.js';
import { tokenAnswer } from './token-endpoint.js';
import { DEMO_USERS, type DemoUser } from './users.js';

export interface DemoIdpOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Whom to imitate: a preset, or `preset:variant`. */
  readonly as?: string;
  /** Signs this person in without asking. */
  readonly user?: string;
  readonly users?: readonly DemoUser[];
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Exact redirect addresses; absent: any loopback address. */
  readonly redirectUris?: readonly string[];
  /** Faults on purpose, as `slow` or `slow:token`. */
  readonly misbehave?: readonly string[];
  /** How long `slow` waits, in milliseconds. */
  readonly delay?: number;
  /** Lifetime of ID and access tokens in seconds; the preset's own where absent. */
  readonly lifetime?: number;
  /** Milliseconds since 1970, for the times in tokens. */
  readonly now?: () => number;
  readonly signingKey?: SigningKey;
  /** Called when a request was answered (or its connection closed). */
  readonly onRequest?: (request: LoggedRequest) => void;
}

/** One request as it came in, for tests and for `--verbose`. Holds secrets: never print bodies or headers of it. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** 0 until it was answered, and where the connection was closed without an answer. */
  status: number;
}

export interface DemoIdp {
  readonly issuer: string;
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly port: number;
  readonly preset: DemoPreset;
  readonly users: readonly DemoUser[];
  readonly clientId: string;
  readonly clientSecret: string;
  readonly endpoints: DemoEndpoints;
  /** The CA to trust, as PEM; only with the fault `tls`. */
  readonly ca: string | undefined;
  /** Everything asked so far, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** A grafana.ini that logs in here. */
  configIni(options?: { readonly rootUrl?: string; readonly caFile?: string }): string;
  /** Changes who is signed in without asking; undefined shows the sign-in page again. */
  signInAs(user: string | undefined): void;
  /** Closes listener and connections; the port is free when it resolves. */
  close(): Promise<void>;
}

/**
 * Starts the provider.
 * @throws UsageError where a name is unknown, RemoteError where the port is taken.
 */
export async function startDemoIdp(options: DemoIdpOptions = {}): Promise<DemoIdp> {
  const preset = findPreset(options.as ?? DEFAULT_PRESET);
  if (!preset) {
    throw new UsageError(`the demo provider cannot imitate "${options.as}"`, {
      suggestions: closest(options.as ?? '', presetNames()),
      hint: 'auth-cli demo-idp --list shows whom it can imitate',
    });
  }
  const misbehaviours = (options.misbehave ?? []).map(readMisbehaviour);
  const users = options.users ?? DEMO_USERS;
  let signedIn = options.user;
  checkUser(users, signedIn);

  const tls = misbehaviours.some((one) => one.fault === 'tls') ? makeCertificate() : undefined;
  const requests: LoggedRequest[] = [];
  const sockets = new Set<Socket>();
  let handler: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | undefined;
  const listener: RequestListener = (request, response) => {
    handler?.(request, response).catch((error: unknown) => {
      const text = error instanceof Error ? error.message : String(error);
      if (response.headersSent) response.destroy();
      else sendHtml(response, 500, errorPage('The demo provider failed', text));
    });
  };
  const server = tls ? createTlsServer({ key: tls.key, cert: tls.cert }, listener) : createServer(listener);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  const origin = `${tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  const endpoints = endpointsOf(preset, origin);

  const ttl = options.lifetime ?? preset.lifetime ?? 3600;
  const key = options.signingKey ?? (await processKey('demo'));
  const base = {
    preset,
    origin,
    issuer: endpoints.issuer,
    clientId: options.clientId ?? 'grafana',
    clientSecret: options.clientSecret ?? 'demo-secret',
    users,
    key,
    misbehaviours,
    redirectUris: options.redirectUris,
    ttl,
    now: () => Math.floor((options.now ?? Date.now)() / 1000),
  };
  const inner: InnerProvider = await makeProvider({
    issuer: base.issuer,
    paths: { authorize: preset.paths.authorize, token: preset.paths.token, jwks: preset.paths.jwks ?? '/demo/jwks' },
    clientId: base.clientId,
    clientSecret: base.clientSecret,
    key,
    ttl,
    refreshFor: (signIn) => {
      switch (preset.refresh) {
        case 'always':
          return true;
        case 'never':
          return false;
        case 'access_type':
          return signIn.offline;
        default:
          return signIn.scopes.includes(preset.refresh) || signIn.scopes.includes('offline_access');
      }
    },
    errorPage,
    tokenAnswer: (answer, status, signIn) => tokenAnswer(context, answer, status, signIn),
    redirect: (location) => changeRedirect(context, location),
  });
  const context: Context = { ...base, inner };

  handler = async (request, response) => {
    const url = new URL(request.url ?? '/', origin);
    const body = await readBody(request);
    const form = new URLSearchParams(
      request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? body : '',
    );
    const entry: LoggedRequest = {
      method: request.method ?? 'GET',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      form: Object.fromEntries(form),
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      status: 0,
    };
    requests.push(entry);
    response.on('close', () => {
      if (response.writableFinished) entry.status = response.statusCode;
      options.onRequest?.(entry);
    });
    await answer(context, { request, response, url, body, form }, () => signedIn, options.delay ?? 15_000);
  };

  return {
    issuer: base.issuer,
    origin,
    port,
    preset,
    users,
    clientId: base.clientId,
    clientSecret: base.clientSecret,
    endpoints,
    ca: tls?.ca,
    requests,
    configIni: (ini) =>
      configIni({ preset, endpoints, clientId: base.clientId, clientSecret: base.clientSecret, ...ini }),
    signInAs(user) {
      checkUser(users, user);
      signedIn = user;
    },
    close: () => close(server, sockets),
  };
}

function readMisbehaviour(text: string): Misbehaviour {
  const found = parseMisbehaviour(text);
  if (found) return found;
  throw new UsageError(`the demo provider knows no misbehaviour "${text}"`, {
    suggestions: closest(text, Object.keys(FAULTS)),
    hint: 'auth-cli demo-idp --list shows all of them',
  });
}

function checkUser(users: readonly DemoUser[], user: string | undefined): void {
  if (user === undefined || users.some((one) => one.id === user)) return;
  const ids = users.map((one) => one.id);
  throw new UsageError(`the demo provider knows no user "${user}"`, {
    suggestions: closest(user, ids),
    because: `it knows ${ids.join(', ')}`,
  });
}

function close(server: Server, sockets: Set<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}
