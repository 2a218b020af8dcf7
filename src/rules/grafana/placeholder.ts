import { findPlaceholder, findUrlPlaceholder, isReservedHost, type Placeholder } from './placeholders.js';
import { isSecretKey } from './show.js';
import type { GrafanaRule, GrafanaSubject, Place, ProviderView } from './subject.js';
import { cite, given, isLiteral, providersInUse } from './support.js';
import { urlParts } from './urls.js';

const IDS = ['client_id', 'client_secret'];
const URLS = ['auth_url', 'token_url', 'api_url', 'teams_url', 'jwk_set_url', 'signout_redirect_url'];
const LISTS = ['allowed_domains', 'allowed_groups', 'allowed_organizations', 'team_ids', 'hosted_domain'];

export const placeholder: GrafanaRule = {
  id: 'placeholder',
  code: 'V05',
  severity: 'error',
  summary: 'a value copied from an example was never filled in',
  docs: {
    why: 'Examples carry texts such as YOUR_APP_CLIENT_ID or <domain>. Left as they are, the identity provider refuses the client, or the address leads nowhere.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = YOUR_APP_CLIENT_ID\nauth_url = https://<domain>/authorize\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://acme.eu.auth0.com/authorize\n',
    references: ['Grafana manual: configure generic OAuth, examples', 'RFC 2606: names reserved for documentation'],
  },
  check(subject, report) {
    const providers = providersInUse(subject);
    for (const provider of providers) {
      for (const key of [...IDS, ...URLS, ...LISTS]) {
        const found = find(subject, provider, key);
        if (!found) continue;
        const value = provider.text(key);
        const isDefault = !given(subject, provider.section, key);
        const place: Place = isDefault
          ? { ...provider.place, section: provider.section, option: key }
          : isLiteral(subject, provider.section, key)
            ? provider.within(key, found.at, found.length)
            : provider.at(key);
        const text = isSecretKey(key) ? '' : ` ${cite(value.slice(found.at, found.at + found.length))}`;
        report({
          ...place,
          root: !isDefault,
          message: isDefault
            ? `${key} of [${provider.section}] is not set, and the default holds the placeholder${text}`
            : `${key} of [${provider.section}] still holds the placeholder${text}`,
          consequence: consequence(key, found),
          ...(['client_id', 'auth_url', 'token_url'].includes(key) ? { failShut: true } : {}),
          help: help(key, found),
        });
      }
      reportReservedHosts(subject, provider, report);
    }
    if (providers.length === 0) return;
    for (const key of ['root_url', 'domain']) {
      if (!given(subject, 'server', key) || !isLiteral(subject, 'server', key)) continue;
      const value = subject.config.get('server', key)!.value;
      const found = findPlaceholder(value);
      if (!found) continue;
      report({
        ...subject.inSetting('server', key, found.at, found.length),
        root: true,
        message: `${key} of [server] still holds the placeholder ${cite(value.slice(found.at, found.at + found.length))}`,
        consequence: 'the identity provider is told to send people back to an address that does not exist',
        help: 'write the address under which people open Grafana',
      });
    }
  },
};

function find(subject: GrafanaSubject, provider: ProviderView, key: string): Placeholder | undefined {
  const value = provider.text(key);
  const isGiven = given(subject, provider.section, key);
  // The client id of defaults.ini is what missing-client-id speaks about.
  if (value === '' || (!isGiven && !URLS.includes(key))) return undefined;
  // These connectors take their addresses from the catalogue of grafana.com.
  if (provider.isCloud && URLS.includes(key)) return undefined;
  if (key === 'jwk_set_url' || key === 'signout_redirect_url' ? !isGiven : false) return undefined;
  if (URLS.includes(key)) return findUrlPlaceholder(value);
  return findPlaceholder(value, isSecretKey(key));
}

function consequence(key: string, found: Placeholder): string {
  if (key === 'client_id') return 'the identity provider does not know this client and refuses the login';
  if (key === 'client_secret') return 'the token endpoint answers invalid_client: "Failed to get token from provider"';
  if (LISTS.includes(key)) return 'nobody matches it';
  if (key === 'auth_url') return 'the browser is sent to an address that does not exist';
  if (key === 'signout_redirect_url') return 'signing out leads to an address that does not exist';
  if (found.kind === 'host') return 'Grafana asks a host that stands in examples only, and the login fails';
  return 'Grafana asks an address that does not exist, and the login fails';
}

function help(key: string, found: Placeholder): string {
  if (IDS.includes(key))
    return `write the ${key === 'client_id' ? 'client id' : 'client secret'} the identity provider shows for this client`;
  if (LISTS.includes(key)) return 'write the real name, or delete the line';
  return found.kind === 'host'
    ? 'write the address of your identity provider'
    : 'write the address your identity provider names (see its discovery document)';
}

/** Names such as sso.example.com: fine in a sample, of no use in production. One note for a provider. */
function reportReservedHosts(
  subject: GrafanaSubject,
  provider: ProviderView,
  report: Parameters<GrafanaRule['check']>[1],
): void {
  if (provider.isCloud) return;
  const reserved = ['auth_url', 'token_url', 'api_url'].filter((key) => {
    if (!given(subject, provider.section, key) || !isLiteral(subject, provider.section, key)) return false;
    const value = provider.text(key);
    const host = urlParts(value)?.host;
    return host !== undefined && !findUrlPlaceholder(value) && isReservedHost(host);
  });
  const [first, ...others] = reserved;
  if (first === undefined) return;
  const parts = urlParts(provider.text(first))!;
  report({
    ...provider.within(first, parts.hostPart.at, parts.hostPart.length),
    severity: 'info',
    message: `${first} of [${provider.section}] names the host ${cite(parts.host)}, a name reserved for examples`,
    consequence: 'no identity provider answers there; fine in a sample configuration only',
    help: 'write the address of your identity provider',
    related: others.map((key) => subject.related(`${key} too`, provider.at(key))),
  });
}
