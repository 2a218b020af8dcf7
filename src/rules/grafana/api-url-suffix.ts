import { identityProvider } from '../../providers/index.js';
import { endpoints } from './endpoints.js';
import type { GrafanaRule, GrafanaSubject, ProviderView } from './subject.js';
import { cite, items, scopesOf } from './support.js';
import { urlParts } from './urls.js';

export const apiUrlSuffix: GrafanaRule = {
  id: 'api-url-suffix',
  code: 'R08',
  severity: 'warning',
  summary: 'api_url ends in "/" or has a query, and Grafana appends to it',
  docs: {
    why: 'Grafana appends /emails, /teams and /orgs to api_url as it stands: ".../user/" becomes ".../user//emails", and behind a query the suffix belongs to the query. The request fails, and with it the login.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = app\nscopes = user\nauth_url = https://git.acme.com/login/oauth/authorize\ntoken_url = https://git.acme.com/login/oauth/access_token\napi_url = https://git.acme.com/api/user/\nallowed_organizations = acme\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = app\nscopes = user\nauth_url = https://git.acme.com/login/oauth/authorize\ntoken_url = https://git.acme.com/login/oauth/access_token\napi_url = https://git.acme.com/api/user\nallowed_organizations = acme\n',
    references: ['Grafana: /emails, /teams and /orgs are appended to api_url'],
  },
  check(subject, report) {
    for (const { provider, key, value } of endpoints(subject, ['api_url'])) {
      if (!provider.isGeneric) continue;
      const parts = urlParts(value);
      if (!parts) continue;
      const slash = parts.query === undefined && parts.path.endsWith('/');
      if (!slash && parts.query === undefined) continue;
      const trimmed = slash ? value.replace(/\/+$/, '') : value.slice(0, parts.queryPart.at);
      const suffix = appended(subject, provider) ?? (slash && foreignSlash(trimmed) ? '' : undefined);
      if (suffix === undefined) continue;
      const part = slash ? { at: value.length - 1, length: 1 } : parts.queryPart;
      report({
        ...provider.within(key, part.at, part.length),
        message: slash
          ? `api_url of [${provider.section}] ends in "/"`
          : `api_url of [${provider.section}] has the query ${cite(value.slice(parts.queryPart.at), 30)}`,
        consequence:
          suffix === ''
            ? 'UserInfo of this identity provider has no "/" at its end: the request may be answered with 404, and then e-mail, role and groups come from the ID token alone'
            : `Grafana asks ${cite(`${value}${suffix}`, 100)}, which fails${suffix === '/emails' ? ' the login of people whose e-mail it has not found before' : ', and everybody is refused'}`,
        help: `write api_url = ${trimmed}`,
        suggestions: [trimmed],
      });
    }
  },
};

/** What Grafana appends for certain or where it finds no e-mail; undefined where it seems to need nothing. */
function appended(subject: GrafanaSubject, provider: ProviderView): string | undefined {
  if (items(subject, provider, 'allowed_organizations').length > 0) return '/orgs';
  if (items(subject, provider, 'team_ids').length > 0 && provider.text('teams_url') === '') return '/teams';
  const scopes = scopesOf(subject, provider);
  if (scopes.includes('email') || provider.text('email_attribute_path') !== '') return undefined;
  return '/emails';
}

/** An address known to have no slash at its end. */
function foreignSlash(trimmed: string): boolean {
  const known = identityProvider({ auth: '', token: '', api: trimmed });
  return known !== undefined && known.apiSlash !== true;
}
