import { optionsNamed } from '../../settings/catalog.js';
import type { GrafanaRule } from './subject.js';

export const keyBeforeSection: GrafanaRule = {
  id: 'key-before-section',
  code: 'S15',
  severity: 'warning',
  summary: 'a login option stands before the first section header',
  docs: {
    why: 'What stands before the first header belongs to no provider. Grafana never reads a login option there.',
    bad: 'client_id = grafana\n\n[auth.generic_oauth]\nenabled = true\n',
    good: '[auth.generic_oauth]\nclient_id = grafana\nenabled = true\n',
    references: ['Grafana manual: configuration, sections'],
  },
  check(subject, report) {
    for (const document of subject.documents) {
      const misplaced = subject
        .entries()
        .filter(
          (written) =>
            written.document === document &&
            written.section === 'DEFAULT' &&
            optionsNamed(written.key).some((option) => option.section.startsWith('auth')),
        );
      const [first, ...others] = misplaced;
      if (!first) continue;
      report({
        ...subject.atKey(first),
        message:
          others.length === 0
            ? `${first.key} stands before the first section header`
            : `${first.key} and ${others.length} more stand before the first section header`,
        consequence: 'Grafana never reads them there',
        help: 'move them below the header of their section, for example [auth.generic_oauth]',
        related: others.slice(0, 20).map((other) => subject.related(`${other.key} too`, subject.atKey(other))),
      });
    }
  },
};
