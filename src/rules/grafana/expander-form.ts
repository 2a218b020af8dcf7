import { isSecretKey } from './show.js';
import type { GrafanaRule, WrittenEntry } from './subject.js';

export const expanderForm: GrafanaRule = {
  id: 'expander-form',
  code: 'E08',
  severity: 'warning',
  summary: 'something that looks like a variable is taken as it stands',
  when: ['$', '%'],
  docs: {
    why: 'Only ${NAME}, $__env{NAME} and $__file{/path} are replaced. $NAME, $(NAME), $__env(NAME) and %NAME% are literal text: the provider gets the dollar sign.',
    bad: '[auth.generic_oauth]\nclient_secret = $OAUTH_CLIENT_SECRET\n',
    good: '[auth.generic_oauth]\nclient_secret = ${OAUTH_CLIENT_SECRET}\n',
    references: ['Grafana manual: configuration, variable expansion'],
  },
  check(subject, report) {
    for (const written of subject.entries()) {
      const { value } = written;
      if (!value.includes('$') && !value.startsWith('%')) continue;
      const found = literal(written);
      if (!found) continue;
      report({
        ...subject.inValue(written, found.at, found.text.length),
        section: written.section,
        option: written.key,
        ...(found.severity ? { severity: found.severity } : {}),
        message: `"${found.text}" in ${written.key} is taken as it stands`,
        consequence: isSecretKey(written.key) ? 'the provider answers invalid_client' : `${written.key} has that text`,
        help: found.help,
      });
    }
  },
};

interface Literal {
  readonly at: number;
  readonly text: string;
  readonly help: string;
  readonly severity?: 'info';
}

function literal({ value, option }: WrittenEntry): Literal | undefined {
  const vault = /\$__vault\{[^}]*\}/.exec(value);
  if (vault)
    return {
      at: vault.index,
      text: vault[0],
      severity: 'info',
      help: 'only Grafana Enterprise and Cloud replace $__vault{…}',
    };
  const wrongCase = /\$__(?!(?:env|file|vault)\{)[A-Za-z]+\{[^}]*\}/.exec(value);
  if (wrongCase && /^\$__(env|file|vault)\{/i.test(wrongCase[0]))
    return {
      at: wrongCase.index,
      text: wrongCase[0],
      help: `write it in lower case: ${wrongCase[0].replace(/^\$__\w+/, (name) => name.toLowerCase())}`,
    };
  const round = /\$__(env|file|vault)\([^)]*\)/.exec(value);
  if (round)
    return { at: round.index, text: round[0], help: `use braces: ${round[0].replace('(', '{').replace(/\)$/, '}')}` };
  if (option?.type === 'jmespath') return undefined;
  const shell =
    /^\$([A-Z_][A-Z0-9_]*)$/.exec(value) ??
    /^\$\(([A-Za-z_]\w*)\)$/.exec(value) ??
    /^%([A-Z_][A-Z0-9_]*)%$/.exec(value);
  return shell ? { at: 0, text: value, help: `write \${${shell[1]}}` } : undefined;
}
