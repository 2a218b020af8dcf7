/**
 * Comments that switch rules off: `; auth-cli-ignore RULE -- reason` for the line below, `; auth-cli-ignore-file RULE -- reason` for
 * the whole file; several rules between commas or blanks, without a rule all of them. A comment is a line of its own that begins with
 * `;` or `#`, in other forms than INI also with `//`.
 */
import type { IniDocument, IniEntry } from '../../document/types.js';
import { LineMap, type Range, type SourceFile, type Span } from '../../text/source.js';
import type { Finding } from '../rule.js';

/** Rules about the comments themselves; their places and edits are those of the file as it stands, whatever its form. */
export const UNUSED_IGNORE = 'unused-ignore';
export const ABOUT_COMMENTS: ReadonlySet<string> = new Set([
  'ignore-unknown-rule',
  UNUSED_IGNORE,
  'ignore-without-reason',
]);

const MARK = 'auth-cli-ignore';
const DIRECTIVE = /^([#;]+|\/\/+)[^\S\n]*auth-cli-ignore(-[\w-]+)?(?![\w-])[^\S\n]*:?[^\S\n]*(.*)$/;
/** The same anywhere in a text, at the beginning of a line. */
const DIRECTIVE_LINE = /^[^\S\n]*(?:[#;]+|\/\/+)[^\S\n]*auth-cli-ignore(?![^\s:-]).*$/gm;

export interface NamedRule {
  readonly name: string;
  readonly span: Span;
}

/** One comment. */
export interface Directive {
  readonly path: string;
  readonly text: string;
  readonly lines: LineMap;
  /** The comment from its mark on. */
  readonly span: Span;
  /** What stands behind `auth-cli-ignore` in the same word: `''`, `-file`, or what nobody understands. */
  readonly variant: string;
  /** Rules it switches off; none: every rule. */
  readonly rules: readonly NamedRule[];
  /** What stands behind `--`. */
  readonly reason: string;
  /** Lines it is about, from 1; undefined for the whole file. */
  readonly about: { readonly from: number; readonly to: number } | undefined;
  /** Rules that would have reported something there. */
  readonly used: Set<string>;
}

/** The comments of all files that are checked together. */
export class IgnoreComments {
  readonly directives: readonly Directive[];
  readonly #byLine = new Map<string, Directive[]>();
  readonly #byFile = new Map<string, Directive[]>();

  constructor(directives: readonly Directive[]) {
    this.directives = directives;
    for (const directive of directives) {
      const { about, path, variant } = directive;
      if (variant === '-file') push(this.#byFile, path, directive);
      else if (variant === '' && about)
        for (let line = about.from; line <= about.to; line++) push(this.#byLine, `${line}\n${path}`, directive);
    }
  }

  /** Whether a comment switches the rule off at this place; remembers which ones did. */
  ignores({ path, range, rule }: Pick<Finding, 'path' | 'range' | 'rule'>): boolean {
    if (path === undefined) return false;
    const lists = [this.#byFile.get(path), range && this.#byLine.get(`${range.start.line}\n${path}`)];
    let ignored = false;
    for (const directive of lists.flatMap((list) => list ?? []))
      if (directive.rules.length === 0 || directive.rules.some(({ name }) => name === rule)) {
        directive.used.add(rule);
        ignored = true;
      }
    return ignored;
  }
}

function push(map: Map<string, Directive[]>, key: string, directive: Directive): void {
  const list = map.get(key);
  if (list) list.push(directive);
  else map.set(key, [directive]);
}

/**
 * The comments of INI documents and of texts in other forms; undefined where there is none.
 * @param documents made from the very text of their source
 */
export function ignoreComments(
  documents: readonly IniDocument[],
  files: readonly SourceFile[] = [],
): IgnoreComments | undefined {
  const all = [
    ...documents.filter(({ source }) => source.text.includes(MARK)).flatMap(ofDocument),
    ...files.filter(({ text }) => text.includes(MARK)).flatMap(ofText),
  ];
  return all.length === 0 ? undefined : new IgnoreComments(all);
}

type About = (line: number) => { readonly from: number; readonly to: number };

function directive(source: SourceFile, lines: LineMap, span: Span, about: About): Directive | undefined {
  const comment = source.text.slice(span.start, span.end).replace(/[\s]+$/, '');
  const match = DIRECTIVE.exec(comment);
  if (!match) return undefined;
  const [, , variant = '', rest = ''] = match;
  const [, named = '', reason = ''] = /^(.*?)(?:(?:^|\s)--(?:\s+(.*))?)?$/.exec(rest)!;
  const start = span.start + comment.length - rest.length;
  return {
    path: source.path,
    text: source.text,
    lines,
    span: { start: span.start, end: span.start + comment.length },
    variant,
    rules: [...named.matchAll(/[^\s,]+/g)].map(({ index, 0: name }) => ({
      name,
      span: { start: start + index, end: start + index + name.length },
    })),
    reason: reason.trim(),
    about: variant === '' ? about(lines.position(span.start).line) : undefined,
    used: new Set(),
  };
}

function ofDocument(document: IniDocument): Directive[] {
  const { lines, source } = document;
  const entries = new Map<number, IniEntry>();
  for (const section of document.sections)
    for (const entry of section.entries) entries.set(lines.position(entry.keySpan.start).line, entry);
  const about = lineBelow(lines, /^\s*(?:[#;].*)?$/, (line) => {
    const entry = entries.get(line);
    const end = lines.lineStart(line) + lines.line(line).length;
    return entry ? lines.position(Math.max(entry.valueSpan.end - 1, end)).line : line;
  });
  // From the last one, so that each of many in a row finds its line at once.
  return document.comments
    .toReversed()
    .flatMap(({ span }) => directive(source, lines, span, about) ?? [])
    .reverse();
}

function ofText(source: SourceFile): Directive[] {
  const lines = new LineMap(source.text);
  const about = lineBelow(lines, /^\s*(?:(?:[#;]|\/\/).*)?$/, (line) => lastOfBlock(lines, line));
  return [...source.text.matchAll(DIRECTIVE_LINE)]
    .reverse()
    .flatMap(({ index, 0: line }) => {
      const indent = line.length - line.trimStart().length;
      return directive(source, lines, { start: index + indent, end: index + line.length }, about) ?? [];
    })
    .reverse();
}

/** The next line that is neither blank nor a comment, up to the end of what begins there. Ask for later lines first. */
function lineBelow(lines: LineMap, isNothing: RegExp, last: (line: number) => number): About {
  const known = new Map<number, { from: number; to: number }>();
  return (line) => {
    let below = line + 1;
    let answer: { from: number; to: number } | undefined;
    while (below < lines.lineCount && isNothing.test(lines.line(below))) {
      answer = known.get(below);
      if (answer) break;
      below++;
    }
    answer ??= { from: below, to: last(below) };
    known.set(line, answer);
    return answer;
  };
}

/** A block text of YAML and a here-document of HCL belong to the line that opens them. */
function lastOfBlock(lines: LineMap, line: number): number {
  const text = lines.line(line);
  const marker = /<<[-~]?\s*"?(\w+)"?\s*$/.exec(text)?.[1];
  if (marker !== undefined) {
    for (let at = line + 1; at <= lines.lineCount; at++) if (lines.line(at).trim() === marker) return at;
    return line;
  }
  if (!/[:-]\s+[|>][-+\d]*\s*(?:#.*)?$/.test(text)) return line;
  const indent = text.search(/\S/);
  let last = line;
  for (let at = line + 1; at <= lines.lineCount; at++) {
    const next = lines.line(at);
    if (next.trim() === '') continue;
    if (next.search(/\S/) <= indent) break;
    last = at;
  }
  return last;
}

/** The whole line of a comment with its line break. */
export function commentLine({ lines, span }: Directive): Range {
  const { line } = lines.position(span.start);
  return lines.range({ start: lines.lineStart(line), end: lines.lineStart(line + 1) });
}
