import { readBoolean } from '../../settings/read.js';
import { removeEntry, replaceSpan } from './edit.js';
import { isProviderSection } from './name-lookup.js';
import type { GrafanaRule } from './subject.js';

export const credentialsViaPost: GrafanaRule = {
  id: 'credentials-via-post',
  code: 'D04',
  severity: 'error',
  summary: 'send_client_credentials_via_post is ignored since 6.6',
  when: ['send_client_credentials_via_post'],
  docs: {
    why: 'The switch that sent the client secret in the body is gone. Grafana tries the header first; a provider that accepts only the body may have spent the code by then.',
    bad: '[auth.generic_oauth]\nsend_client_credentials_via_post = true\n',
    good: '[auth.generic_oauth]\nauth_style = InParams\n',
    references: ['Grafana 6.6: option removed', 'Grafana 9.1: auth_style'],
  },
  check(subject, report) {
    for (const written of subject.entries()) {
      if (written.key !== 'send_client_credentials_via_post' || !isProviderSection(written.section)) continue;
      const hasStyle = subject.writes(written.section, 'auth_style').length > 0;
      const isOn = readBoolean(written.value) === true;
      const { keySpan, valueSpan } = written.entry;
      report({
        ...subject.atKey(written),
        message: `${written.key} is ignored since Grafana 6.6`,
        consequence: 'credentials are sent as auth_style says, by default in the header first',
        help: isOn && !hasStyle ? 'write auth_style = InParams instead' : 'delete the line',
        fix:
          isOn && !hasStyle
            ? replaceSpan(
                written.document,
                { start: keySpan.start, end: valueSpan.end },
                'auth_style = InParams',
                'replace it by auth_style = InParams',
              )
            : removeEntry(written),
      });
    }
  },
};
