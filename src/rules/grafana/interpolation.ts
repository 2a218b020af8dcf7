import { PROVIDER_SECTIONS } from '../../settings/catalog.js';
import type { GrafanaRule } from './subject.js';

const NAME = /%\([^)]+\)s/;
const PROVIDERS: ReadonlySet<string> = new Set(PROVIDER_SECTIONS);

export const interpolation: GrafanaRule = {
  id: 'interpolation',
  code: 'S17',
  severity: 'warning',
  summary: 'a provider option holds %(name)s, which not every version reads as it stands',
  when: ['%('],
  docs: {
    why: 'Up to 10.2 Grafana replaces %(name)s in the options of a provider by the key of that name; from 10.3 it takes the text literally. A secret that happens to contain it is sent wrong in old versions, and an address built with it is wrong in new ones.',
    bad: '[auth.generic_oauth]\nauth_url = https://%(idp)s/authorize\nidp = id.acme.org\n',
    good: '[auth.generic_oauth]\nauth_url = https://id.acme.org/authorize\n',
    references: ['Grafana 10.3: provider options are read without interpolation'],
  },
  check(subject, report) {
    for (const written of subject.entries()) {
      const match = NAME.exec(written.value);
      if (!match || !PROVIDERS.has(written.section) || !written.option) continue;
      const setting = subject.setting(written.section, written.key);
      const isReplaced =
        subject.interpolatesProviders && setting !== undefined && setting.interpolated !== setting.value;
      if (subject.interpolatesProviders && !isReplaced) continue;
      report({
        ...subject.inValue(written, match.index, match[0].length),
        message: `${match[0]} in ${written.key} ${isReplaced ? 'is replaced by the key of that name' : 'is taken as it stands, not replaced'}`,
        consequence: isReplaced
          ? 'Grafana uses the replaced text; from 10.3 it takes the same line literally'
          : `Grafana ${subject.profile.asked} uses the text with the percent sign; up to 10.2 it was replaced`,
        root: !isReplaced,
        help: 'write the text out, or use $__env{NAME} or $__file{/path}',
      });
    }
  },
};
