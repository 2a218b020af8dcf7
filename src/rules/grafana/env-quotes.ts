import { findOption } from '../../settings/catalog.js';
import type { GrafanaRule } from './subject.js';

export const envQuotes: GrafanaRule = {
  id: 'env-quotes',
  code: 'E04',
  severity: 'error',
  summary: 'the value of a variable is wrapped in quotes, which become part of it',
  when: ['GF_'],
  docs: {
    why: 'The file reader removes quotes around a value; for variables nothing does. Quotes that a compose list or an env file passes on become part of the secret, the path or the list.',
    bad: '[auth.generic_oauth]\nenabled = true\n',
    good: '[auth.generic_oauth]\nenabled = true\n',
    references: ['Grafana manual: override configuration with environment variables', 'Docker Compose: environment'],
  },
  exampleOptions: {
    env: { GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET: '"k3y-9f2b71"' },
    goodEnv: { GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET: 'k3y-9f2b71' },
  },
  check(subject, report) {
    for (const { section, key, origin } of subject.fromEnvironment()) {
      const match = /^(["'])([\s\S]*)\1$/.exec(origin.value);
      if (!match || match[2]!.includes(match[1]!) || !isWrapped(findOption(section, key)?.type, match[1]!, match[2]!))
        continue;
      report({
        ...subject.atVariable(origin.variable!),
        section,
        option: key,
        message: `the ${match[1] === '"' ? 'double' : 'single'} quotes around the value of ${origin.variable} are part of it`,
        consequence: EFFECT[findOption(section, key)?.type ?? ''] ?? `${key} has the quotes in its text`,
        root: true,
        help: 'remove the quotes; in a compose list write them around the whole entry: - "NAME=value"',
      });
    }
  },
};

/** A JMESPath literal or quoted name, and a quoted list item, may be all of a value on purpose. */
function isWrapped(type: string | undefined, quote: string, inside: string): boolean {
  if (type === 'jmespath') return /[()[\]|&'`*?=<>!]/.test(inside);
  if (type === 'list') return quote === "'" || /^\s*\[/.test(inside);
  return true;
}

const EFFECT: Readonly<Record<string, string>> = {
  bool: 'it is no boolean then and counts as false',
  secret: 'the provider answers invalid_client',
  jmespath: 'the whole expression is one quoted name or text, so nothing is found',
  list: 'it is no JSON list, and its items have the quotes in their names',
  url: 'the address begins with a quote and cannot be used',
};
