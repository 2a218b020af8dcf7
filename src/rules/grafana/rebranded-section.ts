import type { GrafanaRule } from './subject.js';

export const rebrandedSection: GrafanaRule = {
  id: 'rebranded-section',
  code: 'N05',
  severity: 'info',
  summary: 'the cloud login is configured under its documented second name',
  when: ['metrics-dashboard_com'],
  docs: {
    why: '[auth.metrics-dashboard_com] is a documented name of the cloud login. Builds of Grafana itself read [auth.grafana_com] and never look at the other name; its variables begin with GF_AUTH_GRAFANA_COM_.',
    bad: '[auth.metrics-dashboard_com]\nenabled = true\nclient_id = 450bc21c10dc2194879d\n',
    good: '[auth.grafana_com]\nenabled = true\nclient_id = 450bc21c10dc2194879d\n',
    references: ['Metrics Dashboard Cloud manual: authentication', 'Grafana manual: Grafana Cloud authentication'],
  },
  check(subject, report) {
    const [first] = subject.headers('auth.metrics-dashboard_com');
    if (!first) return;
    report({
      ...subject.at(first.document, first.header.headerSpan!),
      section: first.header.name,
      message: 'builds of Grafana read the cloud login from [auth.grafana_com]',
      consequence: 'checked as the cloud section; a Grafana build would ignore it under this name',
      help: 'rename it to [auth.grafana_com] where the server is Grafana',
      suggestions: ['auth.grafana_com'],
    });
  },
};
