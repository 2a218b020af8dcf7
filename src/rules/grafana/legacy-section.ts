import { replaceSpan } from './edit.js';
import type { GrafanaRule } from './subject.js';

export const legacySection: GrafanaRule = {
  id: 'legacy-section',
  code: 'N06',
  severity: 'warning',
  summary: 'the cloud login is configured under its old name [auth.grafananet]',
  when: ['grafananet'],
  docs: {
    why: 'The section was renamed to [auth.grafana_com] long ago. From 10.3 the old one counts only where it is enabled and the new one is not; before, both are read.',
    bad: '[auth.grafananet]\nenabled = true\nclient_id = 450bc21c10dc2194879d\n',
    good: '[auth.grafana_com]\nenabled = true\nclient_id = 450bc21c10dc2194879d\n',
    references: ['Grafana 4.3: grafana_net became grafana_com', 'PR #83479'],
  },
  check(subject, report) {
    const hasNew = subject.headers('auth.grafana_com').length > 0;
    for (const { header, document } of subject.headers('auth.grafananet'))
      report({
        ...subject.at(document, header.headerSpan!),
        section: header.name,
        message: '[auth.grafananet] is the old name of [auth.grafana_com]',
        consequence: hasNew
          ? '[auth.grafana_com] is configured too; where it is enabled this block is ignored'
          : 'it counts only as long as [auth.grafana_com] is not enabled',
        help: hasNew ? 'move its keys to [auth.grafana_com]' : 'rename it to [auth.grafana_com]',
        suggestions: ['auth.grafana_com'],
        ...(hasNew || !header.nameSpan
          ? {}
          : { fix: replaceSpan(document, header.nameSpan, 'auth.grafana_com', 'rename it to auth.grafana_com') }),
      });
  },
};
