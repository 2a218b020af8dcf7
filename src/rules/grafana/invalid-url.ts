import { ENDPOINT_KEYS, endpoints } from './endpoints.js';
import { findPlaceholder } from './placeholders.js';
import type { GrafanaRule } from './subject.js';
import { cite, given, isLiteral, providersInUse } from './support.js';
import { readUrl, type UrlFault } from './urls.js';

export const invalidUrl: GrafanaRule = {
  id: 'invalid-url',
  code: 'R06',
  severity: 'error',
  summary: 'an address is no absolute http or https address',
  docs: {
    why: 'Nothing checks the addresses of a file when Grafana starts. One without a scheme is a path on Grafana itself for the browser and "unsupported protocol scheme" for Grafana; the login fails. The SSO settings page would refuse it.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = login.acme.com/authorize\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://login.acme.com/authorize\n',
    references: ['Go net/url: Parse', 'Grafana SSO settings API: Auth URL and Token URL must be http(s) with a host'],
  },
  check(subject, report) {
    for (const { provider, key, value } of endpoints(subject, ENDPOINT_KEYS)) {
      const read = readUrl(value);
      if (!('fault' in read)) continue;
      const { fault } = read;
      report({
        ...provider.within(key, fault.at, fault.length),
        message: `${key} of [${provider.section}] ${fault.problem}: ${cite(value)}`,
        consequence: consequence(key, fault),
        ...(shuts(key, fault) ? { failShut: true } : {}),
        help: help(key, value, fault),
        ...(suggestion(value, fault) ? { suggestions: [suggestion(value, fault)!] } : {}),
        cause: `url:${provider.section}.${key}`,
      });
    }
    if (providersInUse(subject).length === 0) return;
    if (!given(subject, 'server', 'root_url') || !isLiteral(subject, 'server', 'root_url')) return;
    const value = subject.text('server', 'root_url');
    if (value === '' || /%\(/.test(subject.config.get('server', 'root_url')!.value) || findPlaceholder(value)) return;
    const read = readUrl(value);
    if (!('fault' in read)) return;
    report({
      ...subject.inSetting('server', 'root_url', read.fault.at, read.fault.length),
      message: `root_url of [server] ${read.fault.problem}: ${cite(value)}`,
      consequence: `Grafana names ${cite(`${value.replace(/\/$/, '')}/login/…`)} as redirect URI, which the identity provider refuses`,
      help: help('root_url', value, read.fault),
      ...(suggestion(value, read.fault) ? { suggestions: [suggestion(value, read.fault)!] } : {}),
      cause: 'url:server.root_url',
    });
  },
};

function consequence(key: string, fault: UrlFault): string {
  if (key === 'auth_url')
    return fault.kind === 'scheme-missing'
      ? 'the browser takes it as a path on Grafana itself and never reaches the identity provider'
      : 'the browser cannot open it, and the login ends there';
  if (fault.kind === 'blank' && fault.problem === 'contains a blank')
    return 'the blank is sent as part of the address (%20), which the identity provider does not know';
  if (key === 'token_url') return 'the code cannot be exchanged: "Failed to get token from provider"';
  if (key === 'api_url') return 'UserInfo cannot be asked: e-mail, role and groups come from the ID token alone';
  if (key === 'teams_url') return 'teams cannot be asked, and whoever needs one is refused';
  return 'the keys cannot be fetched, and the login fails';
}

/** Without these two no login comes to its end; a blank inside a path is sent along. */
function shuts(key: string, fault: UrlFault): boolean {
  return (key === 'auth_url' || key === 'token_url') && fault.problem !== 'contains a blank';
}

function help(key: string, value: string, fault: UrlFault): string {
  const better = suggestion(value, fault);
  if (better !== undefined) return `write ${key} = ${better}`;
  return fault.kind === 'blank' ? 'remove the blank' : 'write the whole address, https://host/path';
}

function suggestion(value: string, fault: UrlFault): string | undefined {
  if (fault.kind === 'scheme-missing') {
    const rest = value.replace(/^https?[:/]*\/+/i, '').replace(/^\/+/, '');
    return /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+(:\d+)?([/?].*)?$/u.test(rest) ? `https://${rest}` : undefined;
  }
  if (fault.kind === 'scheme') {
    const rest = value.slice(value.indexOf(':') + 1).replace(/^\/+/, '');
    return /^(h?t{1,3}ps?|https?|htps?|hxxps?)$/i.test(value.slice(0, value.indexOf(':')))
      ? `https://${rest}`
      : undefined;
  }
  if (fault.kind === 'blank') return value.replace(/\s+/g, '');
  return undefined;
}
