/** What rules about Grafana Enterprise Metrics look at. */
import type { GemConfig, GemEntry } from '../../gem/config.js';
import type { GemEvidence, Piece } from '../../gem/evidence.js';
import type { CompiledPattern, PatternFacts } from '../../gem/pattern.js';
import { compilePattern, patternFacts } from '../../gem/pattern.js';
import type { GemProfile } from '../../gem/versions.js';
import type { Range, Span } from '../../text/source.js';
import type { Fix, Rule } from '../rule.js';

export type GemRule = Rule<GemSubject>;

export interface Place {
  readonly path?: string;
  readonly option?: string;
  readonly range?: Range;
}

export const ISSUER = 'auth.admin.oidc.issuer_url';
export const CLAIM = 'auth.admin.oidc.access_policy_claim';
export const REGEX = 'auth.admin.oidc.access_policy_regex';
export const DEFAULT_POLICY = 'auth.admin.oidc.default_access_policy';
export const AUDIENCE = 'auth.admin.oidc.audience';
export const CACHE_TTL = 'auth.admin.cache_ttl';

/** The expression with what is known of it. */
export interface Expression {
  readonly entry: GemEntry;
  readonly compiled: CompiledPattern;
  /** Undefined where it does not compile. */
  readonly facts: PatternFacts | undefined;
}

/** What the policy claim of one piece of evidence holds. */
export interface PolicyValues {
  readonly values: readonly string[];
  readonly isList: boolean;
  readonly piece: Piece<unknown>;
}

export class GemSubject {
  #expression: Expression | undefined;

  constructor(
    readonly config: GemConfig,
    readonly profile: GemProfile,
    readonly evidence: GemEvidence,
    /** The version was asked for, not assumed. */
    readonly versionAsked: boolean,
  ) {}

  get issuer(): GemEntry | undefined {
    return this.config.issuer(this.profile);
  }

  /** Set and compiled; undefined where it is empty. */
  get expression(): Expression | undefined {
    const entry = this.config.get(REGEX);
    if (entry === undefined || entry.value === '') return undefined;
    if (this.#expression?.entry !== entry) {
      const compiled = compilePattern(entry.value);
      this.#expression = { entry, compiled, facts: compiled.ok ? patternFacts(entry.value) : undefined };
    }
    return this.#expression;
  }

  /** Values of the policy claim in the evidence: a text or a list of texts, with the place of each. */
  policyValues(): PolicyValues[] {
    const claim = this.config.value(CLAIM);
    if (claim === '') return [];
    return this.evidence.claims.flatMap((piece): PolicyValues[] => {
      if (!Object.hasOwn(piece.value, claim)) return [];
      const value = piece.value[claim];
      if (typeof value === 'string') return [{ values: [value], isList: false, piece }];
      if (!Array.isArray(value)) return [];
      return [{ values: value.filter((one): one is string => typeof one === 'string'), isList: true, piece }];
    });
  }

  /** Somebody set or meant to set this, however it was spelt. */
  means(path: string): boolean {
    return this.config.entries.some((entry) => entry.setting?.path === path);
  }

  /** Where something missing is reported: the first OIDC setting there is. */
  get oidcPlace(): Place {
    const first =
      this.config.entries.find((entry) => entry.setting?.path.startsWith('auth.admin.oidc')) ?? this.config.entries[0];
    return first === undefined ? {} : { ...keyPlace(first) };
  }
}

/** The value of an entry. */
export function valuePlace(entry: GemEntry): Place {
  return place(entry, entry.valueRange);
}

/** The key of an entry. */
export function keyPlace(entry: GemEntry): Place {
  return place(entry, entry.keyRange);
}

/** A stretch of the value of an entry. */
export function within(entry: GemEntry, span: Span): Place {
  return place(entry, entry.rangeWithin(span));
}

/** A fix that writes another value, within its quotes where it has any. */
export function fixTo(entry: GemEntry, value: string): { readonly fix?: Fix } {
  const range = entry.rangeWithin({ start: 0, end: entry.value.length });
  return range === undefined ? {} : { fix: { description: `write ${value}`, edits: [{ range, newText: value }] } };
}

/** A piece of evidence, or a part of it. */
export function piecePlace(piece: Piece<unknown>, ...keys: readonly string[]): Place {
  const range = piece.within === undefined ? piece.range : piece.within(...keys);
  return {
    ...(piece.path === undefined ? {} : { path: piece.path }),
    ...(range === undefined ? {} : { range }),
  };
}

function place(entry: GemEntry, range: Range | undefined): Place {
  return {
    option: entry.setting?.path ?? entry.written,
    ...(entry.path === undefined ? {} : { path: entry.path }),
    ...(range === undefined ? {} : { range }),
  };
}

/** User text in a message, cut where it is long. */
export function cite(text: string, limit = 80): string {
  return JSON.stringify(text.length > limit ? `${text.slice(0, limit - 1)}…` : text);
}

/** The parts of an http(s) address; undefined where it is none. */
export function address(text: string): URL | undefined {
  try {
    const url = new URL(text);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
  } catch {
    return undefined;
  }
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.endsWith('.localhost') || /^127(?:\.\d+){3}$/.test(host);
}
