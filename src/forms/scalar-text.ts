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
