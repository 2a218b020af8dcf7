import { isRead } from './list-options.js';
import type { GrafanaRule } from './subject.js';
import { cite, given, listOf, providersInUse, replacePart } from './support.js';

export const domainFormat: GrafanaRule = {
  id: 'domain-format',
  code: 'A08',
  severity: 'error',
  summary: 'an entry of allowed_domains is no bare domain and never matches',
  when: ['allowed_domains'],
  docs: {
    why: 'Grafana compares the end of the e-mail address with "@" and the entry. @example.com, *.example.com and https://example.com never match; where all entries are like that everybody is refused.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nallowed_domains = @example.com\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nallowed_domains = example.com\n',
    references: [
      'Grafana manual: configure generic OAuth, allowed_domains',
      'Grafana: an e-mail must end in "@" followed by the entry',
    ],
  },
  check(subject, report) {
    for (const provider of providersInUse(subject)) {
      if (!isRead(provider, 'allowed_domains', subject.profile.order)) continue;
      if (!given(subject, provider.section, 'allowed_domains')) continue;
      const list = listOf(subject, provider, 'allowed_domains');
      const bad = list.items.filter((item) => faultOf(item.text) !== undefined);
      for (const item of bad) {
        if (/^'.*'$/.test(item.text)) continue;
        const bare = bareDomain(item.text);
        const safe = bare !== undefined && !/^\*|^\./.test(item.text.replace(/^@/, ''));
        const fix = safe
          ? replacePart(
              subject,
              provider.section,
              'allowed_domains',
              item,
              list.form === 'json' ? JSON.stringify(bare) : bare,
              `write ${bare}`,
            )
          : undefined;
        report({
          ...provider.within('allowed_domains', item.at, item.length),
          message: `${cite(item.text)} in allowed_domains ${faultOf(item.text)}`,
          consequence:
            bad.length === list.items.length
              ? 'it never matches, and so everybody is refused: "Required email domain not fulfilled"'
              : 'it never matches: people of this domain are refused, "Required email domain not fulfilled"',
          help:
            bare === undefined
              ? 'write the domain alone, as it stands behind "@" in the addresses'
              : safe
                ? `write ${bare}`
                : `there are no wildcards: name each domain, ${bare} and every one below it`,
          ...(bad.length === list.items.length ? { failShut: true } : {}),
          ...(bare === undefined ? {} : { suggestions: [bare] }),
          ...(fix ? { fix } : {}),
        });
      }
    }
  },
};

function faultOf(entry: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(entry)) return 'is an address, not a domain';
  if (entry.startsWith('@')) return 'begins with "@", which Grafana adds itself';
  if (entry.includes('@')) return 'is an e-mail address, not a domain';
  if (entry.includes('*')) return 'has a wildcard, which Grafana does not know';
  if (entry.startsWith('.')) return 'begins with "."';
  if (entry.includes('/')) return 'has a path, which no domain has';
  return undefined;
}

function bareDomain(entry: string): string | undefined {
  const bare = entry
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/^.*@/, '')
    .replace(/^\*\.|^\./, '')
    .replace(/[/?#].*$/, '');
  return /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(bare) ? bare : undefined;
}
