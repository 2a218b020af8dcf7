/**
 * The OpenID provider itself: `oidc-provider`, set up for one client, with a sign-in page that asks nothing but who you are.
 * What differs from provider to provider (claims, errors, odd answers) happens in front of it and behind it, not here.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Adapter, AdapterPayload, Configuration, Provider } from 'oidc-provider';
import type { SigningKey } from './keys.js';

/** What was asked for when a person signed in; kept beside the grant, because the provider keeps only what it knows itself. */
export interface SignIn {
  readonly user: string;
  readonly scopes: readonly string[];
  readonly offline: boolean;
  readonly session: string;
}

export interface ProviderOptions {
  readonly issuer: string;
  readonly paths: { readonly authorize: string; readonly token: string; readonly jwks: string };
  readonly clientId: string;
  readonly clientSecret: string;
  readonly key: SigningKey;
  /** Seconds. */
  readonly ttl: number;
  readonly refreshFor: (signIn: SignIn) => boolean;
  readonly errorPage: (title: string, text: string) => string;
  /** Changes a successful or failed token answer. */
  readonly tokenAnswer: (
    answer: Readonly<Record<string, unknown>>,
    status: number,
    signIn: SignIn | undefined,
  ) => Promise<TokenAnswer>;
  /** Changes the address the browser is sent back to. */
  readonly redirect: (location: string) => string;
}

/** Parameters the front adds to the authorization request, so that they reach the grant. */
export const ASKED_SCOPE = 'demo_scope';
export const ASKED_OFFLINE = 'demo_offline';
/** The scope every request has for the provider, so that requests without any scope are answered too. */
const INNER_SCOPE = 'openid';

export interface InnerProvider {
  handle(request: IncomingMessage, response: ServerResponse): void;
  signInOf(accessToken: string): Promise<SignIn | undefined>;
  /** The sign-in page was answered. */
  finish(request: IncomingMessage, response: ServerResponse, user: string | undefined): Promise<void>;
  /** Rejects where the interaction is unknown or over. */
  interaction(request: IncomingMessage, response: ServerResponse): Promise<{ readonly loginHint: string | undefined }>;
  /** Makes a code useless; false where it was useless already. */
  burn(code: string): Promise<boolean>;
  readonly innerScope: string;
}

export interface TokenAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export async function makeProvider(options: ProviderOptions): Promise<InnerProvider> {
  // Not the package's main module: that one prints a warning to our streams on Node 20.
  const [{ Provider: OidcProvider }, { base }] = await Promise.all([
    import('oidc-provider/lib/provider.js'),
    import('oidc-provider/lib/helpers/interaction_policy/index.js'),
  ]);

  const signIns = new Map<string, SignIn>();
  const policy = base();
  // Nobody has to agree to anything; `prompt=consent` is answered together with the sign-in.
  policy.get('consent')?.checks.clear();

  const configuration: Configuration = {
    adapter: memoryAdapter(),
    clients: [
      {
        client_id: options.clientId,
        client_secret: options.clientSecret,
        token_endpoint_auth_method: 'client_secret_basic',
        grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
        response_types: ['code'],
        redirect_uris: ['http://127.0.0.1/'],
      },
    ],
    clientAuthMethods: ['client_secret_basic'],
    cookies: { keys: [randomBytes(16).toString('hex')] },
    jwks: { keys: [options.key.privateJwk] },
    routes: { authorization: options.paths.authorize, token: options.paths.token, jwks: options.paths.jwks },
    scopes: [INNER_SCOPE, 'offline_access'],
    extraParams: [ASKED_SCOPE, ASKED_OFFLINE],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
    },
    interactions: { policy, url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    async findAccount(_ctx, id) {
      return { accountId: id, claims: async () => ({ sub: id }) };
    },
    async loadExistingGrant(ctx) {
      const { client, session, provider, params } = ctx.oidc;
      if (session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client?.clientId, accountId: session.accountId });
      grant.addOIDCScope(`${INNER_SCOPE} offline_access`);
      const id = await grant.save();
      signIns.set(id, {
        user: session.accountId,
        scopes: String(params?.[ASKED_SCOPE] ?? '')
          .split(' ')
          .filter(Boolean),
        offline: params?.[ASKED_OFFLINE] === 'true',
        session: randomBytes(9).toString('base64url'),
      });
      return grant;
    },
    async issueRefreshToken(_ctx, _client, code) {
      const signIn = signIns.get(code.grantId ?? '');
      return signIn !== undefined && options.refreshFor(signIn);
    },
    expiresWithSession: async () => false,
    rotateRefreshToken: false,
    // The front decides whether PKCE is needed; what is sent is checked.
    pkce: { required: () => false },
    renderError(ctx, out) {
      ctx.type = 'html';
      ctx.body = options.errorPage(String(out.error), String(out.error_description ?? ''));
    },
    ttl: {
      AccessToken: options.ttl,
      AuthorizationCode: 60,
      ClientCredentials: options.ttl,
      IdToken: options.ttl,
      Interaction: 3600,
      Session: 3600,
      Grant: 14 * 86400,
      RefreshToken: 14 * 86400,
    },
  };
  const provider: Provider = new OidcProvider(options.issuer, configuration);
  // Redirect addresses are checked in front, by the imitated provider's own rule.
  const client = provider.Client as unknown as { prototype: { redirectUriAllowed(uri: string): boolean } };
  client.prototype.redirectUriAllowed = () => true;

  const signInOf = async (accessToken: string) => {
    const token = await provider.AccessToken.find(accessToken);
    return token?.grantId === undefined ? undefined : signIns.get(token.grantId);
  };
  provider.use(async (ctx, next) => {
    await next();
    const location = ctx.response.get('location');
    if (location) ctx.set('location', options.redirect(location));
    if (ctx.path !== options.paths.token || ctx.method !== 'POST' || typeof ctx.body !== 'object') return;
    const inner = ctx.body as Record<string, unknown>;
    const token = inner['access_token'];
    const signIn = typeof token === 'string' ? await signInOf(token) : undefined;
    const answer = await options.tokenAnswer(inner, ctx.status, signIn);
    ctx.status = answer.status;
    ctx.body = answer.body;
    ctx.set('content-type', answer.type);
  });
  const callback = provider.callback();

  return {
    innerScope: INNER_SCOPE,
    handle: (request, response) => void callback(request, response),
    signInOf,
    async interaction(request, response) {
      const details = await provider.interactionDetails(request, response);
      const hint = details.params['login_hint'];
      return { loginHint: typeof hint === 'string' ? hint : undefined };
    },
    async finish(request, response, user) {
      const result =
        user === undefined
          ? { error: 'access_denied', error_description: 'the person declined to sign in' }
          : { login: { accountId: user, remember: false }, consent: {} };
      await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    },
    async burn(code) {
      const found = await provider.AuthorizationCode.find(code);
      await found?.destroy();
      return found !== undefined;
    },
  };
}

/** Everything in memory, gone with the process. Entries are few and short-lived; expired ones are dropped when met. */
function memoryAdapter(): (model: string) => Adapter {
  const store = new Map<string, AdapterPayload>();
  return (model) => {
    const key = (id: string) => `${model} ${id}`;
    const find = async (id: string) => store.get(key(id));
    return {
      find,
      async upsert(id, payload) {
        store.set(key(id), payload);
      },
      async destroy(id) {
        store.delete(key(id));
      },
      async consume(id) {
        const payload = store.get(key(id));
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },
      async findByUid(uid) {
        for (const [name, payload] of store) if (name.startsWith(`${model} `) && payload.uid === uid) return payload;
        return undefined;
      },
      findByUserCode: async () => undefined,
      async revokeByGrantId(grantId) {
        for (const [name, payload] of store) if (payload.grantId === grantId) store.delete(name);
      },
    };
  };
}
