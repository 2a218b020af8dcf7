import { variable } from './missing-client-id.js';
import type { GrafanaRule, GrafanaSubject, Place } from './subject.js';
import { cite, given, providersInUse, redirectUri, rootUrl } from './support.js';
import { hostKind, urlParts } from './urls.js';

export const rootUrlDefault: GrafanaRule = {
  id: 'root-url-default',
  code: 'W01',
  severity: 'error',
  summary: 'root_url is the default, so people are sent back to localhost or to the wrong port',
  docs: {
    why: 'Grafana tells the identity provider to send people back to root_url, not to the address they came by. The default is made of protocol, domain and port of Grafana itself, http://localhost:3000/. The identity provider refuses it (redirect URI mismatch), or people end at a port nobody answers on.',
    bad: '[server]\ndomain = grafana.acme.com\nroot_url = http://localhost:3000/\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
    good: '[server]\ndomain = grafana.acme.com\nroot_url = https://grafana.acme.com/\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
    references: ['Grafana manual: configuration, root_url', 'RFC 6749, 3.1.2: redirection endpoint'],
  },
  check(subject, report) {
    // The database holds no root_url: where only its settings are given, the address is set elsewhere.
    if (subject.documents.length > 0 && subject.documents.every((document) => document.stored)) return;
    const provider = providersInUse(subject)[0];
    if (!provider) return;
    const parts = urlParts(rootUrl(subject));
    if (!parts) return;
    const written = ownRootUrl(subject);
    const local = hostKind(parts.host) === 'loopback';
    const hints = publicHints(subject);
    if (written ? !(local && hints.length > 0) : !local && parts.scheme === 'https') return;
    const back = redirectUri(subject, provider);
    report({
      ...(written || given(subject, 'server', 'root_url') ? subject.atSetting('server', 'root_url') : provider.place),
      section: 'server',
      option: 'root_url',
      severity: hints.some((hint) => local || hint.encrypted) ? 'error' : 'warning',
      message: written
        ? `root_url of [server] is ${cite(rootUrl(subject))}, but Grafana is opened under another name`
        : `root_url of [server] is not set, so Grafana takes it to be ${cite(rootUrl(subject))}`,
      consequence: `the identity provider is asked to send people back to ${cite(back, 120)}: it refuses that as not registered, or they end where nobody answers`,
      help: `set root_url to the address people open Grafana with (or ${variable('server', 'root_url')}; give --env if it is set there), and register that address with /login/${provider.kind}`,
      related: hints.map(({ message, place }) => subject.related(message, place)),
    });
  },
};

/** Whether root_url is set to something else than the text it has in defaults.ini. */
export function ownRootUrl(subject: GrafanaSubject): boolean {
  if (!given(subject, 'server', 'root_url')) return false;
  const origin = subject.config.get('server', 'root_url')!.origin;
  return origin.value.replace(/\s/g, '') !== (subject.config.defaultOf('server', 'root_url') ?? '');
}

interface Hint {
  readonly message: string;
  readonly place: Place;
  /** It makes sense over https only. */
  readonly encrypted?: boolean;
}

/** Settings that make sense only where Grafana is opened under a name of its own. */
function publicHints(subject: GrafanaSubject): Hint[] {
  const hints: Hint[] = [];
  const domain = subject.text('server', 'domain');
  if (given(subject, 'server', 'domain') && hostKind(domain) !== 'loopback')
    hints.push({ message: `domain is "${domain}"`, place: subject.atSetting('server', 'domain') });
  for (const [section, key] of [
    ['server', 'enforce_domain'],
    ['security', 'cookie_secure'],
    ['security', 'strict_transport_security'],
  ] as const)
    if (subject.flag(section, key))
      hints.push({
        message: `${key} is true`,
        place: subject.atSetting(section, key),
        encrypted: section === 'security',
      });
  for (const provider of providersInUse(subject)) {
    const after = /[?&]post_logout_redirect_uri=([^&]+)/.exec(provider.text('signout_redirect_url'))?.[1];
    const host = after === undefined ? undefined : urlParts(decode(after))?.host;
    if (host !== undefined && hostKind(host) !== 'loopback')
      hints.push({
        message: `people return to "${host}" after signing out`,
        place: provider.at('signout_redirect_url'),
      });
  }
  return hints;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
