import { findOption, PROVIDER_SECTIONS } from '../../settings/catalog.js';
import { show } from './show.js';
import type { GrafanaRule } from './subject.js';
import { inUse } from './support.js';

export const emptyOverride: GrafanaRule = {
  id: 'empty-override',
  code: 'V04',
  severity: 'warning',
  summary: 'a key is set to nothing although it has a default, which stays',
  docs: {
    why: 'Grafana takes over only values that are not empty. A default cannot be blanked that way: an empty scopes still asks for user:email, an empty client_id still sends some_id.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nscopes =\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nempty_scopes = true\n',
    references: ['Grafana: loading of configuration files, only values with a length are merged'],
  },
  check(subject, report) {
    for (const written of subject.entries()) {
      const { section, key, value, unreached } = written;
      if (value !== '' || unreached) continue;
      const option = findOption(section, key);
      if (!option || option.other || option.unread) continue;
      const setting = subject.config.get(section, key);
      if (!setting || setting.value === '' || setting.origin.origin !== 'default') continue;
      if ((PROVIDER_SECTIONS as readonly string[]).includes(section)) {
        const provider = subject.provider(section);
        if (!provider || !inUse(subject, provider)) continue;
      }
      const scopes = key === 'scopes';
      report({
        ...subject.atKey(written),
        message: `${key} of [${section}] is set to nothing, so the default ${show(key, setting.value)} stays`,
        consequence: consequence(key, setting.value),
        help: scopes
          ? 'to ask for no scope at all write empty_scopes = true; otherwise name the scopes, such as openid profile email'
          : 'delete the line or give it a value',
        ...(scopes ? { suggestions: ['empty_scopes = true'], cause: `scopes:${section}` } : {}),
        ...(key === 'client_id' ? { cause: `client_id:${section}` } : {}),
      });
    }
  },
};

function consequence(key: string, value: string): string {
  if (key === 'scopes') return `Grafana still asks for the scope ${value}`;
  if (key === 'client_id') return `Grafana still sends the client id ${value}`;
  return 'an empty value never replaces another one';
}
