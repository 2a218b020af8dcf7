/** Two configurations of Grafana Enterprise Metrics, for the comparison of what they decide. */
import type { GemEntry } from '../gem/config.js';
import { GemConfig, readGemFiles } from '../gem/config.js';
import type { GemProfile } from '../gem/versions.js';
import { isSecretName } from '../text/redact.js';
import { compareEntries } from './entry-compare.js';
import type { Product, ProductComparison, ProductResolveOptions } from './product.js';

export function compareGem(
  { prepare }: Pick<Product, 'prepare'>,
  profiles: readonly [GemProfile, GemProfile],
  before: ProductResolveOptions,
  after: ProductResolveOptions,
): ProductComparison {
  return compareEntries<GemEntry>(
    { entries: readGemFiles(before.files ?? []).entries, version: profiles[0].asked },
    { entries: readGemFiles(after.files ?? []).entries, version: profiles[1].asked },
    {
      product: 'GEM',
      // What is misspelt is a setting of its own: the product does not read it.
      nameOf: (entry) => (entry.misspelt === undefined ? (entry.setting?.path ?? entry.written) : entry.written),
      isSecret: (entry) => entry.setting?.secret === true || isSecretName(entry.written),
      asking: new Set(['auth.admin.oidc.issuer_url']),
      prepare: (entries, newVersion) => {
        const { files: _, ...options } = newVersion ? after : before;
        return prepare({ ...options, config: new GemConfig(entries, [], []) });
      },
    },
  );
}
