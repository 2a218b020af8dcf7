/**
 * What a product is to the commands: plain functions behind one small interface. Adding a product is a folder with these
 * functions and one entry in `index.ts`; no command changes.
 */
import type { PayloadEnvelope, PreparedResolver } from '../claims/resolver.js';
import type { FormFacts } from '../forms/types.js';
import type { Host } from '../host.js';
import type { AuthorizationRequest } from '../login/authorize.js';
import type { Exchange } from '../login/recorder.js';
import type { LoginFlags, LoginOutcome } from '../login/report.js';
import type { LoginStep } from '../login/steps.js';
import type { AccessVerdict } from '../rules/access.js';
import type { Finding } from '../rules/rule.js';
import type { SourceFile } from '../text/source.js';

export type { PayloadEnvelope, PreparedResolver } from '../claims/resolver.js';

export type ProductId = 'grafana' | 'grafana-cloud' | 'dashboard' | 'gem';

export type ReadFile = (path: string) => string | Uint8Array | Promise<string | Uint8Array>;

export interface ProductValidateOptions {
  readonly productVersion?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly readFile?: ReadFile;
  /** Rule id → severity, or `off`. */
  readonly rules?: Readonly<Record<string, 'error' | 'warning' | 'info' | 'off'>>;
  /** Comments that switch a rule off must say why. */
  readonly requireIgnoreReason?: boolean;
  /** Whether a finding is switched off by the caller; asked before findings are folded under their cause. */
  readonly ignored?: (finding: Finding) => boolean;
  readonly hostname?: string;
  readonly discovery?: unknown;
  /** What the text of a form does not hold (version of the Helm chart, variables of the shell). */
  readonly forms?: FormFacts;
  /** Seconds since 1970, for what expires; without it dates are not judged. */
  readonly now?: number;
}

export interface ProductFindings {
  readonly version: string;
  readonly findings: readonly Finding[];
  /** For the summary line: "1 provider enabled: auth.generic_oauth". */
  readonly notes: readonly string[];
  readonly notChecked: readonly { readonly needs: string; readonly rules: readonly string[] }[];
  readonly rulesRun: number;
  /** Who could log in; absent where the configuration says nothing about that. */
  readonly verdict?: AccessVerdict;
  /** Files read besides those asked about (an `env_file`); findings may point into them. */
  readonly alongside?: readonly SourceFile[];
}

export interface ProductResolveOptions {
  /** Configuration files, read with the product's own rules; `readFile` and `env` as in `loadConfig`. */
  readonly files?: readonly SourceFile[];
  /** An already loaded configuration of this product (for grafana an EffectiveConfig). */
  readonly config?: unknown;
  readonly section?: string;
  readonly productVersion?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly readFile?: ReadFile;
  /** As in `ProductValidateOptions`. */
  readonly forms?: FormFacts;
  /** Seconds since 1970. */
  readonly now?: number;
  readonly hostname?: string;
  /** Options given as flags: option name → text. */
  readonly flags?: Readonly<Record<string, string>>;
}

/** What a live login is given: the world, the configuration, the flags, and somebody to tell. */
export interface ProductLoginContext {
  readonly host: Host;
  readonly files: readonly SourceFile[];
  readonly section?: string;
  readonly productVersion?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly readFile?: ReadFile;
  /** As in `ProductValidateOptions`. */
  readonly forms?: FormFacts;
  readonly flags: LoginFlags;
  readonly signal: AbortSignal;
  /** Sends the person to an address; a text returned is where the browser ended. */
  visit(url: string): Promise<string | undefined>;
  /** The address the browser ended on, from the person. */
  paste(): Promise<string>;
  onStep(step: LoginStep): void;
  onExchange(exchange: Exchange): void;
  /** A server that stands in for the product listens there. */
  onListen?(origin: string): void;
  /** The address to open is known. */
  onAuthorize(request: Pick<AuthorizationRequest, 'url'>, redirectUri: string): Promise<void>;
  note(text: string): Promise<void>;
  warn(text: string): Promise<void>;
}

export interface ProductDemoOptions {
  /** Provider to imitate. */
  readonly as?: string;
  /** Who signs in; the product's own choice where absent. */
  readonly user?: string;
  /** Sign in without asking. */
  readonly auto: boolean;
  readonly port?: number;
  /** Run for a product of the person's own, instead of for the stand-in of one login. */
  readonly serve?: DemoServeOptions;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  now(): number;
}

export interface DemoServeOptions {
  /** Port of the provider itself; 0 is any free one. */
  readonly port: number;
  /** Address of the product in the browser; the product's usual one on this machine where absent. */
  readonly productUrl?: string;
  /** Faults on purpose. */
  readonly misbehave?: readonly string[];
  /** Seconds tokens last. */
  readonly lifetime?: number;
  readonly onRequest?: (request: { readonly method: string; readonly path: string; readonly status: number }) => void;
}

/** A provider started for the occasion, and the configuration that logs in there. */
export interface ProductDemo {
  readonly files: readonly SourceFile[];
  /** One line about it. */
  readonly note: string;
  /** Who can sign in. */
  readonly users: readonly { readonly id: string; readonly summary: string }[];
  readonly flags?: Partial<LoginFlags>;
  /** Signs in and gives the address the browser is sent back to. */
  signIn(url: string): Promise<string>;
  onListen?(origin: string): void;
  close(): Promise<void>;
}

export interface TokenAddressOptions {
  readonly files: readonly SourceFile[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly productVersion?: string;
  /** Address of the product in the browser, where not that of the configuration. */
  readonly siteUrl?: string;
  readonly returnTo?: string;
}

export interface TokenAddress {
  /** Key shared with the product, where the configuration has one. */
  readonly secret?: string;
  /** What to know about the address before anybody goes there. */
  readonly warnings: readonly string[];
  /** The whole address with the token in it. */
  address(token: string): string;
}

/** Something two configurations have differently: a setting, or the version they are read by. */
export interface SettingDifference {
  readonly kind: 'setting' | 'version';
  /** `auth.generic_oauth`, where settings stand in sections. */
  readonly section?: string;
  /** `role_attribute_path`, `MB_JWT_GROUP_SYNC`, `auth.admin.oidc.audience`; for a version the name of the product. */
  readonly option: string;
  /** Undefined: not set. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** `old.ini:14`, `env:GF_…`, `default`. */
  readonly beforeAt?: string;
  readonly afterAt?: string;
  /** The values must not be shown. */
  readonly secret: boolean;
  /** Whether a dry run may look at it. */
  readonly decides: boolean;
  /** It changes what is asked of the provider, so recorded answers are answers to other questions. */
  readonly asks: boolean;
}

/** Two configurations of a product, and those between them. */
export interface ProductComparison {
  /** Versions of the old and the new side, as they are shown. */
  readonly versions: readonly [string, string];
  readonly differences: readonly SettingDifference[];
  /** The old configuration with these differences (positions in `differences`) as the new one has them. */
  prepare(taken: readonly number[]): Promise<PreparedResolver>;
}

export interface Product {
  readonly id: ProductId;
  readonly title: string;
  validate(files: readonly SourceFile[], options: ProductValidateOptions): Promise<ProductFindings>;
  prepare(options: ProductResolveOptions): Promise<PreparedResolver>;
  /** Two configurations given as files. */
  compare(before: ProductResolveOptions, after: ProductResolveOptions): Promise<ProductComparison>;
  /** A real login; absent where the product has none. */
  login?(context: ProductLoginContext): Promise<LoginOutcome>;
  /** Something to log in at with nothing configured. */
  demo?(options: ProductDemoOptions): Promise<ProductDemo>;
  /** How a signed token gets to the product in a browser; absent where it takes none that way. */
  tokenAddress?(options: TokenAddressOptions): Promise<TokenAddress>;
}

/** Cheap facts about a product, known without loading it. */
export interface ProductEntry {
  readonly id: ProductId;
  readonly title: string;
  /** Command-line option that picks its version. */
  readonly versionOption: 'grafana-version' | 'dashboard-version' | 'gem-version';
  /** Sections of its configuration that `--section` can name, where sections tell products apart. */
  readonly sections?: readonly string[];
  /** 0: not one of its configurations; higher: surer. */
  detectConfig(file: SourceFile): number;
  /** 0: not one of its payloads; higher: surer. */
  detectPayload(envelope: PayloadEnvelope): number;
  load(): Promise<Product>;
}
