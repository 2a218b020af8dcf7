/**
 * The two JMESPath libraries Grafana has used, and what differs between them, as data.
 * Sources: `grafana-semantics.md` §c.3, `grafana-findings.md` §8 and §8b, and runs of both libraries.
 */

/** go-jmespath 0.4.0 (Grafana through 11.2) and its community fork 1.1.1 (from 11.3). */
export type DialectName = 'classic' | 'community';

export interface Dialect {
  readonly name: DialectName;
  /** `+ - * / // % × ÷ −`, `$`, `$name`, `let`, and `=` as an operator that only `let` can evaluate. */
  readonly extendedGrammar: boolean;
  /** `\\` in a raw string is one backslash; otherwise only `\'` is an escape. */
  readonly backslashEscape: boolean;
  /** `'name'(x)`, `` `"name"`(x) `` and even `@(x)` parse as calls (the last one panics). */
  readonly callAnyNode: boolean;
  /** `[:::]`: a third colon ends the slice; otherwise it is a syntax error. */
  readonly thirdColonEndsSlice: boolean;
  /** `a.b` is null without evaluating `b` where `a` is null. */
  readonly nullEndsSubexpression: boolean;
  /** `[a]` and `{k: a}` on null are null; otherwise they hold what their members give on null. */
  readonly multiSelectOfNullIsNull: boolean;
  /** `x.*` evaluates its right side on one null for each member before the members themselves. */
  readonly wildcardStartsWithNulls: boolean;
  /** A slice of a string is a string, and a projection begun by it ends there. */
  readonly stringSlices: boolean;
  /** Arguments of variadic functions are not checked: a wrong type panics in `merge`. */
  readonly uncheckedVariadics: boolean;
  /** `avg([])` is NaN; otherwise null. */
  readonly averageOfNothingIsNaN: boolean;
  /** An expression reference is an empty object to JSON; otherwise it cannot be written as JSON. */
  readonly referenceIsObject: boolean;
  /** Expression references with the same text are equal; otherwise never. */
  readonly referencesCompare: boolean;
  /** How the library names token types in its messages. */
  readonly tokenPrefix: string;
  /** How it begins the message about a wrong argument. */
  readonly invalidType: string;
  /** How it names its types there. */
  readonly typeList: string;
}

export const CLASSIC: Dialect = {
  name: 'classic',
  extendedGrammar: false,
  backslashEscape: false,
  callAnyNode: true,
  thirdColonEndsSlice: true,
  nullEndsSubexpression: false,
  multiSelectOfNullIsNull: true,
  wildcardStartsWithNulls: true,
  stringSlices: false,
  uncheckedVariadics: true,
  averageOfNothingIsNaN: true,
  referenceIsObject: true,
  referencesCompare: true,
  tokenPrefix: 't',
  invalidType: 'Invalid type for',
  typeList: '[]jmespath.jpType',
};

export const COMMUNITY: Dialect = {
  name: 'community',
  extendedGrammar: true,
  backslashEscape: true,
  callAnyNode: false,
  thirdColonEndsSlice: false,
  nullEndsSubexpression: true,
  multiSelectOfNullIsNull: false,
  wildcardStartsWithNulls: false,
  stringSlices: true,
  uncheckedVariadics: false,
  averageOfNothingIsNaN: false,
  referenceIsObject: false,
  referencesCompare: false,
  tokenPrefix: 'TOK',
  invalidType: 'invalid type for',
  typeList: '[]functions.JpType',
};

export function dialectOf(name: DialectName): Dialect {
  return name === 'classic' ? CLASSIC : COMMUNITY;
}
