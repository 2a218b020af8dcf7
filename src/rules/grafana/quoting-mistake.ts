import type { Suspicion, SuspicionKind } from '../../expression/suspicions.js';
import { type ExpressionSetting, expressionsOf, lossOf } from './expressions.js';
import type { GrafanaRule } from './subject.js';

export const quotingMistake: GrafanaRule = {
  id: 'quoting-mistake',
  code: 'M19',
  severity: 'error',
  summary: 'a name where a text is meant, or a text where a name is meant',
  when: ['_path'],
  docs: {
    why: "In JMESPath 'single quotes' make a text and \"double quotes\" the name of a claim. contains(groups[*], \"admin\") looks for what a claim called admin says, contains('cognito:groups', 'x') searches the text cognito:groups, and client-roles subtracts roles from client: all valid, none of it what was meant, and no message says so.",
    bad: '[auth.generic_oauth]\nenabled = true\nrole_attribute_path = contains(groups[*], "admins") && \'Admin\'\n',
    good: "[auth.generic_oauth]\nenabled = true\nrole_attribute_path = contains(groups[*], 'admins') && 'Admin'\n",
    references: [
      'JMESPath specification: identifiers and raw string literals',
      'Grafana issues 20383, 22986, 32126, 60632',
    ],
  },
  check(subject, report) {
    for (const expression of expressionsOf(subject))
      for (const suspicion of expression.reading?.suspicions ?? []) {
        const words = WORDS[suspicion.kind];
        if (words === undefined) continue;
        const { span, text, replacement } = suspicion;
        const fix = isSafe(suspicion) ? expression.fix(span, replacement!, `write ${replacement}`) : undefined;
        const meant = replacement === undefined ? undefined : expression.written(span, replacement);
        report({
          ...expression.at(span),
          severity: isSafe(suspicion) || suspicion.kind === 'claim-as-text' ? 'error' : 'warning',
          message: words.message(text),
          consequence: words.consequence(expression),
          help:
            replacement === undefined ? 'test for each of them: contains(…) || contains(…)' : words.help(replacement),
          ...(meant === undefined || fix !== undefined ? {} : { suggestions: [meant] }),
          ...(fix === undefined ? {} : { fix }),
        });
      }
  },
};

/** A bare word may really name a claim; what stands in quotes, or has a colon, was meant otherwise. */
function isSafe({ kind, text }: Suspicion): boolean {
  if (kind === 'text-as-claim') return text.startsWith('"');
  return kind === 'hyphen' || kind === 'whole-in-quotes' || (kind === 'claim-as-text' && /[:/]/.test(text));
}

interface Words {
  message(text: string): string;
  consequence(expression: ExpressionSetting): string;
  help(replacement: string): string;
}

const WORDS: Readonly<Partial<Record<SuspicionKind, Words>>> = {
  'text-as-claim': {
    message: (text) => `${text} names a claim, not a text`,
    consequence: () => 'where no such claim exists, this is never true',
    help: (replacement) => `a text stands in single quotes: ${replacement}`,
  },
  'claim-as-text': {
    message: (text) => `${text} is a text, not a claim`,
    consequence: () => 'the answer is the same for everybody',
    help: (replacement) => `the claim is written ${replacement}`,
  },
  'whole-in-quotes': {
    message: () => 'the whole expression stands in double quotes: it names a single claim',
    consequence: ({ subject, provider, key }) => `no such claim exists: ${lossOf(subject, provider, key)}`,
    help: () => 'drop the quotes around the expression',
  },
  hyphen: {
    message: (text) => `${text} subtracts one claim from another`,
    consequence: ({ subject, provider, key }) =>
      `the difference of two texts is null: ${lossOf(subject, provider, key)}`,
    help: (replacement) => `a name with a hyphen stands in double quotes: ${replacement}`,
  },
  'list-as-needle': {
    message: (text) => `contains() looks for the list ${text} as one element, which never is there`,
    consequence: () => 'this is never true',
    help: () => 'test for each of them: contains(…) || contains(…)',
  },
};
