/**
 * The static reading of an expression: what it can give, which claims it uses, which parts can never matter, and names that
 * look like quoting mistakes. For rules, and for saying where a claim would have to be.
 */
import type { Span } from '../text/source.js';
import { type ExpressionNode, walk } from './ast.js';
import type { CompiledExpression } from './compile.js';
import { chain } from './grammar.js';
import { type Interpretation, interpret } from './interpret.js';
import { canBe, type Possible, type PossibleSet, truthOf } from './possible.js';
import { findSuspicions, type Suspicion } from './suspicions.js';

/** A part of the expression. */
export interface Part {
  readonly span: Span;
  /** As written. */
  readonly text: string;
}

/** A claim the expression reads. */
export interface ClaimUse extends Part {
  /** Member names from the document on; `[]` stands for the elements of a list. */
  readonly path: readonly string[];
}

/** `contains(subject, needle)`. */
export interface ContainsUse extends Part {
  readonly subject: Part & { readonly results: PossibleSet };
  readonly needle: Part & { readonly results: PossibleSet };
  /** The subject can be null: the call then fails, and with it the whole expression. */
  readonly failsOnMissing: boolean;
  /** The subject can be a text: then a part of it is enough. */
  readonly matchesParts: boolean;
}

/** A part that is never evaluated. */
export interface Unreached extends Part {
  /** The part before it that always decides. */
  readonly because: Part;
}

/** A text the expression can give. */
export interface PossibleText extends Part {
  readonly value: string;
}

export type OtherType = 'boolean' | 'number' | 'array' | 'object';

export interface StaticReading {
  /** Everything it can give. */
  readonly results: PossibleSet;
  /** The texts among the results that are known, without the empty one. */
  readonly texts: readonly PossibleText[];
  /** A claim's own value can be the result, or a text that is computed: any text is possible. */
  readonly open: boolean;
  /** Results that are true to `||` but no text: to Grafana's text options they are nothing. */
  readonly otherTypes: readonly (Part & { readonly type: OtherType })[];
  /** It can give null, false or an empty value. */
  readonly mayBeEmpty: boolean;
  /** It can fail on some document. */
  readonly mayFail: boolean;
  /** It fails on every document. */
  readonly alwaysFails: boolean;
  /** The last operand of the outermost `||`, where that is a literal text: what everybody gets for whom nothing else applies. */
  readonly tail: PossibleText | undefined;
  readonly claims: readonly ClaimUse[];
  readonly contains: readonly ContainsUse[];
  readonly unreached: readonly Unreached[];
  readonly suspicions: readonly Suspicion[];
  readonly nondeterministic: boolean;
}

/** Reads an expression without a document. */
export function readExpression(compiled: CompiledExpression): StaticReading {
  const { tree, source } = compiled;
  const interpretation = interpret(tree, compiled.dialect);
  const part = ({ span }: { readonly span: Span }): Part => ({ span, text: source.slice(span.start, span.end) });
  const results = interpretation.root;
  const texts = results.flatMap((possible) =>
    possible.kind === 'constant' && typeof possible.value === 'string' && possible.value !== ''
      ? [{ ...part(possible), value: possible.value }]
      : [],
  );
  return {
    results,
    texts,
    open: results.some(({ kind }) => kind === 'claim' || kind === 'string'),
    otherTypes: results.flatMap((possible) => {
      const type = otherType(possible);
      return type === undefined ? [] : [{ ...part(possible), type }];
    }),
    mayBeEmpty: results.some((possible) => truthOf(possible) === 'either' || truthOf(possible) === 'false'),
    mayFail: results.some(({ kind }) => kind === 'error'),
    alwaysFails: results.every(({ kind }) => kind === 'error'),
    tail: tailOf(tree, interpretation, part),
    claims: claimsOf(interpretation, part),
    contains: containsOf(interpretation, part),
    unreached: unreachedOf(tree, interpretation, part),
    suspicions: findSuspicions(tree, source, interpretation),
    nondeterministic: compiled.nondeterministic,
  };
}

type PartOf = (node: { readonly span: Span }) => Part;

function otherType(possible: Possible): OtherType | undefined {
  if (truthOf(possible) === 'false') return undefined;
  if (possible.kind === 'constant') {
    const types: readonly OtherType[] = ['boolean', 'number', 'array', 'object'];
    return types.find((type) => canBe(possible, type));
  }
  const { kind } = possible;
  return kind === 'boolean' || kind === 'number' || kind === 'array' || kind === 'object' ? kind : undefined;
}

function tailOf(tree: ExpressionNode, { results }: Interpretation, part: PartOf): PossibleText | undefined {
  if (tree.kind !== 'or') return undefined;
  const last = chain(tree).at(-1)!;
  const only = results.get(last)?.[0];
  if (last.kind !== 'literal' || only?.kind !== 'constant' || typeof only.value !== 'string' || only.value === '')
    return undefined;
  return { ...part(last), value: only.value };
}

const PATH = /^(?:[\w$@.]|"(?:[^"\\]|\\.)*"|\[(?:\*|-?\d*)?\])+$/;

function claimsOf({ results }: Interpretation, part: PartOf): ClaimUse[] {
  // All that is read through one name begins where that name stands.
  const groups = new Map<number, Map<string, ClaimUse>>();
  for (const [node, set] of results) {
    if (node.kind !== 'field') continue;
    for (const possible of set) {
      if (possible.kind !== 'claim' || possible.path === undefined || possible.path.length === 0) continue;
      // Where more than a path stands between its names (a filter, a pipe), the last name is the place.
      const whole = part(possible);
      const use = { ...(PATH.test(whole.text) ? whole : part(node)), path: possible.path };
      const group = groups.get(possible.span.start) ?? new Map<string, ClaimUse>();
      groups.set(possible.span.start, group.set(JSON.stringify(use.path), use));
    }
  }
  const isPartOf = ({ path }: ClaimUse, other: ClaimUse) =>
    path.length < other.path.length && path.every((name, n) => other.path[n] === name);
  return [...groups.values()]
    .flatMap((group) => {
      const uses = [...group.values()];
      return uses.filter((use) => !uses.some((other) => isPartOf(use, other)));
    })
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

function containsOf({ results }: Interpretation, part: PartOf): ContainsUse[] {
  const uses: ContainsUse[] = [];
  for (const [node] of results) {
    if (node.kind !== 'call' || node.callee !== 'contains' || node.children.length !== 2) continue;
    const [subject, needle] = node.children as [ExpressionNode, ExpressionNode];
    const subjects = results.get(subject) ?? [];
    uses.push({
      ...part(node),
      subject: { ...part(subject), results: subjects },
      needle: { ...part(needle), results: results.get(needle) ?? [] },
      failsOnMissing: subjects.some((possible) => canBe(possible, 'null')),
      matchesParts: subjects.some((possible) => possible.kind !== 'constant' && canBe(possible, 'string')),
    });
  }
  return uses.sort((a, b) => a.span.start - b.span.start);
}

function unreachedOf(tree: ExpressionNode, { results }: Interpretation, part: PartOf): Unreached[] {
  const found: Unreached[] = [];
  for (const node of walk(tree)) {
    if ((node.kind !== 'or' && node.kind !== 'and') || !results.has(node)) continue;
    const operands = chain(node);
    const first = operands.findIndex((operand) => !results.has(operand));
    if (first < 1 || first === operands.length) continue;
    const before = operands[first - 1]!;
    // An operand that always fails is reported as that.
    if (results.get(before)!.every(({ kind }) => kind === 'error')) continue;
    const end = operands[operands.length - 1]!.span.end;
    const unreached = { span: { start: operands[first]!.span.start, end } };
    if (found.some(({ span }) => span.start <= unreached.span.start && end <= span.end)) continue;
    found.push({ ...part(unreached), because: part(before) });
  }
  return found;
}
