/** Dry runs of logins behind the common interface of products. */
import { type LoginProduct, prepareLogin } from '../claims/prepare.js';
import { UsageError } from '../errors.js';
import type { EffectiveConfig } from '../settings/types.js';
import type { PreparedResolver, ProductResolveOptions } from './product.js';

/** Throws UsageError where the configuration has no such provider, more than one and none was chosen, or the version is none. */
export async function prepareGrafanaLogin(
  product: LoginProduct,
  options: ProductResolveOptions,
): Promise<PreparedResolver> {
  const { files, config, section, productVersion, env, readFile, forms, hostname, flags } = options;
  return prepareLogin(product, {
    ...(files && { files }),
    ...(config !== undefined && config !== null && { config: effective(config) }),
    ...(section !== undefined && { section }),
    ...(productVersion !== undefined && { version: productVersion }),
    ...(env && { env }),
    ...(readFile && { readFile }),
    ...(forms && { forms }),
    ...(hostname !== undefined && { hostname }),
    ...(flags && Object.keys(flags).length > 0 && { flags }),
  });
}

function effective(config: unknown): EffectiveConfig {
  const known = config as Partial<EffectiveConfig>;
  if (typeof config === 'object' && typeof known.lookup === 'function' && known.profile !== undefined)
    return config as EffectiveConfig;
  throw new UsageError('config is no loaded configuration', { hint: 'pass what loadConfig() gave' });
}
