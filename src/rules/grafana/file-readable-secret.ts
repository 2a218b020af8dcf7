import { isNoted } from './form-notes.js';
import { isPlaceholder } from './samples.js';
import type { GrafanaRule, WrittenEntry } from './subject.js';

export const fileReadableSecret: GrafanaRule = {
  id: 'file-readable-secret',
  code: 'S22',
  severity: 'info',
  summary: 'a secret stands in the file in plain text',
  docs: {
    why: 'Whoever can read the file, its backups or its history in version control has the secret. Grafana can read it from a file of its own or from the environment instead.',
    bad: '[auth.generic_oauth]\nclient_secret = 9f2b71c0a54d4e1f8b6a3c7d\n',
    good: '[auth.generic_oauth]\nclient_secret = $__file{/run/secrets/oauth_client_secret}\n',
    references: ['Grafana manual: configuration, variable expansion'],
  },
  check(subject, report) {
    for (const document of subject.documents) {
      const [first, ...others] = subject
        .entries()
        .filter((written) => written.document === document && isPlainSecret(written))
        .filter(({ section, key }) => !isNoted(subject, ['form-readable-secret'], section, key));
      if (!first) continue;
      report({
        ...subject.atValue(first),
        message:
          others.length === 0
            ? `${first.key} of [${first.section}] stands here in plain text`
            : `${first.key} of [${first.section}] and ${others.length} more ${others.length === 1 ? 'secret stands' : 'secrets stand'} here in plain text`,
        consequence: 'whoever can read the file or its history has it',
        help: `write ${first.key} = $__file{/run/secrets/…}, or set it through the environment`,
        related: others
          .slice(0, 20)
          .map((other) => subject.related(`${other.key} of [${other.section}]`, subject.atValue(other))),
      });
    }
  },
};

function isPlainSecret({ option, value }: WrittenEntry): boolean {
  if (!option?.secret || value === '' || value === option.default) return false;
  return !/\$(__\w+)?\{[^}]+\}/.test(value) && !isPlaceholder(value);
}
