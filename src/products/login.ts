/** `test-login` of whatever product the configuration belongs to. */
import { UsageError } from '../errors.js';
import type { LoginOutcome } from '../login/report.js';
import { PRODUCTS, productEntry, productOfConfig } from './index.js';
import type {
  ProductDemo,
  ProductDemoOptions,
  ProductId,
  ProductLoginContext,
  TokenAddress,
  TokenAddressOptions,
} from './product.js';

export interface LoginSelection {
  readonly product?: string;
  readonly section?: string;
  readonly grafanaVersion?: string;
  readonly dashboardVersion?: string;
  readonly gemVersion?: string;
}

/** @throws UsageError where the product takes no token by an address. */
export async function tokenAddress(
  product: string,
  options: Omit<TokenAddressOptions, 'productVersion'>,
  selection: LoginSelection,
): Promise<TokenAddress> {
  const entry = productEntry(product);
  const found = await entry?.load();
  if (entry === undefined || found?.tokenAddress === undefined) {
    throw new UsageError(`"${product}" takes no token in an address`, {
      hint: 'leave --product out for the token alone',
    });
  }
  const productVersion = selection[VERSION_OPTIONS[entry.versionOption]];
  return found.tokenAddress({ ...options, ...(productVersion === undefined ? {} : { productVersion }) });
}

const VERSION_OPTIONS = {
  'grafana-version': 'grafanaVersion',
  'dashboard-version': 'dashboardVersion',
  'gem-version': 'gemVersion',
} as const;

/** @throws UsageError where no product fits or it has no login. */
export async function loginProduct(
  context: Omit<ProductLoginContext, 'section' | 'productVersion'>,
  selection: LoginSelection,
): Promise<LoginOutcome> {
  const id = selection.product ?? firstProduct(context) ?? 'grafana';
  const entry = productEntry(id);
  const product = await entry?.load();
  if (entry === undefined || product?.login === undefined) {
    throw new UsageError(`there is no login to test for "${id}"`, {
      because: `products: ${PRODUCTS.map((known) => known.id).join(', ')}`,
    });
  }
  const version = selection[VERSION_OPTIONS[entry.versionOption]];
  return product.login({
    ...context,
    ...(selection.section === undefined ? {} : { section: selection.section }),
    ...(version === undefined ? {} : { productVersion: version }),
  });
}

function firstProduct(context: Pick<ProductLoginContext, 'files'>): ProductId | undefined {
  for (const file of context.files) {
    const product = productOfConfig(file);
    if (product !== undefined) return product;
  }
  return undefined;
}

/** A provider to log in at with nothing configured. @throws UsageError where the product has none. */
export async function startDemo(product: string | undefined, options: ProductDemoOptions): Promise<ProductDemo> {
  const found = await productEntry(product ?? 'grafana')?.load();
  if (found?.demo === undefined) throw new UsageError(`there is no demo of "${product}"`);
  return found.demo(options);
}
