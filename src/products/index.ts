/**
 * The products, and the choice among them. This list is all a command knows; a product's code is loaded when it is needed.
 */
import type { SourceFile } from '../text/source.js';
import { dashboardEntry } from './dashboard-entry.js';
import { gemEntry } from './gem-entry.js';
import { grafanaCloudEntry, grafanaEntry } from './grafana-entry.js';
import type { PayloadEnvelope, ProductEntry, ProductId } from './product.js';

export const PRODUCTS: readonly ProductEntry[] = [grafanaEntry, grafanaCloudEntry, dashboardEntry, gemEntry];

/** The product with this name; undefined where there is none. */
export function productEntry(id: string): ProductEntry | undefined {
  return PRODUCTS.find((entry) => entry.id === id);
}

/**
 * The product a configuration file most likely belongs to; undefined where nothing speaks for any.
 * @param atLeast how much has to speak for it
 */
export function productOfConfig(file: SourceFile, atLeast = 1): ProductId | undefined {
  return surest((entry) => {
    const sureness = entry.detectConfig(file);
    return sureness < atLeast ? 0 : sureness;
  });
}

/** The product a section belongs to, with or without `auth.`; undefined where nobody claims it. */
export function productOfSection(section: string | undefined): ProductId | undefined {
  if (section === undefined) return undefined;
  const name = section.startsWith('auth.') ? section : `auth.${section}`;
  return PRODUCTS.find((entry) => entry.sections?.includes(name))?.id;
}

/** The product a payload most likely belongs to; its own `product` key decides. */
export function productOfPayload(envelope: PayloadEnvelope): ProductId | undefined {
  const named = typeof envelope.product === 'string' ? productEntry(envelope.product)?.id : undefined;
  return named ?? surest((entry) => entry.detectPayload(envelope));
}

function surest(measure: (entry: ProductEntry) => number): ProductId | undefined {
  let best: ProductId | undefined;
  let most = 0;
  for (const entry of PRODUCTS) {
    const sureness = measure(entry);
    if (sureness > most) [best, most] = [entry.id, sureness];
  }
  return best;
}
