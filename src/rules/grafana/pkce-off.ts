import type { GrafanaRule } from './subject.js';
import { isFilledIn, keyOrProvider, providerBehind, providersInUse } from './support.js';

export const pkceOff: GrafanaRule = {
  id: 'pkce-off',
  code: 'C07',
  severity: 'warning',
  summary: 'the code is not protected by PKCE',
  docs: {
    why: 'Without PKCE whoever gets hold of a code (from a log, a referrer, another app on the machine) can use it in a login of their own. Security best practice and OAuth 2.1 ask every client for it. Generic OAuth, GitHub and grafana.com have it off by default.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nuse_pkce = true\n',
    references: [
      'RFC 7636: proof key for code exchange',
      'RFC 9700, 2.1.1',
      'Grafana manual: configure generic OAuth, use_pkce',
    ],
  },
  versions: '>=8.3',
  check(subject, report) {
    for (const provider of providersInUse(subject)) {
      if (isFilledIn(subject, provider.section, 'use_pkce')) continue;
      if (provider.flag('use_pkce') || providerBehind(provider)?.ignoresPkce) continue;
      // Where the provider demands it a rule of its own says so.
      if (provider.isGeneric && providerBehind(provider)?.pkce === 'required') continue;
      // From 10.1 the other providers have it on by default: there only an explicit false is worth a word.
      const speaks = provider.isGeneric || provider.isCloud || provider.kind === 'github' || provider.isSet('use_pkce');
      if (!speaks) continue;
      report({
        ...keyOrProvider(subject, provider, 'use_pkce'),
        message: `use_pkce of [${provider.section}] is not true`,
        consequence: 'an intercepted code can be used by somebody else',
        help: 'write use_pkce = true (S256; nearly every identity provider takes it, some demand it)',
        suggestions: ['use_pkce = true'],
      });
    }
  },
};
