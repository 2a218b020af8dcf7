/**
 * Prepares dry runs of logins: finds the provider's options (a configuration, flags, or an envelope's own settings), compiles
 * what can be compiled once, and resolves payload after payload.
 */
import { UsageError } from '../errors.js';
import { loadForms } from '../forms/load.js';
import type { FormFacts } from '../forms/types.js';
import { PROVIDER_SECTIONS } from '../settings/catalog.js';
import { loadFiles } from '../settings/load.js';
import {
  cloudSection,
  isCloudSection,
  isWritten,
  type ProviderSettings,
  providerFromTexts,
  readProvider,
  readServer,
} from '../settings/provider.js';
import { CLOUD_SECTION } from '../settings/sections.js';
import type { ConfigProblem, EffectiveConfig } from '../settings/types.js';
import { NEWEST_VERSION, type VersionProfile, versionProfile } from '../settings/versions.js';
import type { SourceFile } from '../text/source.js';
import { isTable, type LoginEnvelope } from './envelope.js';
import { resolveGenericOAuth } from './generic-oauth.js';
import { type GenericSetup, genericSetup } from './generic-setup.js';
import { type ComSetup, comSetup, resolveGrafanaCom } from './grafana-com.js';
import { withFlags, withVersion } from './overrides.js';
import { DEFAULT_SERVER, emailLookup, type LoginServer, overrideServer } from './server.js';
import { type GrafanaResolution, resolution, type Verdict, type VerdictTarget } from './verdict.js';

export type LoginProduct = 'grafana' | 'grafana-cloud';

export interface LoginOptions {
  /** Configuration files of Grafana, merged in order over the defaults of the version. */
  readonly files?: readonly SourceFile[];
  /** The configuration, loaded already; `files` do not count then. */
  readonly config?: EffectiveConfig;
  /** `auth.generic_oauth`, or just `generic_oauth`. */
  readonly section?: string;
  readonly version?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly readFile?: (path: string) => string | Uint8Array | Promise<string | Uint8Array>;
  /** What the text of a form other than INI does not hold. */
  readonly forms?: FormFacts;
  readonly hostname?: string;
  /** Option → text; they win over the configuration, and stand alone where there is none. */
  readonly flags?: Readonly<Record<string, string>>;
}

/** An envelope as far as logins go. */
export interface PreparedEnvelope extends LoginEnvelope {
  readonly name?: unknown;
  readonly settings?: unknown;
  readonly server?: unknown;
}

type Setup = { readonly target: VerdictTarget } & (
  | { readonly kind: 'generic'; readonly setup: GenericSetup }
  | { readonly kind: 'com'; readonly setup: ComSetup }
);

/** What does not depend on the envelope. */
interface Base {
  /** Undefined where the envelope must bring its settings. */
  readonly provider: ProviderSettings;
  readonly server: LoginServer;
  /** No configuration says what `api_url` is. */
  readonly assumeApiUrl: boolean;
  readonly problem: ConfigProblem | undefined;
}

/**
 * A resolver for one product and one configuration. Throws UsageError where the configuration has no such provider, more than
 * one and none was chosen, or the version is none.
 */
export async function prepareLogin(product: LoginProduct, options: LoginOptions = {}): Promise<LoginResolver> {
  const version = options.version === undefined ? undefined : versionOf(options.version);
  let config = options.config;
  if (config === undefined && options.files !== undefined && options.files.length > 0)
    config = await loadForms(options.files, {
      ...(options.env && { env: options.env }),
      ...(options.readFile && { readFile: options.readFile }),
      ...(options.forms && { forms: options.forms }),
      ...(options.hostname !== undefined && { hostname: options.hostname }),
      ...(version && { grafanaVersion: version.asked }),
    });
  else if (config !== undefined && version !== undefined && config.profile.id !== version.id)
    config = withVersion(config, version);
  return new LoginResolver(product, options, config, version ?? config?.profile ?? versionProfile()!);
}

function versionOf(text: string): VersionProfile {
  const version = versionProfile(text);
  if (version === undefined)
    throw new UsageError(`"${text}" is no version of Grafana`, { hint: `write it as ${NEWEST_VERSION}` });
  return version;
}

/** How many different settings of envelopes are kept prepared. */
const KEPT = 64;

export class LoginResolver {
  readonly #product: LoginProduct;
  readonly #options: LoginOptions;
  readonly #version: VersionProfile;
  readonly #base: Base | undefined;
  #standard: Setup | undefined;
  readonly #own = new Map<string, Setup>();

  constructor(
    product: LoginProduct,
    options: LoginOptions,
    config: EffectiveConfig | undefined,
    version: VersionProfile,
  ) {
    this.#product = product;
    this.#options = options;
    this.#version = version;
    if (config !== undefined) this.#base = this.#fromConfig(config);
  }

  /** The provider's options without those of an envelope; for commands that show them. */
  get provider(): ProviderSettings | undefined {
    return this.#base?.provider;
  }

  /** What Grafana makes of one payload. Throws UsageError where the envelope is none. */
  resolve(envelope: PreparedEnvelope, options: { readonly trace?: boolean } = {}): GrafanaResolution {
    if (!isTable(envelope))
      throw new UsageError('the payload is no object', {
        hint: 'give claims, a token or an envelope as a JSON object',
      });
    const traced = options.trace ?? true;
    const own = envelope.settings !== undefined && envelope.settings !== null;
    if (!own && this.#base?.problem)
      return resolution(
        this.#target(this.#base.provider.section),
        envelope.name,
        notStarted(this.#base.problem, traced),
      );
    const setup = this.#setup(envelope, own);
    const verdict =
      setup.kind === 'generic'
        ? resolveGenericOAuth(setup.setup, envelope, traced)
        : resolveGrafanaCom(setup.setup, envelope, traced);
    return resolution(setup.target, envelope.name, verdict);
  }

  #target(section: string): VerdictTarget {
    return { product: this.#product, version: this.#version.asked, section };
  }

  #setup(envelope: PreparedEnvelope, own: boolean): Setup {
    const changed = own || (envelope.server !== undefined && envelope.server !== null);
    if (!changed) {
      this.#standard ??= this.#build(undefined, undefined);
      return this.#standard;
    }
    const settings = own ? settingsOf(envelope.settings) : undefined;
    const server = serverOf(envelope.server);
    const key = JSON.stringify([settings && [...settings], server]);
    let setup = this.#own.get(key);
    if (setup === undefined) {
      setup = this.#build(settings, server);
      if (this.#own.size >= KEPT) this.#own.delete(this.#own.keys().next().value!);
      this.#own.set(key, setup);
    }
    return setup;
  }

  #build(
    settings: ReadonlyMap<string, string> | undefined,
    server: Readonly<Record<string, unknown>> | undefined,
  ): Setup {
    const { flags } = this.#options;
    const base = this.#base ?? (settings === undefined ? this.#fromFlags() : undefined);
    let provider =
      settings === undefined ? base!.provider : providerFromTexts(settings, this.#section(), this.#version);
    if (settings !== undefined && flags !== undefined) provider = withFlags(provider, flags);
    const whole = overrideServer(base?.server ?? DEFAULT_SERVER, server);
    const target = this.#target(provider.section);
    if (this.#product === 'grafana-cloud') return { kind: 'com', target, setup: comSetup(provider, whole) };
    const assumeApiUrl = settings === undefined && base!.assumeApiUrl;
    return { kind: 'generic', target, setup: genericSetup({ options: provider, server: whole, assumeApiUrl }) };
  }

  #section(): string {
    return this.#base?.provider.section ?? (this.#product === 'grafana' ? 'auth.generic_oauth' : CLOUD_SECTION);
  }

  /** No configuration: the defaults of the version, and the flags. */
  #fromFlags(): Base {
    const config = loadFiles([], { grafanaVersion: this.#version.asked }) as EffectiveConfig;
    const section = this.#product === 'grafana' ? 'auth.generic_oauth' : CLOUD_SECTION;
    const provider = readProvider(config, section);
    return {
      provider: this.#options.flags === undefined ? provider : withFlags(provider, this.#options.flags),
      server: { ...readServer(config), oauth_allow_insecure_email_lookup: undefined },
      assumeApiUrl: this.#options.flags?.['api_url'] === undefined,
      problem: undefined,
    };
  }

  #fromConfig(config: EffectiveConfig): Base {
    const section = chooseSection(this.#product, config, this.#options.section);
    const provider = readProvider(config, section);
    const { flags } = this.#options;
    return {
      provider: flags === undefined ? provider : withFlags(provider, flags),
      server: { ...readServer(config), oauth_allow_insecure_email_lookup: emailLookup(config) },
      assumeApiUrl: false,
      problem: config.problems[0],
    };
  }
}

/** Grafana does not get as far as a login. */
function notStarted(problem: ConfigProblem, traced: boolean): Verdict {
  const place =
    problem.path === undefined ? '' : `${problem.path}${problem.range ? `:${problem.range.start.line}` : ''}: `;
  const message = `Grafana does not start: ${place}${problem.message}`;
  return {
    outcome: 'error',
    user: null,
    denial: { rule: 'config', message, productMessage: problem.productMessage ?? null },
    requests: [],
    steps: traced ? [{ field: 'source', status: 'error', note: message }] : [],
  };
}

function chooseSection(product: LoginProduct, config: EffectiveConfig, asked: string | undefined): string {
  const written = PROVIDER_SECTIONS.filter((section) => isConfigured(config, section));
  const list = (sections: readonly string[]) => sections.map((section) => `[${section}]`).join(', ');
  const belongs = (section: string) =>
    product === 'grafana' ? section === 'auth.generic_oauth' : isCloudSection(section);
  if (asked !== undefined) {
    const section = asked.startsWith('auth.') ? asked : `auth.${asked}`;
    if (!belongs(section))
      throw new UsageError(
        section === 'auth.generic_oauth' || isCloudSection(section)
          ? `[${section}] is not a section of product "${product}"`
          : `there are no dry runs for [${section}]`,
        {
          hint: 'dry runs exist for [auth.generic_oauth] (product grafana) and [auth.grafana_com] (product grafana-cloud)',
        },
      );
    if (!isConfigured(config, section)) throw missing(section, written, list);
    return section;
  }
  const enabled = written.filter((section) => readProvider(config, section).enabled);
  if (enabled.length > 1)
    throw new UsageError(`${enabled.length} providers are enabled: ${list(enabled)}`, {
      hint: `choose one with --section, for example --section ${enabled.find(belongs) ?? enabled[0]}`,
    });
  const section = product === 'grafana' ? 'auth.generic_oauth' : cloudSection(config);
  if (!isConfigured(config, section)) throw missing(section, written, list);
  return section;
}

function missing(
  section: string,
  written: readonly string[],
  list: (sections: readonly string[]) => string,
): UsageError {
  const other = written.find(isCloudSection) ?? written.find((one) => one === 'auth.generic_oauth');
  return new UsageError(`the configuration has no section [${section}]`, {
    because: written.length === 0 ? 'it configures no login provider' : `it has ${list(written)}`,
    ...(other && { hint: `for [${other}] use --product ${isCloudSection(other) ? 'grafana-cloud' : 'grafana'}` }),
  });
}

/** A file or the environment says something about it. */
function isConfigured(config: EffectiveConfig, section: string): boolean {
  return config.fileView[section] !== undefined || isWritten(config, section);
}

/** An envelope's `settings`: the whole section as option → text. */
function settingsOf(settings: unknown): ReadonlyMap<string, string> {
  if (!isTable(settings))
    throw new UsageError('the payload\'s "settings" is no object of option → text', {
      hint: 'write { "role_attribute_path": "role" }',
    });
  const texts = new Map<string, string>();
  for (const [option, value] of Object.entries(settings)) {
    if (value === null || value === undefined) continue;
    if (typeof value === 'object')
      throw new UsageError(`settings.${option} of the payload is no text`, {
        hint: 'write the value as it stands behind the = in the file',
      });
    texts.set(option, String(value));
  }
  return texts;
}

function serverOf(server: unknown): Readonly<Record<string, unknown>> | undefined {
  if (server === undefined || server === null) return undefined;
  if (!isTable(server))
    throw new UsageError('the payload\'s "server" is no object', {
      hint: 'write { "auto_assign_org_role": "Viewer" }',
    });
  return server;
}
