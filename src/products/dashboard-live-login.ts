/** The live login of Dashboard, and a sample authentication app to try it with. */
import { readDashboardFiles } from '../dashboard/config.js';
import { refusedReturn, unsafeReturn } from '../dashboard/request.js';
import { viewOf } from '../dashboard/settings-view.js';
import { ssoAddress } from '../dashboard/sso-address.js';
import { type DashboardProfile, dashboardProfile } from '../dashboard/versions.js';
import { UsageError } from '../errors.js';
import { dashboardLogin } from '../login/dashboard.js';
import type { LoginOutcome } from '../login/report.js';
import { unknownPerson } from './demo-provider.js';
import type {
  Product,
  ProductDemo,
  ProductDemoOptions,
  ProductLoginContext,
  TokenAddress,
  TokenAddressOptions,
} from './product.js';

export async function loginDashboard(
  product: Pick<Product, 'prepare'>,
  context: ProductLoginContext,
): Promise<LoginOutcome> {
  const config = readDashboardFiles(context.files, context.env);
  const view = viewOf(config);
  const { productVersion } = context;
  const resolver = await product.prepare({
    config,
    now: context.host.now() / 1000,
    ...(productVersion === undefined ? {} : { productVersion }),
  });
  return dashboardLogin({
    ...context,
    resolver,
    version: dashboardProfile(productVersion)?.asked ?? 'newest',
    identityProviderUri: view.uri,
    siteUrl: view.siteUrl.replace(/\/$/, ''),
  });
}

/** Long enough for HS256, and no secret to anybody. */
const DEMO_SECRET = 'demo-shared-key-of-auth-cli-0123456789abcdef0123456789abcdef0123';

export async function demoDashboard(options: ProductDemoOptions): Promise<ProductDemo> {
  const { autoLogin, startDashboardApp } = await import('../demo-idp/index.js');
  const { serve } = options;
  if (options.as !== undefined) throw new UsageError('there is one sample app only; leave --as out');
  let site = (serve?.productUrl ?? (serve === undefined ? '' : 'http://localhost:3000')).replace(/\/+$/, '');
  const user = options.user ?? 'editor';
  const app = await startDashboardApp({
    secret: DEMO_SECRET,
    siteUrl: () => site,
    now: options.now,
    ...(serve === undefined ? {} : { port: serve.port, onRequest: serve.onRequest }),
    ...(options.user === undefined && !options.auto ? {} : { user }),
  });
  if (!app.users.some((known) => known.id === user)) {
    await app.close();
    throw unknownPerson(user, app.users);
  }
  const settings = {
    MB_SITE_URL: serve === undefined ? `http://127.0.0.1:${options.port ?? 0}` : site,
    MB_JWT_ENABLED: 'true',
    MB_JWT_IDENTITY_PROVIDER_URI: app.uri,
    MB_JWT_SHARED_SECRET: DEMO_SECRET,
    MB_JWT_GROUP_SYNC: 'true',
    MB_JWT_GROUP_MAPPINGS: '{"grafana-admins":[2],"grafana-editors":[7],"developers":[8]}',
    MB_ENABLE_EMBEDDING_SDK: 'true',
  };
  const text = Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
  return {
    files: [{ path: 'demo.env', text }],
    note: `sample authentication app: ${app.uri}`,
    users: app.users,
    signIn: (url) => autoLogin(url, user, { signal: options.signal, back: `${site}/auth/sso?jwt=` }),
    onListen: (origin) => {
      site = origin;
    },
    close: () => app.close(),
  };
}

/** Where a token of one's own goes. @throws UsageError where no address of Dashboard is known, or it would refuse `returnTo`. */
export async function dashboardTokenAddress(
  profile: DashboardProfile,
  options: TokenAddressOptions,
): Promise<TokenAddress> {
  const view = viewOf(readDashboardFiles(options.files, options.env));
  const siteUrl = options.siteUrl ?? view.siteUrl;
  if (!/^https?:\/\//i.test(siteUrl) || !URL.canParse(siteUrl)) {
    throw new UsageError(
      siteUrl === '' ? 'the address of Dashboard is not known' : `"${siteUrl}" is no address of Dashboard`,
      { hint: 'give --site-url https://dashboard.example.com, or --config with MB_SITE_URL' },
    );
  }
  const { returnTo } = options;
  const warnings: string[] = [];
  if (returnTo !== undefined) {
    const refused = refusedReturn(returnTo, view.siteUrl || siteUrl, profile.redirectCheck);
    if (refused !== undefined) {
      throw new UsageError(`Dashboard would refuse to return to "${returnTo}"`, {
        because: refused,
        hint: 'a path of one slash, such as /question/1, is always good',
      });
    }
    const unsafe = unsafeReturn(returnTo, siteUrl);
    if (unsafe !== undefined) warnings.push(`Dashboard would send the browser to "${returnTo}": ${unsafe}`);
  }
  return {
    ...(view.secret === '' ? {} : { secret: view.secret }),
    warnings,
    address: (token) => ssoAddress(siteUrl, token, returnTo),
  };
}
