/**
 * Random expressions for property tests: mostly well-formed ones over the members of `DOCUMENT`, and token soup.
 */
import fc from 'fast-check';

export const DOCUMENT = {
  role: 'editor',
  groups: ['admins', 'devs'],
  mixed: ['a', 1, null, true, { x: 'y' }, ['z']],
  nest: [['a', null], [null], null, [['q']]],
  num: 42,
  zero: 0,
  empty: '',
  none: null,
  elist: [],
  eobj: {},
  info: { roles: ['dev', 'SRE'], n: 3 },
  objs: [{ name: 'b', w: 2 }, { name: 'a', w: 1 }, { name: 'a' }],
  uni: 'añ😀é',
};

const name = fc.constantFrom(...Object.keys(DOCUMENT), 'missing', 'name', 'w', 'x', 'n', 'roles');
const literal = fc.constantFrom(
  "'a'",
  "'editor'",
  "''",
  '`1`',
  '`[1,2]`',
  '`["b","a"]`',
  '`null`',
  '`true`',
  '`{"a":1}`',
  '`[[1],[2]]`',
  "'1e3'",
);
const call = fc.constantFrom(
  ...'abs avg ceil contains ends_with floor join length map max max_by merge min min_by not_null reverse sort sort_by starts_with sum to_array to_number to_string type keys values lower upper trim split replace find_first items from_items zip group_by pad_left nope'.split(
    ' ',
  ),
);

export const expression: fc.Arbitrary<string> = fc.letrec<{ any: string }>((tie) => {
  const any = tie('any');
  const wrapped = (template: string) =>
    fc
      .tuple(any, any, name, call)
      .map(([a, b, field, f]) => template.replace(/[ABNF]/g, (slot) => ({ A: a, B: b, N: field, F: f })[slot]!));
  return {
    any: fc.oneof(
      { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
      fc.oneof(name, name, literal, fc.constantFrom('@', '$', '*')),
      ...[
        'A.N',
        'A[0]',
        'A[-1]',
        'A[*]',
        'A[*].N',
        'A[1:]',
        'A[::-1]',
        'A[]',
        'A[?B]',
        'A.*',
        'A || B',
        'A && B',
        'A | B',
        'A == B',
        'A != B',
        'A < B',
        '!A',
        '(A)',
        '[A, B]',
        '{a: A, b: B}',
      ].map(wrapped),
      ...[
        'F(A)',
        'F(A, B)',
        'F(A, &B)',
        'map(&A, B)',
        'A.F(@)',
        'A.[B]',
        'A.{k: B}',
        '&A',
        'A - B',
        'A * B',
        '-A',
        'let $v = A in B',
        'let $v = A in $v || B',
        '[A, B][?@] | [0]',
        'not_null(A, B)',
        'contains(A, B)',
        'to_string(A)',
      ].map(wrapped),
    ),
  };
}).any;

const token = fc.constantFrom(
  ...[
    'role',
    'groups',
    'num',
    '.',
    '*',
    '[',
    ']',
    '[]',
    '[?',
    '(',
    ')',
    '{',
    '}',
    ',',
    ':',
    '&',
    '&&',
    '||',
    '|',
    '!',
    '==',
    '<',
    '=',
    '@',
    '1',
    '-1',
    '-',
    "'a'",
    '"name"',
    '`1`',
    '`',
    "'",
    '"',
    '\\',
    'length',
    'let',
    'in',
    '$x',
    '$',
    '+',
    '/',
    '%',
    ' ',
    '\ud83d',
    'é',
    '0',
  ],
);

/** Anything a person may type: expressions, pieces of them, and text that is none. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  expression,
  fc.array(token, { maxLength: 12 }).map((tokens) => tokens.join('')),
  fc.string({ unit: 'binary' }),
  fc.tuple(expression, fc.nat(), fc.nat({ max: 4 }), token).map(([text, at, drop, insert]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + insert + text.slice(place + drop);
  }),
);

export const document: fc.Arbitrary<unknown> = fc.oneof(fc.constant<unknown>(DOCUMENT), fc.jsonValue());
