/** What rules about Dashboard JWT login look at. */
import type { DashboardConfig, DashboardEntry } from '../../dashboard/config.js';
import type { DashboardEvidence, Piece } from '../../dashboard/evidence.js';
import type { DashboardView } from '../../dashboard/settings-view.js';
import { viewOf, whyDisabled } from '../../dashboard/settings-view.js';
import type { DashboardProfile } from '../../dashboard/versions.js';
import type { Range, Span } from '../../text/source.js';
import type { Fix, Rule } from '../rule.js';

export type DashboardRule = Rule<DashboardSubject>;

export interface Place {
  readonly path?: string;
  readonly option?: string;
  readonly range?: Range;
  readonly source?: string;
}

/** The settings that name a claim. */
export const CLAIM_SETTINGS: readonly string[] = [
  'MB_JWT_ATTRIBUTE_EMAIL',
  'MB_JWT_ATTRIBUTE_FIRSTNAME',
  'MB_JWT_ATTRIBUTE_LASTNAME',
  'MB_JWT_ATTRIBUTE_GROUPS',
  'MB_JWT_ATTRIBUTE_TENANT',
  'MB_JWT_ATTRIBUTE_TENANT_ATTRIBUTES',
];

export class DashboardSubject {
  readonly view: DashboardView;

  constructor(
    readonly config: DashboardConfig,
    readonly profile: DashboardProfile,
    readonly evidence: DashboardEvidence,
  ) {
    this.view = viewOf(config);
  }

  /** JWT login is switched on, whether or not it counts as configured. */
  get switchedOn(): boolean {
    return this.view.enabled;
  }

  /** JWT login works: on, configured, licensed. */
  get works(): boolean {
    return whyDisabled(this.view, this.profile, true) === undefined;
  }

  /** The entry in force, where its content is known. */
  known(name: string): DashboardEntry | undefined {
    const entry = this.config.get(name);
    return entry === undefined || entry.value === '' || entry.template ? undefined : entry;
  }

  /** Where something missing is reported: the switch, else the first entry. */
  get place(): Place {
    const entry = this.config.get('MB_JWT_ENABLED') ?? this.config.entries[0];
    return entry === undefined ? {} : keyPlace(entry);
  }
}

/** The value of an entry. */
export function valuePlace(entry: DashboardEntry): Place {
  return place(entry, entry.valueRange);
}

/** The key of an entry. */
export function keyPlace(entry: DashboardEntry): Place {
  return place(entry, entry.keyRange);
}

/** A stretch of the value of an entry. */
export function within(entry: DashboardEntry, span: Span): Place {
  return place(entry, entry.rangeWithin(span));
}

/** A fix that writes another value, within its quotes where it has any. */
export function fixTo(entry: DashboardEntry, value: string): { readonly fix?: Fix } {
  const range = entry.rangeWithin({ start: 0, end: entry.value.length });
  return range === undefined ? {} : { fix: { description: `write ${value}`, edits: [{ range, newText: value }] } };
}

/** A piece of evidence, or a part of it. */
export function piecePlace(piece: Piece<unknown>, ...keys: readonly string[]): Place {
  return { path: piece.path, range: piece.range(...keys) };
}

/** Entries of this name in the style of their file: a variable, or the key of config.yml. */
export function named(entry: DashboardEntry): string {
  return entry.style === 'config-yml' ? entry.written : (entry.setting?.name ?? entry.written);
}

function place(entry: DashboardEntry, range: Range | undefined): Place {
  return {
    option: entry.setting?.name ?? entry.written,
    ...(entry.path === undefined ? {} : { path: entry.path }),
    ...(range === undefined ? {} : { range }),
    ...(entry.source === undefined ? {} : { source: entry.source }),
  };
}

/** User text in a message, cut where it is long. Never given a secret. */
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
