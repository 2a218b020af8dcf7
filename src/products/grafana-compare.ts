/** Two configurations of Grafana, for the comparison of what they decide. */
import { type LoginProduct, prepareLogin } from '../claims/prepare.js';
import { loadForms } from '../forms/load.js';
import { findOption } from '../settings/catalog.js';
import { configDifferences, mixedConfig } from '../settings/mix.js';
import { CLOUD_ALIAS, CLOUD_SECTION, LEGACY_CLOUD_SECTION } from '../settings/sections.js';
import type { EffectiveConfig, Setting } from '../settings/types.js';
import { versionProfile } from '../settings/versions.js';
import { isSecretName } from '../text/redact.js';
import type { ProductComparison, ProductResolveOptions, SettingDifference } from './product.js';

/** Sections a login decision is made from, whichever the provider is. */
const SERVER_SECTIONS: ReadonlySet<string> = new Set([
  'auth',
  'users',
  'feature_toggles',
  'grafana_com',
  'grafana_net',
]);
const CLOUD_SECTIONS: readonly string[] = [CLOUD_SECTION, LEGACY_CLOUD_SECTION, CLOUD_ALIAS];

/** Options that say what is asked of the provider, and where. */
const ASKING: ReadonlySet<string> = new Set([
  'api_url',
  'auth_url',
  'client_id',
  'empty_scopes',
  'hosted_domain',
  'scopes',
  'teams_url',
  'token_url',
]);

export async function compareGrafana(
  product: LoginProduct,
  before: ProductResolveOptions,
  after: ProductResolveOptions,
): Promise<ProductComparison> {
  const versions = [versionProfile(before.productVersion), versionProfile(after.productVersion)];
  const upgraded = versions[0]!.asked !== versions[1]!.asked;
  const load = cached((side: 'before' | 'after', newVersion: boolean) =>
    loadSide(side === 'before' ? before : after, (newVersion ? after : before).productVersion),
  );
  const own: readonly string[] = product === 'grafana' ? ['auth.generic_oauth'] : CLOUD_SECTIONS;
  const decides = (section: string) => SERVER_SECTIONS.has(section) || own.includes(section);

  const found = new Map<string, SettingDifference & { readonly key: { section: string; key: string } | undefined }>();
  if (upgraded)
    found.set('', {
      kind: 'version',
      option: 'Grafana',
      before: versions[0]!.asked,
      after: versions[1]!.asked,
      secret: false,
      decides: true,
      asks: false,
      key: undefined,
    });
  for (const newVersion of upgraded ? [true, false] : [true])
    for (const { section, key, before: old, after: now } of configDifferences(
      await load('before', newVersion),
      await load('after', newVersion),
    )) {
      const id = JSON.stringify([section, key]);
      if (found.has(id)) continue;
      found.set(id, {
        kind: 'setting',
        section,
        option: key,
        before: old?.value,
        after: now?.value,
        ...(old ? { beforeAt: placeOf(old) } : {}),
        ...(now ? { afterAt: placeOf(now) } : {}),
        secret: isSecret(section, key, old) || isSecret(section, key, now),
        decides: decides(section),
        asks: own.includes(section) && ASKING.has(key),
        key: { section, key },
      });
    }
  const differences = [...found.values()];
  return {
    versions: [versions[0]!.asked, versions[1]!.asked],
    differences: differences.map(({ key: _, ...difference }) => difference),
    async prepare(taken) {
      const chosen = taken.map((at) => differences[at]!);
      const newVersion = chosen.some(({ kind }) => kind === 'version');
      const { files: _, productVersion, ...options } = newVersion ? after : before;
      const keys = chosen.flatMap(({ key }) => key ?? []);
      const config = mixedConfig(await load('before', newVersion), await load('after', newVersion), keys);
      return prepareLogin(product, {
        config,
        ...(options.section === undefined ? {} : { section: options.section }),
        ...(options.flags === undefined ? {} : { flags: options.flags }),
        ...(productVersion === undefined ? {} : { version: productVersion }),
      });
    },
  };
}

async function loadSide(options: ProductResolveOptions, version: string | undefined): Promise<EffectiveConfig> {
  return loadForms(options.files ?? [], {
    ...(options.env && { env: options.env }),
    ...(options.readFile && { readFile: options.readFile }),
    ...(options.forms && { forms: options.forms }),
    ...(options.hostname !== undefined && { hostname: options.hostname }),
    ...(version !== undefined && { grafanaVersion: version }),
  });
}

function cached<A extends string, Value>(make: (side: A, flag: boolean) => Value): (side: A, flag: boolean) => Value {
  const made = new Map<string, Value>();
  return (side, flag) => {
    const id = `${side} ${flag}`;
    if (!made.has(id)) made.set(id, make(side, flag));
    return made.get(id)!;
  };
}

function placeOf({ origin }: Setting): string {
  if (origin.variable !== undefined) return `env:${origin.variable}`;
  if (origin.path === undefined) return origin.origin;
  return origin.range ? `${origin.path}:${origin.range.start.line}` : origin.path;
}

/** The content of a file that an expander names is never shown, whatever the key. */
function isSecret(section: string, key: string, setting: Setting | undefined): boolean {
  if (setting === undefined || /^(?:true|false|\d{0,4})$/.test(setting.value)) return false;
  return (
    isSecretName(key) ||
    findOption(section, key)?.secret === true ||
    (setting.origin.expandedFrom ?? []).some((reference) => reference.startsWith('$__file'))
  );
}
