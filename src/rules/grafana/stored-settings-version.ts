import type { GrafanaRule } from './subject.js';

export const storedSettingsVersion: GrafanaRule = {
  id: 'stored-settings-version',
  code: 'F21',
  severity: 'error',
  summary: 'settings for the database in a version of Grafana that keeps none there',
  versions: '<10.4',
  docs: {
    why: 'Before 10.4 Grafana has no settings API: a request, and with it terraform apply, ends with status 404, and no provider is set up.',
    bad: '{"provider": "generic_oauth", "settings": {"clientId": "grafana"}}\n',
    good: '[auth.generic_oauth]\nclient_id = grafana\n',
    references: ['Grafana manual: SSO settings API', 'grafana/terraform-provider-grafana#1654'],
  },
  exampleOptions: { grafanaVersion: '10.3', form: 'sso-api-json' },
  check(subject, report) {
    for (const document of subject.documents)
      for (const { name, headerSpan } of document.sections)
        if (document.stored && headerSpan)
          report({
            ...subject.at(document, headerSpan),
            section: name,
            message: `Grafana ${subject.profile.asked} has no settings API`,
            consequence: 'the request ends with status 404, and the provider is not set up',
            help: 'write the settings into grafana.ini or variables, or use Grafana 10.4 or later',
          });
  },
};
