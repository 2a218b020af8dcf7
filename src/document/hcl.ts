/**
 * HCL, the language of Terraform, as blocks and attributes with places. Built on the tree-sitter grammar of the language; what
 * only a run of Terraform knows (variables, functions, conditions) is an expression without a text.
 */
import hclGrammar from '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm';
import { Language, type Node, Parser } from 'web-tree-sitter';
import parserCore from 'web-tree-sitter/web-tree-sitter.wasm';
import type { SourceFile, Span } from '../text/source.js';

/** A stretch of a text: written there, or filled in by Terraform. */
export type HclPart =
  /** `places`: one for each character. */
  { readonly text: string; readonly places: readonly Span[] } | { readonly expression: string; readonly span: Span };

export type HclValue =
  /** Quoted or a heredoc. */
  | { readonly kind: 'text'; readonly parts: readonly HclPart[]; readonly span: Span }
  | { readonly kind: 'number' | 'boolean'; readonly text: string; readonly span: Span }
  | { readonly kind: 'null'; readonly span: Span }
  | { readonly kind: 'list'; readonly items: readonly HclValue[]; readonly span: Span }
  | { readonly kind: 'object'; readonly entries: readonly HclAttribute[]; readonly span: Span }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly HclValue[]; readonly span: Span }
  /** Anything else: `var.secret`, conditions, loops. */
  | { readonly kind: 'expression'; readonly text: string; readonly span: Span };

export interface HclAttribute {
  readonly name: string;
  /** Without quotes. */
  readonly nameSpan: Span;
  readonly value: HclValue;
}

export interface HclBody {
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclBlock[];
}

export interface HclBlock extends HclBody {
  readonly type: string;
  readonly typeSpan: Span;
  readonly labels: readonly string[];
  readonly span: Span;
}

export interface HclDocument extends HclBody {
  /** Where the text is no HCL. */
  readonly problems: readonly Span[];
}

/** Beyond this the rest of a text is not looked at. */
const MAX_DEPTH = 200;

let loading: Promise<Language> | undefined;

/** The grammar is compiled once. */
function language(): Promise<Language> {
  loading ??= Parser.init({ wasmBinary: parserCore }).then(() => Language.load(hclGrammar));
  return loading;
}

/** Reads a text; never throws. */
export async function parseHcl({ text }: SourceFile): Promise<HclDocument> {
  const grammar = await language();
  const parser = new Parser();
  parser.setLanguage(grammar);
  const tree = parser.parse(text);
  try {
    const root = tree?.rootNode;
    if (!root) return { attributes: [], blocks: [], problems: [{ start: 0, end: text.length }] };
    return { ...new Reader(text).body(root, 0), problems: problemsIn(root) };
  } finally {
    tree?.delete();
    parser.delete();
  }
}

function problemsIn(root: Node): Span[] {
  const found: Span[] = [];
  const visit = (node: Node, depth: number): void => {
    if (!node.hasError || depth > MAX_DEPTH || found.length > 0) return;
    if (node.isError || node.isMissing) found.push(innermost(node));
    for (const child of node.children) if (child) visit(child, depth + 1);
  };
  visit(root, 0);
  return found;
}

/** Of what could not be read, the last thing that was. */
function innermost(node: Node): Span {
  const last = node.isError ? node.children.at(-1) : undefined;
  return spanOf(last ?? node);
}

class Reader {
  constructor(private readonly text: string) {}

  body(node: Node, depth: number): HclBody {
    const attributes: HclAttribute[] = [];
    const blocks: HclBlock[] = [];
    if (depth < MAX_DEPTH)
      for (const child of node.namedChildren) {
        if (child?.type === 'attribute') attributes.push(...this.#attribute(child));
        else if (child?.type === 'block') blocks.push(this.#block(child, depth));
        else if (child && (child.type === 'body' || child.isError)) {
          const inner = this.body(child, depth + 1);
          attributes.push(...inner.attributes);
          blocks.push(...inner.blocks);
        }
      }
    return { attributes, blocks };
  }

  #block(node: Node, depth: number): HclBlock {
    const [type, ...rest] = node.namedChildren.filter((child) => child !== null);
    const labels: string[] = [];
    let inner: HclBody = { attributes: [], blocks: [] };
    for (const child of rest) {
      if (child.type === 'identifier') labels.push(child.text);
      else if (child.type === 'string_lit') labels.push(wholeText(this.#template(child)) ?? '');
      else if (child.type === 'body') inner = this.body(child, depth + 1);
    }
    return { type: type?.text ?? '', typeSpan: spanOf(type ?? node), labels, span: spanOf(node), ...inner };
  }

  #attribute(node: Node): HclAttribute[] {
    const [name, value] = node.namedChildren;
    if (name?.type !== 'identifier' || value?.type !== 'expression') return [];
    return [{ name: name.text, nameSpan: spanOf(name), value: this.#value(value, 0) }];
  }

  #value(node: Node, depth: number): HclValue {
    const span = spanOf(node);
    const unknown: HclValue = { kind: 'expression', text: node.text, span };
    if (depth > MAX_DEPTH) return unknown;
    const children = node.namedChildren.filter((child) => child !== null && child.type !== 'comment') as Node[];
    const [only] = children;
    switch (node.type) {
      case 'expression':
      case 'collection_value':
      case 'literal_value':
      case 'template_expr':
        return children.length === 1 ? this.#value(only!, depth + 1) : unknown;
      case 'quoted_template':
      case 'string_lit':
        return { kind: 'text', parts: this.#template(node), span };
      case 'heredoc_template':
        return { kind: 'text', parts: this.#heredoc(node), span };
      case 'numeric_lit':
        return { kind: 'number', text: node.text, span };
      case 'bool_lit':
        return { kind: 'boolean', text: node.text, span };
      case 'null_lit':
        return { kind: 'null', span };
      case 'tuple':
        return { kind: 'list', items: this.#expressions(children, depth), span };
      case 'object':
        return { kind: 'object', entries: children.flatMap((child) => this.#element(child, depth)), span };
      case 'function_call': {
        const args = children.find((child) => child.type === 'function_arguments');
        const given = args
          ? this.#expressions(
              args.namedChildren.filter((child) => child !== null),
              depth,
            )
          : [];
        return { kind: 'call', name: only?.text ?? '', args: given, span };
      }
      default:
        return unknown;
    }
  }

  #expressions(nodes: readonly Node[], depth: number): HclValue[] {
    return nodes.filter((node) => node.type === 'expression').map((node) => this.#value(node, depth + 1));
  }

  #element(node: Node, depth: number): HclAttribute[] {
    if (node.type !== 'object_elem') return [];
    const key = node.childForFieldName('key');
    const value = node.childForFieldName('val');
    if (!key || !value) return [];
    const read = this.#value(key, depth + 1);
    const name = read.kind === 'text' ? wholeText(read.parts) : key.text;
    if (name === undefined) return [];
    const span = spanOf(key);
    const nameSpan = read.kind === 'text' ? { start: span.start + 1, end: span.end - 1 } : span;
    return [{ name, nameSpan, value: this.#value(value, depth + 1) }];
  }

  /** What stands between quotes: escapes resolved, `${…}` and `%{…}` left to Terraform. */
  #template(node: Node): HclPart[] {
    const children = node.namedChildren.filter((child) => child !== null) as Node[];
    const close = children.at(-1);
    const end = close?.type === 'quoted_template_end' ? close.startIndex : node.endIndex;
    return this.#parts(children, node.startIndex + 1, end, true);
  }

  /** The grammar leaves blanks out of its literals, so what stands between templates is taken from the text. */
  #parts(children: readonly Node[], start: number, end: number, escapes: boolean, indent = 0): HclPart[] {
    const parts: HclPart[] = [];
    let at = start;
    for (const child of children) {
      if (child.type !== 'template_interpolation' && child.type !== 'template_directive') continue;
      if (child.startIndex > at) parts.push(this.#literal(at, child.startIndex, escapes, indent));
      parts.push({ expression: child.text, span: spanOf(child) });
      at = child.endIndex;
    }
    if (end > at) parts.push(this.#literal(at, end, escapes, indent));
    return parts;
  }

  /** The lines between `<<EOT` and `EOT`; `<<-` takes the indentation all of them have. */
  #heredoc(node: Node): HclPart[] {
    const { text } = this;
    const children = node.namedChildren.filter((child) => child !== null) as Node[];
    const feed = text.indexOf('\n', node.startIndex);
    const closing = children.at(-1)!;
    if (feed === -1 || closing.type !== 'heredoc_identifier') return [];
    const start = feed + 1;
    const end = Math.max(start, text.lastIndexOf('\n', closing.startIndex) + 1);
    const indent = text.startsWith('<<-', node.startIndex) ? commonIndent(text.slice(start, end)) : 0;
    return this.#parts(children, start, end, false, indent);
  }

  #literal(start: number, end: number, escapes: boolean, indent = 0): HclPart {
    const { text } = this;
    const places: Span[] = [];
    let made = '';
    for (let at = start; at < end; ) {
      const fresh = indent > 0 && (at === 0 || text[at - 1] === '\n');
      if (fresh) at += Math.min(indent, /^[ \t]*/.exec(text.slice(at, at + indent))![0].length);
      if (at >= end) break;
      const [piece, length] = resolveEscape(text, at, escapes);
      // A line ends with LF, whatever the file has.
      if (piece !== '\r' || text[at + 1] !== '\n') {
        made += piece;
        for (let count = piece.length; count > 0; count--) places.push({ start: at, end: at + length });
      }
      at += length;
    }
    return { text: made, places };
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** What stands at an offset, and over how many characters it is written. */
function resolveEscape(text: string, at: number, escapes: boolean): [string, number] {
  const char = text[at]!;
  if ((char === '$' || char === '%') && text[at + 1] === char && text[at + 2] === '{') return [`${char}{`, 3];
  if (char !== '\\' || !escapes) return [char, 1];
  const short = ESCAPES[text[at + 1] ?? ''];
  if (short !== undefined) return [short, 2];
  const code = /^\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(text.slice(at, at + 10));
  const value = code && Number.parseInt(code[1] ?? code[2]!, 16);
  return code && value! <= 0x10ffff ? [String.fromCodePoint(value!), code[0].length] : [char, 1];
}

function commonIndent(text: string): number {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.length === 0 ? 0 : Math.min(...lines.map((line) => /^[ \t]*/.exec(line)![0].length));
}

function wholeText(parts: readonly HclPart[]): string | undefined {
  let text = '';
  for (const part of parts) {
    if (!('text' in part)) return undefined;
    text += part.text;
  }
  return text;
}

function spanOf(node: Node): Span {
  return { start: node.startIndex, end: node.endIndex };
}
