/**
 * From the error of an expression to what its author probably meant. Causes are those that people run into: names with colons,
 * hyphens and slashes, words for operators, numbers without backticks, quotes of the wrong kind.
 */
import type { Span } from '../text/source.js';
import { closest } from '../text/suggest.js';
import { type DialectName, dialectOf } from './dialect.js';
import { functionNamed, functionsOf } from './functions.js';
import type { ExpressionError } from './problem.js';
import { quotedName, rawString } from './suspicions.js';

export interface ExpressionHint {
  /** What to do, in one line. */
  readonly help: string;
  /** The stretch to replace, and by what, where that is one text. */
  readonly edit?: { readonly span: Span; readonly newText: string };
}

/** Length of what stands at an offset: a name, a number, a quoted text or one character; 0 at the end. */
export function tokenLength(source: string, offset: number): number {
  const pattern =
    /[A-Za-z_][A-Za-z0-9_]*|-?[0-9]+|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|[&|=<>!]{2}|[\s\S]/uy;
  pattern.lastIndex = offset;
  return pattern.exec(source)?.[0].length ?? 0;
}

/** What people write as part of a name, although a name without quotes is made of letters, digits and `_`. */
const LOOSE_NAME = /(?:https?:\/\/)?[A-Za-z_][\w]*(?:[:/-]+[\w.]*[\w])+/g;

/** Advice for an error of `source`; undefined where there is none beyond the message. */
export function hintFor(source: string, error: ExpressionError, dialect: DialectName): ExpressionHint | undefined {
  const at = error.offset;
  if (at === undefined) return undefined;
  const rest = source.slice(at);
  const before = source.slice(0, at);

  const name = looseNameAt(source, at);
  if (name !== undefined) {
    const text = source.slice(name.start, name.end);
    return {
      help: `a claim name with characters other than letters, digits and _ stands in double quotes: ${quotedName(text)}`,
      edit: { span: name, newText: quotedName(text) },
    };
  }
  const word = /^(?:and|or|not)\b/i.exec(rest)?.[0];
  if (word !== undefined) {
    const operator = { and: '&&', or: '||', not: '!' }[word.toLowerCase()]!;
    return {
      help: `write ${operator} for “${word}”`,
      edit: { span: { start: at, end: at + word.length }, newText: operator },
    };
  }
  if (/^in\b/.test(rest)) return { help: "whether a list has an element is asked with contains(list, 'element')" };
  if (/^not\s*$/i.test(lastWord(before))) return { help: 'write ! for “not”' };
  if (rest.startsWith('=')) {
    const start = before.endsWith('==') ? at - 2 : at;
    return { help: 'compare with ==', edit: { span: { start, end: at + 1 }, newText: '==' } };
  }
  if (error.productMessage === 'Unknown AST node: ASTBinding') {
    const equals = /(?<![=!<>])=(?!=)/.exec(rest);
    if (equals !== null) {
      const start = at + equals.index;
      return { help: 'compare with ==', edit: { span: { start, end: start + 1 }, newText: '==' } };
    }
  }
  if (rest.startsWith('`')) {
    const literal = /^`((?:[^`\\]|\\.)*)`/.exec(rest);
    if (literal !== null && !/^[\s"[{\d-]/.test(literal[1]!))
      return {
        help: `a text stands in single quotes: ${rawString(literal[1]!)}`,
        edit: { span: { start: at, end: at + literal[0].length }, newText: rawString(literal[1]!) },
      };
    return { help: "backticks hold JSON, such as `true` or `1`; a text stands in single quotes: 'text'" };
  }
  const number = /^-?\d+/.exec(rest)?.[0];
  if (number !== undefined && !/\[\s*$/.test(before))
    return {
      help: `a number stands in backticks: \`${number}\``,
      edit: { span: { start: at, end: at + number.length }, newText: `\`${number}\`` },
    };
  if (/^"/.test(rest) && /\[\s*$/.test(before))
    return { help: `a member is named behind a dot: .${rest.slice(0, tokenLength(source, at))}` };
  if (/^[A-Za-z_]/.test(rest) && /\[\s*$/.test(before))
    return { help: 'a member is named behind a dot; brackets hold numbers, slices, [*] and [?condition]' };
  if (at >= source.length && /(?:&&|\|\||\||[=!<>]=?|[,.([{])\s*$/.test(before))
    return { help: 'complete the expression, or drop the operator at its end' };
  if (at >= source.length) return { help: missingBracket(source) };
  if (/^['"`]/.test(rest) && /never closed/.test(error.message)) return { help: `close it with ${rest[0]}` };
  if (/^[“”‘’]/.test(rest)) return { help: 'write plain quotes: \' for a text, " for a claim name' };
  if (error.message.startsWith('there is no function')) return functionHint(/^\w+/.exec(rest)?.[0] ?? '', dialect);
  return undefined;
}

/** The name around an offset that holds `:`, `/` or `-`, outside quotes. */
function looseNameAt(source: string, at: number): Span | undefined {
  const quoted = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/g;
  const blanked = source.replace(quoted, (text) => ' '.repeat(text.length));
  for (const match of blanked.matchAll(LOOSE_NAME)) {
    const span = { start: match.index, end: match.index + match[0].length };
    // In a multi-select hash `a:b` is a key and its value.
    if (/[{,]\s*$/.test(blanked.slice(0, span.start)) && /^\w+:\w+$/.test(match[0])) continue;
    if (/-\d+$/.test(match[0]) && !/[:/]/.test(match[0])) continue;
    if (at <= span.start || at >= span.end) continue;
    if (/[:/]/.test(match[0])) return span;
    // A dot ends a name that only has hyphens.
    const start = source.lastIndexOf('.', at) + 1;
    const dot = source.indexOf('.', at);
    return { start: Math.max(start, span.start), end: dot === -1 ? span.end : Math.min(dot, span.end) };
  }
  return undefined;
}

function lastWord(text: string): string {
  return /(\w+)\s*$/.exec(text)?.[1] ?? '';
}

/** Names the bracket that is never closed. */
function missingBracket(source: string): string {
  const plain = source.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/g, (text) =>
    ' '.repeat(text.length),
  );
  const open: number[] = [];
  for (let at = 0; at < plain.length; at++) {
    if ('([{'.includes(plain[at]!)) open.push(at);
    else if (')]}'.includes(plain[at]!)) open.pop();
  }
  const last = open.pop();
  if (last === undefined) return 'complete the expression';
  const name = /\w*$/.exec(source.slice(0, last))![0];
  return `close the bracket that ${name}${source[last]} opens`;
}

/** Functions under the names other languages have for them. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  tolower: 'lower',
  lowercase: 'lower',
  to_lower: 'lower',
  toupper: 'upper',
  uppercase: 'upper',
  to_upper: 'upper',
  includes: 'contains',
  has: 'contains',
  matches: 'contains',
  len: 'length',
  size: 'length',
  count: 'length',
  concat: 'join',
};

function functionHint(name: string, dialect: DialectName): ExpressionHint {
  if (/^if$/i.test(name)) return { help: "choose with && and ||: condition && 'a' || 'b'" };
  const functions = functionsOf(dialectOf(dialect));
  const meant = OTHER_NAMES[name.toLowerCase()] ?? closest(name, functions.keys())[0];
  if (meant !== undefined && functions.has(meant)) return { help: `the function is called ${meant}()` };
  if (functionNamed(name) !== undefined) return { help: `${name}() needs Grafana 11.3 or later` };
  return { help: `functions are ${[...functions.keys()].sort().join(', ')}` };
}
