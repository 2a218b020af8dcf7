/** Texts that know for each character where it is written, through every step that changes them on the way to Grafana. */
import { isUnknownValue, type PlacedVariable } from '../document/variable.js';
import type { LineMap, Span } from '../text/source.js';

export interface Traced {
  readonly text: string;
  /** One for each character of `text`; nothing for what stands nowhere. */
  readonly places: readonly (Span | undefined)[];
}

/** A stretch of a file as it stands. */
export function tracedAt(source: string, start: number, end: number): Traced {
  const places: Span[] = [];
  for (let at = start; at < end; at++) places.push({ start: at, end: at + 1 });
  return { text: source.slice(start, end), places };
}

/** A text whose characters all come from one place. */
export function tracedFrom(text: string, place: Span | undefined): Traced {
  return { text, places: Array.from({ length: text.length }, () => place) };
}

export function sliceTraced({ text, places }: Traced, start: number, end = text.length): Traced {
  return { text: text.slice(start, end), places: places.slice(start, end) };
}

/** Puts a text together from stretches of others. */
export class Tracing {
  readonly #parts: string[] = [];
  readonly #places: (Span | undefined)[] = [];

  add(part: Traced): this {
    this.#parts.push(part.text);
    for (const place of part.places) this.#places.push(place);
    return this;
  }

  /** One character or a replacement for what stands at `place`. */
  put(text: string, place: Span | undefined): this {
    this.#parts.push(text);
    for (let count = text.length; count > 0; count--) this.#places.push(place);
    return this;
  }

  /** Drops blanks from the end. */
  trimEnd(): this {
    const text = this.#parts.join('');
    const kept = text.trimEnd();
    this.#parts.splice(0, this.#parts.length, kept);
    this.#places.length = kept.length;
    return this;
  }

  get value(): Traced {
    return { text: this.#parts.join(''), places: this.#places };
  }
}

/** What `traced.text.slice(at, at + length)` spans in the file; undefined where a part of it stands nowhere. */
export function spanWithin({ places }: Traced, at: number, length: number): Span | undefined {
  let start: number | undefined;
  let end: number | undefined;
  for (const place of places.slice(at, at + Math.max(length, 1))) {
    if (!place) return undefined;
    start = Math.min(start ?? place.start, place.start);
    end = Math.max(end ?? place.end, place.end);
  }
  return start === undefined || end === undefined || end <= start ? undefined : { start, end };
}

/** Where a variable is written. */
export interface VariablePlaces {
  readonly path: string;
  readonly lines: LineMap;
  readonly name: Span;
  /** The written value with what belongs to it (quotes). */
  readonly value: Span;
}

/** A variable as the rest of the program sees it. */
export function placedVariable(name: string, value: Traced, places: VariablePlaces): PlacedVariable {
  const { path, lines } = places;
  let nameRange: PlacedVariable['nameRange'] | undefined;
  let valueRange: PlacedVariable['valueRange'] | undefined;
  return {
    name,
    value: value.text,
    path,
    ...(isUnknownValue(value.text) ? { unknown: true } : {}),
    get nameRange() {
      nameRange ??= lines.range(places.name);
      return nameRange;
    },
    get valueRange() {
      valueRange ??= lines.range(places.value.end > places.value.start ? places.value : places.name);
      return valueRange;
    },
    within(at, length) {
      const span = spanWithin(value, at, length);
      return span && lines.range(span);
    },
  };
}
