import { renameKey } from './edit.js';
import type { GrafanaRule } from './subject.js';

export const proxyLdapSyncTtl: GrafanaRule = {
  id: 'proxy-ldap-sync-ttl',
  code: 'D07',
  severity: 'warning',
  summary: 'ldap_sync_ttl of [auth.proxy] was renamed to sync_ttl',
  when: ['ldap_sync_ttl'],
  docs: {
    why: 'The option was renamed when the proxy login learnt to synchronise more than LDAP. Under the old name it is ignored by newer versions.',
    bad: '[auth.proxy]\nenabled = true\nldap_sync_ttl = 5\n',
    good: '[auth.proxy]\nenabled = true\nsync_ttl = 5\n',
    references: ['Grafana 6.5: sync_ttl'],
  },
  check(subject, report) {
    for (const written of subject.writes('auth.proxy', 'ldap_sync_ttl')) {
      const isTaken = subject.writes('auth.proxy', 'sync_ttl').length > 0;
      report({
        ...subject.atKey(written),
        message: 'ldap_sync_ttl was renamed to sync_ttl',
        consequence: isTaken ? 'sync_ttl counts' : 'the interval may be the default',
        help: isTaken ? 'delete the line' : 'rename it to sync_ttl',
        suggestions: ['sync_ttl'],
        ...(isTaken ? {} : { fix: renameKey(written, 'sync_ttl') }),
      });
    }
  },
};
