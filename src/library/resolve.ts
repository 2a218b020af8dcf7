import type { Resolution } from '../claims/trace.js';
import { UsageError } from '../errors.js';
import { PRODUCTS, productEntry, productOfPayload } from '../products/index.js';
import type { PayloadEnvelope } from '../products/product.js';

export interface ResolveOptions {
  /** A loaded configuration of the product; without it the envelope carries its `settings`. */
  readonly config?: unknown;
  /** Found from the envelope where it is not named. */
  readonly product?: string;
  readonly grafanaVersion?: string;
  readonly productVersion?: string;
  /** Seconds since 1970; the present where it is not given. */
  readonly now?: number;
}

/**
 * What the product makes of one payload: the JSON of `eval-role`.
 * Throws UsageError where the question cannot be asked: no such product, no such version, a payload that is not one.
 */
export async function resolve(envelope: PayloadEnvelope, options: ResolveOptions = {}): Promise<Resolution> {
  const id = options.product ?? productOfPayload(envelope) ?? 'grafana';
  const entry = productEntry(id);
  if (entry === undefined)
    throw new UsageError(`there is no product "${id}"`, {
      hint: `products: ${PRODUCTS.map((product) => product.id).join(', ')}`,
    });
  const product = await entry.load();
  const version =
    options.productVersion ?? (entry.versionOption === 'grafana-version' ? options.grafanaVersion : undefined);
  const prepared = await product.prepare({
    now: options.now ?? Date.now() / 1000,
    ...(options.config === undefined ? {} : { config: options.config }),
    ...(version === undefined ? {} : { productVersion: version }),
  });
  return prepared.resolve(envelope);
}
