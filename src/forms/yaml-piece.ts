/** Scalars of YAML as pieces of other text: where each character stands, and how another text is written in its place. */
import { stringify } from 'yaml';
import type { Piece } from '../document/placed-ini.js';
import { scalarPlaces, type YamlScalar } from '../document/yaml.js';
import type { Span } from '../text/source.js';

/**
 * The piece a scalar's text is. `shift` cuts that many characters from its start (the name part of `NAME=value`).
 * @param source text of the whole file
 */
export function scalarPiece(node: YamlScalar, source: string, shift = 0): Piece {
  let places: readonly (Span | undefined)[] | undefined;
  return {
    span: node.span,
    get characters() {
      places ??= scalarPlaces(node, source).slice(shift);
      return places;
    },
    rewrite: (text) => rewriteScalar(node, source, node.text.slice(0, shift) + text),
  };
}

/** Another text in place of a scalar, in its own style where that can hold it; undefined where only a person can tell how. */
export function rewriteScalar(
  node: YamlScalar,
  source: string,
  text: string,
): { readonly span: Span; readonly newText: string } | undefined {
  if (node.style === 'literal') return rewriteBlock(node, source, text);
  if (node.style === 'folded' || text.includes('\n') || source.slice(node.span.start, node.span.end).includes('\n'))
    return undefined;
  return { span: node.span, newText: quoteYaml(text, node.style) };
}

/** A text as a YAML scalar on one line that every dialect reads as that text. */
export function quoteYaml(text: string, style: YamlScalar['style'] = 'plain'): string {
  if (style === 'single' && !text.includes("'") && isPrintable(text)) return `'${text}'`;
  if (style === 'plain' && isPlain(text)) return text;
  return stringify(text, { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 0, doubleQuotedAsJSON: true }).trimEnd();
}

/** Words and signs that no dialect takes for anything but text. */
function isPlain(text: string): boolean {
  return (
    /^[A-Za-z/][^\x00-\x1f"'`#:{}[\],&*!|>%@\\]*$/.test(text) &&
    text === text.trim() &&
    !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text)
  );
}

function isPrintable(text: string): boolean {
  return !/[\x00-\x1f\x7f]/.test(text);
}

/** The lines of a block scalar, each behind its indentation. */
function rewriteBlock(node: YamlScalar, source: string, text: string): { span: Span; newText: string } | undefined {
  const header = source.indexOf('\n', node.span.start);
  if (header === -1 || header >= node.span.end) return undefined;
  const indent = /^[ \t]*(?=[^ \t\r\n])/m.exec(source.slice(header + 1, node.span.end))?.[0];
  if (indent === undefined || /\d/.test(source.slice(node.span.start, header))) return undefined;
  const lines = text.replace(/\n+$/, '').split('\n');
  if (lines[0] === '' || lines[0]!.startsWith(' ')) return undefined;
  return {
    span: { start: header + 1, end: node.span.end },
    newText: lines.map((line) => (line === '' ? '' : indent + line)).join('\n'),
  };
}
