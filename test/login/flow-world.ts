/** A login against the demo provider in this process: real HTTP on loopback, no browser. */
import { autoLogin, type DemoIdp } from '../../src/demo-idp/index.js';
import type { OAuthClient } from '../../src/login/authorize.js';
import { type CodeFlowInput, type CodeFlowTokens, codeFlow } from '../../src/login/code-flow.js';
import { Recorder } from '../../src/login/recorder.js';
import type { LoginFailure, LoginStep } from '../../src/login/steps.js';
import { nodeRequest } from '../../src/node-request.js';
import { createFakeHost, type FakeHost, type World } from '../helpers/fake-host.js';

export function networkHost(world: World = {}): FakeHost {
  const host = createFakeHost({
    now: Date.now(),
    request: (request) => nodeRequest(request, {}, new AbortController().signal),
    ...world,
  });
  return { ...host, sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)) };
}

/** A browser that goes where it is sent and back. */
export function browser(url: string): boolean {
  void follow(url).catch(() => {});
  return true;
}

async function follow(start: string): Promise<void> {
  let url = start;
  const cookies = new Map<string, string>();
  for (let step = 0; step < 20; step++) {
    const response = await fetch(url, { redirect: 'manual', headers: { cookie: [...cookies.values()].join('; ') } });
    for (const line of response.headers.getSetCookie()) cookies.set(line.split('=')[0]!, line.split(';')[0]!);
    const location = response.headers.get('location');
    if (location === null) return;
    url = new URL(location, url).href;
  }
}

export function clientOf(idp: DemoIdp, changes: Partial<OAuthClient> = {}): OAuthClient {
  return {
    section: 'auth.generic_oauth',
    clientId: idp.clientId,
    clientSecret: idp.clientSecret,
    authUrl: idp.endpoints.authorize,
    tokenUrl: idp.endpoints.token,
    scopes: (idp.preset.settings['scopes'] ?? '').split(' ').filter((scope) => scope !== ''),
    usePkce: true,
    authStyle: 'AutoDetect',
    redirectUri: 'http://127.0.0.1:0/login/generic_oauth',
    extra: {},
    idTokenAttributeName: 'id_token',
    tls: idp.ca === undefined ? {} : { ca: idp.ca },
    ...changes,
  };
}

export interface FlowOutcome {
  readonly failure: LoginFailure | undefined;
  readonly steps: readonly LoginStep[];
  readonly recorder: Recorder;
  readonly tokens: CodeFlowTokens | undefined;
  readonly page: { readonly status: number; readonly html: string } | undefined;
  /** Everything that was recorded or shown, as one text. */
  readonly everything: string;
}

export interface FlowOptions extends Partial<CodeFlowInput> {
  readonly user?: string | undefined;
  /** Changes the address before the "browser" goes there. */
  readonly bend?: (callback: string) => string;
  readonly timeout?: number;
}

export async function runFlow(idp: DemoIdp, client: OAuthClient, options: FlowOptions = {}): Promise<FlowOutcome> {
  const host = options.host ?? networkHost();
  const recorder = new Recorder(host, { timeout: options.timeout ?? 5000, tls: client.tls });
  const steps: LoginStep[] = [];
  let tokens: CodeFlowTokens | undefined;
  let page: FlowOutcome['page'];
  const user = 'user' in options ? options.user : 'editor';
  let arrival: Promise<void> | undefined;
  const failure = await codeFlow({
    host,
    client,
    recorder,
    back: { kind: 'loopback', hostname: '127.0.0.1', port: 0, path: '/login/generic_oauth' },
    loginTimeout: 5000,
    nonce: false,
    signal: host.signal,
    visit: async (url) => {
      const ended = await autoLogin(url, user, idp.ca === undefined ? {} : { ca: idp.ca });
      const target = options.bend?.(ended) ?? ended;
      arrival = fetch(target, { redirect: 'manual' })
        .then(async (response) => {
          page = { status: response.status, html: await response.text() };
        })
        .catch(() => {});
      return undefined;
    },
    onStep: (step) => steps.push(step),
    onAuthorize: async () => {},
    afterToken: async (result) => {
      tokens = result;
      return { ok: true, title: 'Logged in', text: 'as somebody', rows: [{ label: 'Role', value: '<Editor>' }] };
    },
    ...options,
  });
  await arrival;
  const everything = JSON.stringify({ failure, steps, exchanges: recorder.exchanges, page });
  return { failure, steps, recorder, tokens, page, everything };
}
