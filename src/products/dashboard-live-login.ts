/** The live login of Dashboard, and a sample authentication app to try it with. */
import { readDashboardFiles } from '../dashboard/config.js';
import { viewOf } from '../dashboard/settings-view.js';
import { dashboardProfile } from '../dashboard/versions.js';
import { dashboardLogin } from '../login/dashboard.js';
import type { LoginOutcome } from '../login/report.js';
import { unknownPerson } from './demo-provider.js';
import type { Product, ProductDemo, ProductDemoOptions, ProductLoginContext } from './product.js';

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
  let site = '';
  const user = options.user ?? 'editor';
  const app = await startDashboardApp({
    secret: DEMO_SECRET,
    siteUrl: () => site,
    now: options.now,
    ...(options.user === undefined && !options.auto ? {} : { user }),
  });
  if (!app.users.some((known) => known.id === user)) {
    await app.close();
    throw unknownPerson(user, app.users);
  }
  const settings = {
    MB_SITE_URL: `http://127.0.0.1:${options.port ?? 0}`,
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
    signIn: (url) => autoLogin(url, user, { signal: options.signal, back: `${site}/auth/sso?jwt=` }),
    onListen: (origin) => {
      site = origin;
    },
    close: () => app.close(),
  };
}
