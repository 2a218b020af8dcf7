/**
 * The catalogue: every option Grafana knows in its sections about login, with type, default and versions.
 * The data is parsed section by section when it is first asked for.
 */
import { CATALOG_TEXT } from './catalog-data.js';

export type OptionType =
  | 'bool'
  | 'string'
  | 'secret'
  | 'list'
  | 'jmespath'
  | 'url'
  | 'path'
  | 'enum'
  | 'int'
  | 'duration'
  | 'role';

export interface CatalogOption {
  readonly section: string;
  readonly key: string;
  readonly type: OptionType;
  /** Text of defaults.ini of the newest version; undefined where defaults.ini lacks the key. */
  readonly default: string | undefined;
  readonly required: boolean;
  /** Values an `enum` or `role` allows; empty otherwise. */
  readonly values: readonly string[];
  /** First version that reads it, as `X.Y.Z`. */
  readonly since: string | undefined;
  /** `since` and `until` as major * 1000 + minor; 0 and infinity where there are none. */
  readonly sinceOrder: number;
  readonly untilOrder: number;
  /** First version that no longer reads it. */
  readonly until: string | undefined;
  /** Version from which it is deprecated. */
  readonly deprecated: string | undefined;
  /** Key that took its place. */
  readonly replacedBy: string | undefined;
  /** Known for other providers, without an effect in this section. */
  readonly unread: boolean;
  /** Not about login; known so that it is not called unknown. */
  readonly other: boolean;
  readonly secret: boolean;
}

/** Other names under which `[auth.grafana_com]` is documented or was read. */
export const CLOUD_SECTIONS = ['auth.grafana_com', 'auth.grafananet', 'auth.metrics-dashboard_com'] as const;

/** The OAuth providers, in the order Grafana's defaults.ini has them. */
export const PROVIDER_SECTIONS = [
  'auth.github',
  'auth.gitlab',
  'auth.google',
  ...CLOUD_SECTIONS,
  'auth.azuread',
  'auth.okta',
  'auth.generic_oauth',
] as const;

/** Sections of defaults.ini the catalogue has no options for, for telling a misplaced section from a foreign one. */
const OTHER_SECTIONS =
  'DEFAULT alerting analytics annotations annotations.api annotations.dashboard aws azure cloud_migration dashboard_previews.crawler dashboards database dataproxy datasources date_formats emails enterprise environment explore expressions external_image_storage external_image_storage.azure_blob external_image_storage.gcs external_image_storage.s3 external_image_storage.webdav feature_management geomap grafana_net grpc_server help live log log.console log.file log.frontend log.syslog metrics metrics.graphite news panels paths plugin.grafana-image-renderer plugins profile public_dashboards query query_history quota rbac remote.alertmanager remote_cache rendering search secretscan secure_socks_datasource_proxy security.encryption service_accounts short_links smtp snapshots sql_datasources storage support_bundles tracing.jaeger tracing.opentelemetry tracing.opentelemetry.jaeger tracing.opentelemetry.otlp unified_alerting unified_alerting.reserved_labels unified_alerting.screenshots unified_alerting.state_history unified_alerting.state_history.annotations unified_alerting.upgrade auth.extended_jwt auth.passwordless auth.scim'.split(
    ' ',
  );

const ALIASES: ReadonlyMap<string, string> = new Map([
  ['auth.grafananet', 'auth.grafana_com'],
  ['auth.metrics-dashboard_com', 'auth.grafana_com'],
]);

/** The section whose options an alias takes: `auth.grafananet` and `auth.metrics-dashboard_com` are `auth.grafana_com`. */
export function canonicalSection(section: string): string {
  return ALIASES.get(section) ?? section;
}

interface Block {
  readonly name: string;
  readonly text: string;
}

let blocks: ReadonlyMap<string, Block> | undefined;
const parsed = new Map<string, ReadonlyMap<string, CatalogOption>>();

function allBlocks(): ReadonlyMap<string, Block> {
  if (!blocks) {
    const found = new Map<string, Block>();
    for (const part of CATALOG_TEXT.split('\n[').slice(1)) {
      const end = part.indexOf(']\n');
      found.set(part.slice(0, end), { name: part.slice(0, end), text: part.slice(end + 2) });
    }
    blocks = found;
  }
  return blocks;
}

/** Sections with options in the catalogue, in its order; aliases left out. */
export function catalogSections(): readonly string[] {
  return [...allBlocks().keys()];
}

let known: ReadonlySet<string> | undefined;

/** Every section name Grafana or its manual knows, of any version. */
export function knownSections(): ReadonlySet<string> {
  known ??= new Set([...allBlocks().keys(), ...ALIASES.keys(), ...OTHER_SECTIONS]);
  return known;
}

/** Options of a section by key; of an alias those of the section it stands for. Undefined for sections the catalogue lacks. */
export function sectionOptions(section: string): ReadonlyMap<string, CatalogOption> | undefined {
  const name = canonicalSection(section);
  let options = parsed.get(name);
  if (!options) {
    const block = allBlocks().get(name);
    if (!block) return undefined;
    options = new Map(
      block.text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => parseLine(name, line))
        .map((option) => [option.key, option]),
    );
    parsed.set(name, options);
  }
  return options;
}

export function findOption(section: string, key: string): CatalogOption | undefined {
  return sectionOptions(section)?.get(key);
}

/** The options of that name in all sections. */
export function optionsNamed(key: string): readonly CatalogOption[] {
  return catalogSections().flatMap((section) => {
    const option = findOption(section, key);
    return option ? [option] : [];
  });
}

/** Whether Grafana of that version (major * 1000 + minor) reads the option; patch numbers are left out of account. */
export function existsIn(option: CatalogOption, order: number): boolean {
  return !option.unread && order >= option.sinceOrder && order < option.untilOrder;
}

/** `X.Y.Z` as major * 1000 + minor. */
export function minorOrder(version: string): number {
  const [major, minor] = version.split('.');
  return Number(major) * 1000 + Number(minor ?? 0);
}

function parseLine(section: string, line: string): CatalogOption {
  const at = line.indexOf(' =');
  const words = (at === -1 ? line : line.slice(0, at)).split(' ');
  const [, type, values] = /^([^:]*)(?::(.*))?$/.exec(words[1]!)!;
  const flag = (name: string) => words.find((word) => word.startsWith(`${name}:`))?.slice(name.length + 1);
  const since = flag('since');
  const until = flag('until');
  return {
    section,
    key: words[0]!,
    type: type as OptionType,
    default: at === -1 ? undefined : line.slice(at + 2).trimStart(),
    required: words.includes('required', 2),
    values: values?.split('|') ?? [],
    since,
    until,
    sinceOrder: since === undefined ? 0 : minorOrder(since),
    untilOrder: until === undefined ? Number.POSITIVE_INFINITY : minorOrder(until),
    deprecated: flag('deprecated'),
    replacedBy: flag('by'),
    unread: words.includes('unread', 2),
    other: words.includes('other', 2),
    secret: type === 'secret',
  };
}
