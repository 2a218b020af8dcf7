/** Environment variables that are written in a file: in Compose, Helm values, an environment file. */
import type { Range } from '../text/source.js';

/** Stands before what a variable or value comes from where the text itself is not known here: `$__from{secretKeyRef oauth/secret}`. */
export const UNKNOWN_PREFIX = '$__from{';

/** A text for a value that is set, but not known here. Nothing in Grafana reads it; it keeps its place among the settings. */
export function unknownValue(source: string): string {
  return `${UNKNOWN_PREFIX}${source}}`;
}

export function isUnknownValue(text: string): boolean {
  return text.includes(UNKNOWN_PREFIX);
}

/** A text with what it is not known from in angle brackets: `<secretKeyRef oauth/secret>`. */
export function shownUnknown(text: string): string {
  return text.replace(/\$__from\{([^}]*)\}/g, '<$1>');
}

export interface PlacedVariable {
  readonly name: string;
  /** What the process gets; `unknownValue(…)` where only the running system knows. */
  readonly value: string;
  readonly path: string;
  readonly nameRange: Range;
  /** The written value; the name where there is none. */
  readonly valueRange: Range;
  /** The text is what is written or a stand-in; only the running system knows what the process gets. */
  readonly unknown?: boolean;
  /** Where `value.slice(at, at + length)` stands; undefined where it has no such place. */
  within?(at: number, length: number): Range | undefined;
}
