import type { IniSection } from '../../document/types.js';
import { catalogSections, knownSections, PROVIDER_SECTIONS, sectionOptions } from '../../settings/catalog.js';
import { closest } from '../../text/suggest.js';
import { sectionInOtherCase } from './name-lookup.js';
import type { GrafanaRule } from './subject.js';

/** Names of providers that are reached through generic OAuth, or of the protocol. */
const GENERIC =
  /(^|[._-])(oidc|openid|openid_connect|oauth2?|oauth_generic|keycloak|auth0|authentik|authelia|zitadel|onelogin|cognito|dex|ping|centrify|bitbucket)$/;

export const unknownAuthSection: GrafanaRule = {
  id: 'unknown-auth-section',
  code: 'N04',
  severity: 'error',
  summary: 'a section about login that Grafana does not know',
  docs: {
    why: 'Grafana reads the sections it knows and ignores every other one without a log line: the provider does not appear on the login page, and whatever the block was to restrict is not restricted.',
    bad: '[auth.generic-oauth]\nenabled = true\nclient_id = grafana\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
    references: ['Grafana manual: configure Grafana, auth sections'],
  },
  check(subject, report) {
    for (const document of subject.documents)
      for (const header of document.sections) {
        if (!header.headerSpan || knownSections().has(header.name)) continue;
        if (header.name.trim() !== header.name || sectionInOtherCase(header.name)) continue;
        const suggestions = suggest(header);
        const looksLikeLogin = /^auth([._-]|$)/i.test(header.name);
        if (!looksLikeLogin && suggestions.length === 0) continue;
        report({
          ...subject.at(document, header.headerSpan),
          section: header.name,
          message: `Grafana knows no section [${header.name}]`,
          consequence: 'the whole block is ignored without a message',
          help:
            suggestions.length > 0
              ? `did you mean ${suggestions.map((name) => `[${name}]`).join(' or ')}?`
              : 'providers without a section of their own go to [auth.generic_oauth]',
          ...(suggestions.length > 0 ? { suggestions } : {}),
        });
      }
  },
};

/** Sections that are near by name and share keys with the block. */
function suggest(header: IniSection): string[] {
  const name = header.name.toLowerCase();
  const bare = name.replace(/^auth[._-]?/, '');
  const byName = closest(
    name,
    catalogSections().filter(
      (known) => name.startsWith('auth') || header.entries.some((entry) => sectionOptions(known)?.has(entry.key)),
    ),
  );
  if (byName.length > 0) return byName;
  const provider = PROVIDER_SECTIONS.find(
    (known) => known.slice('auth.'.length).replaceAll('_', '') === bare.replace(/[._-]/g, ''),
  );
  const isProviderBlock = name.startsWith('auth') || sharesKeys(header);
  if (provider && isProviderBlock) return [provider];
  if (isProviderBlock && (GENERIC.test(name) || sharesKeys(header))) return ['auth.generic_oauth'];
  return [];
}

/** Keys that only provider sections have. */
function sharesKeys(header: IniSection): boolean {
  const options = sectionOptions('auth.generic_oauth')!;
  const telling = header.entries.filter((entry) => options.has(entry.key) && !/^(enabled|name|icon)$/.test(entry.key));
  return (
    telling.length >= 2 && telling.some((entry) => /^(client_id|client_secret|auth_url|token_url)$/.test(entry.key))
  );
}
