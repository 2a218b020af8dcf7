/** YAML scalars as texts with a place for every character. */
import { scalarPlaces, type YamlScalar } from '../document/yaml.js';
import type { Span } from '../text/source.js';
import type { Traced } from './traced.js';

/** The text of a scalar and its place with its quotes. */
export function scalarText(node: YamlScalar, source: string): { readonly text: Traced; readonly span: Span } {
  let places: Traced['places'] | undefined;
  return {
    text: {
      text: node.text,
      get places() {
        places ??= scalarPlaces(node, source);
        return places;
      },
    },
    span: node.span,
  };
}

/** A node's place without the line breaks and blanks behind it, which those in block style take in. */
export function trimmedSpan({ start, end }: Span, source: string): Span {
  return { start, end: start + source.slice(start, end).trimEnd().length };
}
