import type { GrafanaRule } from './subject.js';
import { cite, given, providersInUse } from './support.js';

const STYLES = ['AutoDetect', 'InParams', 'InHeader'];

export const authStyleUnknown: GrafanaRule = {
  id: 'auth-style-unknown',
  code: 'V06',
  severity: 'warning',
  summary: 'auth_style names no style Grafana knows',
  when: ['auth_style'],
  docs: {
    why: 'Any other text counts as AutoDetect: Grafana sends the client id and secret in the header first and, if that fails, once more in the body. Some identity providers spend the code at the first attempt, and only the error of the second is shown.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_style = client_secret_post\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_style = InParams\n',
    references: ['Grafana manual: configure generic OAuth, auth_style', 'golang.org/x/oauth2: AuthStyle'],
  },
  check(subject, report) {
    for (const provider of providersInUse(subject)) {
      // The grafana.com connector always uses the header.
      if (provider.isCloud || !given(subject, provider.section, 'auth_style')) continue;
      const value = provider.text('auth_style');
      if (value === '' || STYLES.some((style) => style.toLowerCase() === value.toLowerCase())) continue;
      const meant = meantStyle(value);
      report({
        ...provider.at('auth_style'),
        message: `auth_style of [${provider.section}] is ${cite(value)}, which is none of AutoDetect, InHeader, InParams`,
        consequence:
          'it counts as AutoDetect: header first, then body; a provider that accepts one way only logs a failed attempt and may void the code',
        help: meant ? `write auth_style = ${meant}` : 'write AutoDetect, InHeader or InParams',
        ...(meant ? { suggestions: [meant] } : {}),
      });
    }
  },
};

function meantStyle(value: string): string | undefined {
  const word = value.toLowerCase().replace(/[^a-z]/g, '');
  if (/post|body|param|form/.test(word)) return 'InParams';
  if (/basic|header/.test(word)) return 'InHeader';
  if (/auto|detect/.test(word)) return 'AutoDetect';
  return undefined;
}
