/**
 * Tokens to a tree, by operator precedence. The binding powers and the places where a token is optional or an error is
 * lost are those of Grafana's two libraries; each was observed (`grafana-findings.md` §8b).
 */
import { decodeGoJson } from '../text/go-json.js';
import type { Span } from '../text/source.js';
import { type ExpressionNode, type IndexNode, nameHeld, type PlainNode, type SliceNode } from './ast.js';
import type { Dialect } from './dialect.js';
import {
  ARITHMETIC,
  BINDING,
  COMPARATORS,
  checkDepth,
  describe,
  MAX_EXPRESSION_DEPTH,
  PROJECTION_STOP,
} from './grammar.js';
import { ExpressionProblem, limit } from './problem.js';
import { scan, type Token, type TokenType } from './scanner.js';

/** The tree of an expression. Throws ExpressionProblem. */
export function parse(text: string, dialect: Dialect): ExpressionNode {
  return new Parser(text, dialect).parse();
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(
    text: string,
    readonly dialect: Dialect,
  ) {
    this.#tokens = scan(text, dialect);
  }

  parse(): ExpressionNode {
    const node = this.#expression(0);
    if (this.#current.type !== 'EOF')
      throw this.#syntax(
        this.#current,
        `${describe(this.#current)} does not continue what stands before it`,
        `Unexpected token at the end of the expression: ${this.#named(this.#current)}`,
      );
    checkDepth(node);
    return node;
  }

  get #current(): Token {
    return this.#tokens[this.#at]!;
  }

  /** End of the last token taken. */
  get #end(): number {
    return this.#at === 0 ? 0 : this.#tokens[this.#at - 1]!.end;
  }

  #take(): Token {
    return this.#tokens[this.#at++]!;
  }

  #named(token: Token): string {
    return this.dialect.tokenPrefix + token.type;
  }

  #syntax(token: Token, message: string, productMessage: string): ExpressionProblem {
    return new ExpressionProblem({ message, offset: token.start, productMessage: `SyntaxError: ${productMessage}` });
  }

  #match(type: TokenType, wanted: string): Token {
    if (this.#current.type === type) return this.#take();
    throw this.#syntax(
      this.#current,
      `${wanted} expected, not ${describe(this.#current)}`,
      `Expected ${this.dialect.tokenPrefix}${type}, received: ${this.#named(this.#current)}`,
    );
  }

  #span(start: number): Span {
    return { start, end: Math.max(start, this.#end) };
  }

  #plain(kind: PlainNode['kind'], start: number, children: readonly ExpressionNode[] = []): PlainNode {
    return { kind, span: this.#span(start), children };
  }

  #identity(at: number = this.#end): PlainNode {
    return { kind: 'identity', span: { start: at, end: at }, children: [] };
  }

  #expression(power: number): ExpressionNode {
    const start = this.#current.start;
    if (++this.#depth > MAX_EXPRESSION_DEPTH)
      limit(
        start,
        `the expression is nested deeper than ${MAX_EXPRESSION_DEPTH} levels, which this tool does not evaluate`,
      );
    let left = this.#prefix(this.#take());
    for (let next = this.#current; power < (BINDING[next.type] ?? 0); next = this.#current) {
      this.#at++;
      left = this.#infix(next, left, start);
    }
    this.#depth--;
    return left;
  }

  /** What begins with `token`. */
  #prefix(token: Token): ExpressionNode {
    const start = token.start;
    switch (token.type) {
      case 'JSONLiteral': {
        const decoded = decodeGoJson(token.text);
        if (decoded.error !== undefined)
          throw new ExpressionProblem({
            message: `what stands in backticks is not JSON: ${decoded.error.message}`,
            offset: start,
            productMessage: decoded.error.message,
          });
        return { kind: 'literal', value: decoded.value, raw: false, span: this.#span(start), children: [] };
      }
      case 'StringLiteral':
        return { kind: 'literal', value: token.text, raw: true, span: this.#span(start), children: [] };
      case 'UnquotedIdentifier':
        if (this.dialect.extendedGrammar && token.text === 'let' && this.#current.type === 'Varref')
          return this.#let(start);
        return { kind: 'field', name: token.text, quoted: false, span: this.#span(start), children: [] };
      case 'QuotedIdentifier':
        if (this.#current.type === 'Lparen')
          throw this.#syntax(
            token,
            `a function name stands without quotes, not as "${token.text}"`,
            "Can't have quoted identifier as function name.",
          );
        return { kind: 'field', name: token.text, quoted: true, span: this.#span(start), children: [] };
      case 'Varref':
        return { kind: 'variable', name: token.text, span: this.#span(start), children: [] };
      case 'Root':
        return this.#plain('root', start);
      case 'Current':
        return this.#plain('current', start);
      case 'Star': {
        const left = this.#identity(start);
        const right = this.#current.type === 'Rbracket' ? this.#identity() : this.#projected('Star');
        return this.#plain('objectProjection', start, [left, right]);
      }
      case 'Filter':
        return this.#filter(this.#identity(start), start);
      case 'Lbrace':
        return this.#multiSelectHash(start);
      case 'Flatten': {
        const list = this.#plain('flatten', start, [this.#identity(start)]);
        return this.#plain('projection', start, [list, this.#projected('Flatten')]);
      }
      case 'Lbracket':
        return this.#leadingBracket(start);
      case 'Expref':
        return this.#plain('reference', start, [this.#expression(0)]);
      case 'Not':
        return this.#plain('not', start, [this.#expression(BINDING.Not!)]);
      case 'Plus':
      case 'Minus': {
        const operand = this.#expression(BINDING[token.type]!);
        const operator = token.type === 'Plus' ? '+' : '-';
        return { kind: 'sign', operator, span: this.#span(start), children: [operand] };
      }
      case 'Lparen': {
        const inner = this.#expression(0);
        this.#match('Rparen', 'the closing “)”');
        return inner;
      }
      case 'EOF':
        throw this.#syntax(token, 'the expression ends where a value is needed', 'Incomplete expression');
      default:
        throw this.#syntax(
          token,
          `${describe(token)} stands where a value is needed`,
          `Invalid token: ${this.#named(token)}`,
        );
    }
  }

  /** What `token` makes of the value on its left, which begins at `start`. */
  #infix(token: Token, left: ExpressionNode, start: number): ExpressionNode {
    const comparator = COMPARATORS[token.type];
    if (comparator !== undefined) {
      const children = [left, this.#expression(BINDING[token.type]!)];
      return { kind: 'comparison', operator: comparator, span: this.#span(start), children };
    }
    const arithmetic = this.dialect.extendedGrammar ? ARITHMETIC[token.type] : undefined;
    if (arithmetic !== undefined) {
      const children = [left, this.#expression(BINDING[token.type]!)];
      return { kind: 'arithmetic', operator: arithmetic, span: this.#span(start), children };
    }
    switch (token.type) {
      case 'Dot': {
        if (this.#current.type === 'Star') {
          this.#at++;
          const right = this.#projected('Dot');
          return this.#plain('objectProjection', start, [left, right]);
        }
        const right = this.#dotted(BINDING.Dot!);
        return this.#plain('subexpression', start, [left, right]);
      }
      case 'Pipe':
        return this.#binary('pipe', left, start, 'Pipe');
      case 'Or':
        return this.#binary('or', left, start, 'Or');
      case 'And':
        return this.#binary('and', left, start, 'And');
      case 'Assign':
        return this.#binary('binding', left, start, 'Assign');
      case 'Lparen':
        return this.#call(token, left, start);
      case 'Filter':
        return this.#filter(left, start);
      case 'Flatten': {
        const list = this.#plain('flatten', start, [left]);
        const right = this.#projected('Flatten');
        return this.#plain('projection', start, [list, right]);
      }
      case 'Lbracket': {
        const type = this.#current.type;
        if (type === 'Number' || type === 'Colon') return this.#indexed(left, this.#insideBrackets(token.start), start);
        this.#match('Star', '“*”, a number or a slice');
        this.#match('Rbracket', 'the closing “]”');
        const right = this.#projected('Star');
        return this.#plain('projection', start, [left, right]);
      }
      default:
        throw this.#syntax(
          token,
          `${describe(token)} cannot follow what stands before it`,
          `Unexpected token: ${this.#named(token)}`,
        );
    }
  }

  #binary(
    kind: 'pipe' | 'or' | 'and' | 'binding',
    left: ExpressionNode,
    start: number,
    type: TokenType,
  ): ExpressionNode {
    const right = this.#expression(BINDING[type]!);
    return this.#plain(kind, start, [left, right]);
  }

  /** Commas between arguments are optional; names and counts are looked at only when the call runs. */
  #call(paren: Token, left: ExpressionNode, start: number): ExpressionNode {
    if (left.kind !== 'field' && !this.dialect.callAnyNode)
      throw this.#syntax(paren, 'only a function name can stand before “(”', 'Invalid node as function name.');
    const children: ExpressionNode[] = [];
    while (this.#current.type !== 'Rparen') {
      children.push(this.#expression(0));
      if (this.#current.type === 'Comma') this.#at++;
    }
    this.#at++;
    return { kind: 'call', callee: nameHeld(left), span: this.#span(start), children };
  }

  /** A `[` where a value is needed. */
  #leadingBracket(start: number): ExpressionNode {
    const type = this.#current.type;
    if (type === 'Number' || type === 'Colon') {
      let inside: IndexNode | SliceNode;
      try {
        inside = this.#insideBrackets(start);
      } catch (problem) {
        // Both parsers drop the error of a broken index here and go on with a node that fails when it is evaluated.
        if (problem instanceof ExpressionProblem) return this.#plain('empty', start);
        throw problem;
      }
      return this.#indexed(this.#identity(start), inside, start);
    }
    if (type === 'Star' && this.#tokens[this.#at + 1]?.type === 'Rbracket') {
      this.#at += 2;
      const left = this.#identity(start);
      return this.#plain('projection', start, [left, this.#projected('Star')]);
    }
    return this.#multiSelectList(start);
  }

  /** `n]` or `start:stop:step]`, the opening bracket at `start` being taken. */
  #insideBrackets(start: number): IndexNode | SliceNode {
    if (this.#current.type !== 'Colon' && this.#tokens[this.#at + 1]?.type !== 'Colon') {
      const index = Number(this.#integer());
      this.#match('Rbracket', 'the closing “]”');
      return { kind: 'index', index, span: this.#span(start), children: [] };
    }
    const parts: [bigint | undefined, bigint | undefined, bigint | undefined] = [undefined, undefined, undefined];
    let part = 0;
    while (this.#current.type !== 'Rbracket' && part < 3) {
      if (this.#current.type === 'Colon') {
        if (++part === 3 && !this.dialect.thirdColonEndsSlice)
          throw this.#syntax(this.#current, 'a slice has at most two colons', 'Too many colons in slice expression');
        this.#at++;
      } else if (this.#current.type === 'Number') parts[part] = this.#integer();
      else
        throw this.#syntax(
          this.#current,
          `a slice holds numbers and colons, not ${describe(this.#current)}`,
          `Expected ${this.dialect.tokenPrefix}Colon or ${this.dialect.tokenPrefix}Number, received: ${this.#named(this.#current)}`,
        );
    }
    this.#match('Rbracket', 'the closing “]”');
    return { kind: 'slice', parts, span: this.#span(start), children: [] };
  }

  /** A number that fits into 64 bits; not taken where it does not. */
  #integer(): bigint {
    const token = this.#current;
    const value = token.text === '-' ? undefined : BigInt(token.text);
    if (value !== undefined && BigInt.asIntN(64, value) === value) {
      this.#at++;
      return value;
    }
    throw new ExpressionProblem({
      message:
        value === undefined ? 'a number expected after “-”' : `the number ${token.text} does not fit into 64 bits`,
      offset: token.start,
      productMessage: `strconv.Atoi: parsing "${token.text}": ${value === undefined ? 'invalid syntax' : 'value out of range'}`,
    });
  }

  #indexed(left: ExpressionNode, inside: IndexNode | SliceNode, start: number): ExpressionNode {
    const indexed = this.#plain('indexExpression', start, [left, inside]);
    return inside.kind === 'index' ? indexed : this.#plain('projection', start, [indexed, this.#projected('Star')]);
  }

  #filter(left: ExpressionNode, start: number): ExpressionNode {
    const condition = this.#expression(0);
    this.#match('Rbracket', 'the closing “]” of the filter');
    const right = this.#current.type === 'Flatten' ? this.#identity() : this.#projected('Filter');
    return this.#plain('filterProjection', start, [left, right, condition]);
  }

  /** What is taken of each element of a projection that `type` began. */
  #projected(type: TokenType): ExpressionNode {
    const next = this.#current;
    if ((BINDING[next.type] ?? 0) < PROJECTION_STOP) return this.#identity();
    if (next.type === 'Lbracket' || next.type === 'Filter') return this.#expression(BINDING[type]!);
    if (next.type === 'Dot') {
      this.#at++;
      return this.#dotted(BINDING[type]!);
    }
    throw this.#syntax(next, `${describe(next)} cannot follow a projection`, 'Error');
  }

  /** What stands on the right of a dot. */
  #dotted(power: number): ExpressionNode {
    const next = this.#current;
    switch (next.type) {
      case 'QuotedIdentifier':
      case 'UnquotedIdentifier':
      case 'Star':
        return this.#expression(power);
      case 'Lbracket':
        this.#at++;
        return this.#multiSelectList(next.start);
      case 'Lbrace':
        this.#at++;
        return this.#multiSelectHash(next.start);
      default:
        throw this.#syntax(
          next,
          `a name, “[” or “{” expected after the dot, not ${describe(next)}`,
          'Expected identifier, lbracket, or lbrace',
        );
    }
  }

  #multiSelectList(start: number): ExpressionNode {
    const children = [this.#expression(0)];
    while (this.#current.type !== 'Rbracket') {
      this.#match('Comma', '“,” or the closing “]”');
      children.push(this.#expression(0));
    }
    this.#at++;
    return this.#plain('multiSelectList', start, children);
  }

  /** Commas between the members are optional. */
  #multiSelectHash(start: number): ExpressionNode {
    const keys: { name: string; span: Span }[] = [];
    const children: ExpressionNode[] = [];
    for (;;) {
      const key = this.#current;
      if (key.type !== 'UnquotedIdentifier' && key.type !== 'QuotedIdentifier')
        throw this.#syntax(
          key,
          `a name for a member expected, not ${describe(key)}`,
          'Expected tQuotedIdentifier or tUnquotedIdentifier',
        );
      this.#at++;
      keys.push({ name: key.text, span: { start: key.start, end: key.end } });
      this.#match('Colon', '“:”');
      children.push(this.#expression(0));
      if (this.#current.type === 'Comma') this.#at++;
      else if (this.#current.type === 'Rbrace') {
        this.#at++;
        return { kind: 'multiSelectHash', keys, span: this.#span(start), children };
      }
    }
  }

  /** Everything up to the word `in` is a binding, whatever it looks like; the commas between them are optional. */
  #let(start: number): ExpressionNode {
    const children: ExpressionNode[] = [];
    for (;;) {
      children.push(this.#expression(0));
      if (this.#current.type === 'Comma') this.#at++;
      if (this.#current.type === 'UnquotedIdentifier' && this.#current.text === 'in') break;
    }
    this.#at++;
    children.push(this.#expression(0));
    return this.#plain('let', start, children);
  }
}
