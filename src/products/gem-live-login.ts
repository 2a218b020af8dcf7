/** The live token check of GEM, and the demo provider to try it with. */
import { UsageError } from '../errors.js';
import { readGemFiles } from '../gem/config.js';
import { gemProfile } from '../gem/versions.js';
import { gemLogin } from '../login/gem.js';
import type { LoginOutcome } from '../login/report.js';
import { demoWithProvider } from './demo-provider.js';
import type { Product, ProductDemo, ProductDemoOptions, ProductLoginContext } from './product.js';

export async function loginGem(product: Pick<Product, 'prepare'>, context: ProductLoginContext): Promise<LoginOutcome> {
  const { productVersion } = context;
  const profile = gemProfile(productVersion);
  if (profile === undefined)
    throw new UsageError(`"${productVersion}" is not a version of GEM`, { hint: 'write it as 2.17' });
  const config = readGemFiles(context.files);
  const issuer = context.flags.issuer ?? config.issuer(profile)?.value ?? '';
  if (issuer === '') {
    throw new UsageError('the configuration names no issuer', {
      hint: 'set auth.admin.oidc.issuer_url, or pass --issuer',
    });
  }
  const resolver = await product.prepare({
    config,
    now: context.host.now() / 1000,
    ...(productVersion === undefined ? {} : { productVersion }),
  });
  return gemLogin({ ...context, resolver, version: profile.asked, issuer });
}

export function demoGem(options: ProductDemoOptions): Promise<ProductDemo> {
  return demoWithProvider(options, 'editor', (idp) => ({
    path: 'demo.yaml',
    text: `auth:\n  type: enterprise\n  admin:\n    oidc:\n      issuer_url: ${idp.issuer}\n      access_policy_claim: groups\n      access_policy_regex: (.*)\n`,
    flags: {
      client: {
        id: idp.clientId,
        secret: idp.clientSecret,
        credentials: false,
        scopes: (idp.preset.settings['scopes'] ?? 'openid').split(' '),
      },
      tenant: 'tenant-1',
    },
  }));
}
