/** The live login of Grafana and Grafana Cloud: reads the configuration, picks the provider, hands over to the login. */
import { UsageError } from '../errors.js';
import { loadForms } from '../forms/load.js';
import { grafanaLogin } from '../login/grafana.js';
import type { LoginOutcome } from '../login/report.js';
import { cloudSection, readProvider } from '../settings/provider.js';
import { demoWithProvider } from './demo-provider.js';
import type { Product, ProductDemo, ProductDemoOptions, ProductLoginContext } from './product.js';

const GENERIC = 'auth.generic_oauth';

export async function loginGrafana(
  product: Pick<Product, 'id' | 'prepare'>,
  context: ProductLoginContext,
): Promise<LoginOutcome> {
  const config = await loadForms(context.files, {
    hostname: context.host.hostname(),
    ...(context.env === undefined ? {} : { env: context.env }),
    ...(context.readFile === undefined ? {} : { readFile: context.readFile }),
    ...(context.forms === undefined ? {} : { forms: context.forms }),
    ...(context.productVersion === undefined ? {} : { grafanaVersion: context.productVersion }),
  });
  const problem = config.problems[0];
  if (problem !== undefined) {
    const place = problem.path === undefined ? '' : ` (${problem.path}:${problem.range?.start.line})`;
    throw new UsageError(`Grafana would not start with this configuration${place}: ${problem.message}`, {
      hint: 'auth-cli validate shows the place and the cure',
    });
  }
  const section = context.section ?? (product.id === 'grafana-cloud' ? cloudSection(config) : GENERIC);
  const provider = readProvider(config, section);
  const resolver = await product.prepare({
    config,
    section,
    ...(context.productVersion === undefined ? {} : { productVersion: context.productVersion }),
  });
  return grafanaLogin({
    host: context.host,
    config,
    provider,
    resolver,
    version: config.profile.asked,
    flags: context.flags,
    signal: context.signal,
    visit: context.visit,
    paste: context.paste,
    onStep: context.onStep,
    onExchange: context.onExchange,
    onAuthorize: context.onAuthorize,
    note: context.note,
    warn: context.warn,
  });
}

export function demoGrafana(options: ProductDemoOptions): Promise<ProductDemo> {
  return demoWithProvider(options, 'editor', (idp, rootUrl) => ({
    path: 'demo.ini',
    text: idp.configIni({ rootUrl }),
  }));
}

/** The demo provider has the endpoints of grafana.com, too. */
export function demoGrafanaCloud(options: ProductDemoOptions): Promise<ProductDemo> {
  return demoWithProvider(options, 'editor', (idp, rootUrl) => ({
    path: 'demo.ini',
    text: `[server]\nroot_url = ${rootUrl}\n\n[grafana_com]\nurl = ${idp.origin}\n\n[auth.grafana_com]\nenabled = true\nclient_id = ${idp.clientId}\nclient_secret = ${idp.clientSecret}\nscopes = user:email\nuse_pkce = true\n`,
  }));
}
