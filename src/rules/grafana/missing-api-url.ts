import { variable } from './missing-client-id.js';
import type { GrafanaRule } from './subject.js';
import { genericInUse, given, unlessSetElsewhere } from './support.js';

export const missingApiUrl: GrafanaRule = {
  id: 'missing-api-url',
  code: 'R04',
  severity: 'warning',
  summary: 'generic OAuth has no api_url, so only the ID token is looked at',
  docs: {
    why: 'Grafana takes name, e-mail, role and groups from the ID token and then from UserInfo at api_url. Without api_url whatever the ID token lacks stays empty; up to 11.1 a missing e-mail makes Grafana ask the address "/emails", which fails the login.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://login.acme.test/authorize\ntoken_url = https://login.acme.test/token\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://login.acme.test/authorize\ntoken_url = https://login.acme.test/token\napi_url = https://login.acme.test/userinfo\n',
    references: ['Grafana manual: configure generic OAuth, api_url', 'Grafana 11.2: no e-mail request without api_url'],
  },
  check(subject, report) {
    const provider = genericInUse(subject);
    if (!provider || given(subject, provider.section, 'api_url') || provider.text('api_url') !== '') return;
    report({
      ...provider.place,
      section: provider.section,
      option: 'api_url',
      ...unlessSetElsewhere(subject),
      message: `api_url of [${provider.section}] is not set`,
      consequence:
        subject.profile.order >= 11_002
          ? 'UserInfo is never asked: whoever has no e-mail in the ID token is refused with "Provider didn\'t return an email address", and groups or roles sent by UserInfo only are not seen'
          : 'UserInfo is never asked: for whoever has no e-mail in the ID token Grafana requests "/emails", which fails the login',
      help: `set api_url to userinfo_endpoint of the discovery document, which auth-cli discover shows (or ${variable(provider.section, 'api_url')}; give --env if it is set there)`,
    });
  },
};
