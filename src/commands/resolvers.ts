/** What decides about payloads, made from the configuration files and flags of a call; for commands that dry-run logins. */
import type { Command } from 'commander';
import { UsageError } from '../errors.js';
import { PRODUCTS, productEntry, productOfConfig, productOfSection } from '../products/index.js';
import type { PreparedResolver, ProductId } from '../products/product.js';
import type { SourceFile } from '../text/source.js';
import type { CommandContext } from './command.js';
import { choiceOption } from './flags.js';
import { formFacts, readSource } from './inputs.js';

/** Options of a provider that decide about a person; each is a flag of the same name. */
export const OPTION_FLAGS = [
  'name_attribute_path',
  'login_attribute_path',
  'email_attribute_path',
  'email_attribute_name',
  'role_attribute_path',
  'role_attribute_strict',
  'allow_assign_grafana_admin',
  'skip_org_role_sync',
  'groups_attribute_path',
  'org_attribute_path',
  'org_mapping',
  'team_ids',
  'team_ids_attribute_path',
  'teams_url',
  'allowed_organizations',
  'allowed_groups',
  'allowed_domains',
  'allow_sign_up',
  'api_url',
  'id_token_attribute_name',
] as const;

const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Options that say how payloads are read and what the server has. */
export interface PayloadOptions {
  readonly as?: 'userinfo' | 'id_token' | 'access_token';
  readonly jsonl?: boolean;
  readonly now?: string;
  readonly state?: string;
  readonly policies?: string;
  readonly keyFile?: string;
}

export function addPayloadOptions(command: Command): void {
  command
    .addOption(
      choiceOption('--as <source>', 'what a bare claims object is; default userinfo', [
        'userinfo',
        'id_token',
        'access_token',
      ]),
    )
    .option('--jsonl', 'one payload a line, whatever the name of the file');
}

export function addServerOptions(command: Command): void {
  command
    .option('--now <time>', 'time of the login, seconds since 1970 or ISO 8601 [dashboard, gem]')
    .option('--state <file>', 'what the server has: users, groups, tenants [dashboard]')
    .option('--policies <file>', 'access policies: name, scopes, tenants [gem]')
    .option('--key-file <file>', 'shared key to verify the token with; - is standard input [dashboard]');
}

export function addOptionFlags(command: Command): void {
  command.optionsGroup('Settings (they win over the configuration):');
  for (const name of OPTION_FLAGS) command.option(`--${name.replaceAll('_', '-')} <text>`, name);
}

/** Option → text of the flags that were given. */
export function givenOptionFlags(options: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const flags: Record<string, string> = {};
  for (const name of OPTION_FLAGS) {
    const value = options[camel(name)];
    if (typeof value === 'string') flags[name] = value;
  }
  return flags;
}

/** What `--state`, `--policies` and `--key-file` add to every payload. @throws UsageError where a file is none of its kind. */
export async function readServerFields(
  context: CommandContext,
  options: PayloadOptions,
): Promise<Record<string, unknown>> {
  const fields: Record<string, unknown> = {};
  const json = async (name: 'state' | 'policies') => {
    const path = options[name];
    if (path === undefined) return;
    const file = await readSource(context, path);
    try {
      fields[name] = JSON.parse(file.text);
    } catch (cause) {
      throw new UsageError(`${file.path} is no JSON`, { because: (cause as Error).message, cause });
    }
  };
  await json('state');
  await json('policies');
  if (options.keyFile !== undefined) {
    // A key file ends in a line break more often than a key does.
    fields['key'] = (await readSource(context, options.keyFile)).text.replace(/\r?\n$/, '');
  }
  return fields;
}

export interface ResolverSource {
  readonly files: readonly SourceFile[];
  /** Option → text; they win over the files. */
  readonly flags?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Seconds since 1970. */
  readonly now: number;
  /** Version of the product; that of the global options where absent. */
  readonly version?: string | undefined;
}

/** Product → its resolver, made when it is first asked for. Key undefined: the product the payload belongs to. */
export type Resolvers = ReadonlyMap<ProductId | undefined, (product: ProductId) => Promise<PreparedResolver>>;

/**
 * A resolver for each product the configurations speak of. Without a configuration: one that takes its settings from flags or
 * from the payload.
 * @throws UsageError for a file of no known product.
 */
export function makeResolvers(context: CommandContext, source: ResolverSource): Resolvers {
  const { options: global } = context;
  const prepare = (own: readonly SourceFile[]) => {
    const cache = new Map<ProductId, Promise<PreparedResolver>>();
    return (id: ProductId): Promise<PreparedResolver> => {
      let prepared = cache.get(id);
      if (prepared === undefined) {
        prepared = prepareResolver(context, id, { ...source, files: own });
        cache.set(id, prepared);
      }
      return prepared;
    };
  };
  if (source.files.length === 0) return new Map([[global.product ?? productOfSection(global.section), prepare([])]]);
  return new Map([...groupByProduct(context, source.files)].map(([id, own]) => [id, prepare(own)]));
}

/** One product's resolver over files that are all of that product. */
export async function prepareResolver(
  context: CommandContext,
  id: ProductId,
  { files, flags = {}, env, now, version }: ResolverSource,
): Promise<PreparedResolver> {
  const { host, options: global } = context;
  const entry = productEntry(id)!;
  const chosen =
    version ??
    {
      'grafana-version': global.grafanaVersion,
      'dashboard-version': global.dashboardVersion,
      'gem-version': global.gemVersion,
    }[entry.versionOption];
  return (await entry.load()).prepare({
    ...(files.length > 0
      ? { files, readFile: (path) => host.readFile(path), forms: formFacts(context), hostname: host.hostname() }
      : {}),
    ...(Object.keys(flags).length > 0 ? { flags } : {}),
    ...(global.section === undefined ? {} : { section: global.section }),
    ...(chosen === undefined ? {} : { productVersion: chosen }),
    ...(env === undefined ? {} : { env }),
    now,
  });
}

/** @throws UsageError for a file of no known product. */
export function groupByProduct(
  { options: global }: Pick<CommandContext, 'options'>,
  files: readonly SourceFile[],
): ReadonlyMap<ProductId, readonly SourceFile[]> {
  const groups = new Map<ProductId, SourceFile[]>();
  for (const file of files) {
    const id = global.product ?? productOfSection(global.section) ?? productOfConfig(file);
    if (id === undefined) {
      throw new UsageError(`${file.path} is no configuration of a known product`, {
        because: `products: ${PRODUCTS.map((entry) => entry.id).join(', ')}`,
        hint: 'name the product with --product',
      });
    }
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [file]);
    else group.push(file);
  }
  // defaults.ini and custom.ini are read together whichever of the two sections each holds.
  const cloud = groups.get('grafana-cloud');
  if (cloud !== undefined && groups.has('grafana') && global.product === undefined) {
    groups.set(
      'grafana',
      files.filter((file) => groups.get('grafana')!.includes(file) || cloud.includes(file)),
    );
    groups.delete('grafana-cloud');
  }
  return groups;
}

/** The time of the login in seconds since 1970: `--now`, or now. @throws UsageError */
export function loginTime({ host }: CommandContext, text: string | undefined): number {
  if (text === undefined) return host.now() / 1000;
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text) / 1000;
  if (Number.isNaN(seconds))
    throw new UsageError(`--now cannot be "${text}"`, { hint: 'seconds since 1970, or 2026-01-31T12:00:00Z' });
  return seconds;
}
