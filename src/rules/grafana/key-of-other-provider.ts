import { canonicalSection } from '../../settings/catalog.js';
import { isGate } from './gates.js';
import { providersWith, standing } from './name-lookup.js';
import type { GrafanaRule } from './subject.js';

/** Why the cloud login has no use for what other providers read. */
const CLOUD: Readonly<Record<string, string>> = {
  auth_url: 'the address comes from [grafana_com] url',
  token_url: 'the address comes from [grafana_com] url',
  api_url: 'the address comes from [grafana_com] url',
  auth_style: 'credentials are always sent in the header',
  allowed_groups: 'there are no groups, so nobody is kept out by it',
  role_attribute_path: 'the role comes from the account at grafana.com',
  role_attribute_strict: 'the role comes from the account at grafana.com, and nobody is refused for lack of one',
  allow_assign_grafana_admin: 'the server-admin flag is never set',
  groups_attribute_path: 'there are no groups',
  org_mapping: 'the role comes from the account at grafana.com',
  teams_url: 'there are no teams',
};

export const keyOfOtherProvider: GrafanaRule = {
  id: 'key-of-other-provider',
  code: 'N07',
  severity: 'warning',
  summary: 'an option of another provider, which this one does not read',
  docs: {
    why: 'Each provider reads its own options. One that belongs to another provider is ignored without a log line, also where it was meant to keep people out.',
    bad: "[auth.grafana_com]\nenabled = true\nrole_attribute_path = 'Admin' || 'Viewer'\n",
    good: '[auth.grafana_com]\nenabled = true\nskip_org_role_sync = true\n',
    references: ['Grafana manual: configuration of each provider', 'connectors/grafana_com_oauth.go'],
  },
  check(subject, report) {
    for (const written of subject.entries()) {
      if ((written.option && !written.option.unread) || standing(subject, written) !== 'other-provider') continue;
      const { section, key } = written;
      const isCloud = canonicalSection(section) === 'auth.grafana_com';
      // An allow-list of domains has a rule of its own: it fails open.
      if (isCloud && key === 'allowed_domains') continue;
      const others = providersWith(key).map((name) => `[${name}]`);
      report({
        ...subject.atKey(written),
        message: `[${section}] does not read ${key}`,
        consequence: `Grafana ignores the line${isCloud && CLOUD[key] ? `: ${CLOUD[key]}` : ''}`,
        help: `delete it${others.length > 0 ? `, or move it to ${others.slice(0, 3).join(', ')}` : ''}`,
        ...(isGate(key) ? { failOpen: true } : {}),
      });
    }
  },
};
