/**
 * What is known of the troubles people have with logins: the texts products, providers and libraries show for each, its causes, the
 * most likely first, and what to look at next. Entries are data; which cause holds is found out with a configuration.
 */

export type WhyProduct = 'grafana' | 'grafana-cloud' | 'dashboard' | 'gem';

/** A configuration as far as causes need it. */
export interface WhyConfig {
  readonly product: WhyProduct;
  /** Section of the login provider; undefined for products without sections. */
  readonly section: string | undefined;
  /** Version of Grafana as major * 1000 + minor; undefined for other products. */
  readonly order: number | undefined;
  /** An option of the login provider (`scopes`, `MB_JWT_ENABLED`, `auth.admin.oidc.audience`); `''` where unset. */
  text(option: string): string;
  flag(option: string): boolean;
  /** A setting of another section of Grafana: `server.root_url`. */
  server(section: string, key: string): string;
  /** `grafana.ini:12`; undefined where it is a default or unset. */
  place(option: string): string | undefined;
  /** The redirect URI that is sent; undefined for products without one. */
  readonly redirectUri: string | undefined;
  /** Id and name of the identity provider, where its addresses tell. */
  readonly provider: { readonly id: string; readonly name: string } | undefined;
}

/** What a configuration says about a cause. */
export interface CauseVerdict {
  /** `unlikely`: this configuration speaks against it. */
  readonly verdict: 'holds' | 'unlikely';
  readonly because: string;
  /** The option it is about, for its place. */
  readonly option?: string;
}

export interface Cause {
  /** A sentence; `{name}` is what the pattern's group of that name found. */
  readonly cause: string;
  /** What to look at or to run next. */
  readonly check: string;
  /** Options to look at, as in `WhyConfig.text`; `section.key` for those of other sections. */
  readonly options?: readonly string[];
  /** Undefined where the configuration does not tell. */
  readonly decide?: (config: WhyConfig, found: Readonly<Record<string, string>>) => CauseVerdict | undefined;
}

export interface Trouble {
  readonly id: string;
  readonly title: string;
  readonly products: readonly WhyProduct[];
  /** Any of them; they see one record of a log, or a whole message. */
  readonly patterns: readonly RegExp[];
  /** Texts as they are seen, with the versions or systems that say it so; a test looks each of them up. */
  readonly texts: readonly { readonly text: string; readonly from: string }[];
  /** Most likely first. */
  readonly causes: readonly Cause[];
  /** The product says this for very different troubles: anything more special wins. */
  readonly umbrella?: boolean;
  /** Entries that say the same better, where they fit too. */
  readonly yieldsTo?: readonly string[];
  /** The refusals of a dry run that are this one (`denial.rule`). */
  readonly denials?: readonly string[];
  readonly source: string;
}

export const GRAFANA: readonly WhyProduct[] = ['grafana', 'grafana-cloud'];
export const GENERIC: readonly WhyProduct[] = ['grafana'];
