/** Two configurations of Dashboard, for the comparison of what they decide. */
import type { DashboardEntry } from '../dashboard/config.js';
import { DashboardConfig, readDashboardFiles } from '../dashboard/config.js';
import type { DashboardProfile } from '../dashboard/versions.js';
import { isSecretName } from '../text/redact.js';
import { compareEntries } from './entry-compare.js';
import type { Product, ProductComparison, ProductResolveOptions } from './product.js';

export function compareDashboard(
  { prepare }: Pick<Product, 'prepare'>,
  profiles: readonly [DashboardProfile, DashboardProfile],
  before: ProductResolveOptions,
  after: ProductResolveOptions,
): ProductComparison {
  const read = ({ files = [], env }: ProductResolveOptions) => readDashboardFiles(files, env).entries;
  return compareEntries<DashboardEntry>(
    { entries: read(before), version: profiles[0].asked },
    { entries: read(after), version: profiles[1].asked },
    {
      product: 'Dashboard',
      nameOf: (entry) => entry.setting?.name ?? entry.written,
      isSecret: (entry) => entry.setting?.secret === true || isSecretName(entry.written),
      asking: new Set(['MB_JWT_IDENTITY_PROVIDER_URI']),
      prepare: (entries, newVersion) => {
        const { files: _, ...options } = newVersion ? after : before;
        return prepare({ ...options, config: new DashboardConfig(entries, [], []) });
      },
    },
  );
}
