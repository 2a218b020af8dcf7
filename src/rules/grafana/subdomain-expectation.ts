import { isRead } from './list-options.js';
import type { GrafanaRule, GrafanaSubject, Place, ProviderView } from './subject.js';
import { cite, given, listOf, providersInUse } from './support.js';

export const subdomainExpectation: GrafanaRule = {
  id: 'subdomain-expectation',
  code: 'A09',
  severity: 'info',
  summary: 'a subdomain in use is not covered by the parent domain in allowed_domains',
  when: ['allowed_domains'],
  docs: {
    why: 'example.com in allowed_domains lets in user@example.com and nobody of user@sub.example.com: Grafana compares everything behind the "@". Where the same configuration uses an address or domain below a listed one, the people there are probably meant to enter.',
    bad: '[security]\nadmin_email = root@ops.example.com\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nallowed_domains = example.com\n',
    good: '[security]\nadmin_email = root@ops.example.com\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nallowed_domains = example.com ops.example.com\n',
    references: ['Grafana: an e-mail must end in "@" followed by the entry'],
  },
  check(subject, report) {
    for (const provider of providersInUse(subject)) {
      if (!isRead(provider, 'allowed_domains', subject.profile.order)) continue;
      if (!given(subject, provider.section, 'allowed_domains')) continue;
      const { items } = listOf(subject, provider, 'allowed_domains');
      const listed = items.map((item) => item.text.toLowerCase());
      for (const used of domainsInUse(subject, provider)) {
        const parent = items.find((item) => used.domain.endsWith(`.${item.text.toLowerCase()}`));
        if (!parent || listed.includes(used.domain)) continue;
        report({
          ...provider.within('allowed_domains', parent.at, parent.length),
          message: `${cite(parent.text)} in allowed_domains does not cover ${cite(used.domain)}`,
          consequence: `people with an address at ${used.domain} are refused: "Required email domain not fulfilled"`,
          help: `add ${used.domain} if they are meant to enter`,
          suggestions: [`${provider.text('allowed_domains')} ${used.domain}`],
          related: [subject.related(`${used.domain} is used here`, used.place)],
        });
      }
    }
  },
};

/** Mail domains that other settings of the configuration name. */
function domainsInUse(subject: GrafanaSubject, provider: ProviderView): { domain: string; place: Place }[] {
  const found: { domain: string; place: Place }[] = [];
  const hosted = provider.text('hosted_domain').toLowerCase();
  if (hosted !== '') found.push({ domain: hosted, place: provider.at('hosted_domain') });
  for (const [section, key] of [
    ['security', 'admin_email'],
    ['smtp', 'from_address'],
  ] as const) {
    const domain = /@([^@\s]+\.[^@\s]+)$/.exec(subject.text(section, key))?.[1]?.toLowerCase();
    if (domain && given(subject, section, key)) found.push({ domain, place: subject.atSetting(section, key) });
  }
  return found.filter((one, index) => found.findIndex((other) => other.domain === one.domain) === index);
}
