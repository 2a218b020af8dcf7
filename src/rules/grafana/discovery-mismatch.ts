import { endpoints } from './endpoints.js';
import type { GrafanaRule, ProviderView } from './subject.js';
import { cite } from './support.js';
import { hostKind, type UrlParts, urlParts } from './urls.js';

/** Option → member of the discovery document that says the same. */
const MEMBERS = {
  auth_url: 'authorization_endpoint',
  token_url: 'token_endpoint',
  api_url: 'userinfo_endpoint',
  jwk_set_url: 'jwks_uri',
} as const;

const CONSEQUENCES: Readonly<Record<string, string>> = {
  auth_url: 'people are sent to an address the provider does not announce: another realm or tenant, or an error page',
  token_url: 'the code is sent to an address the provider does not announce: "Failed to get token from provider"',
  api_url:
    'claims are asked for at an address the provider does not announce; where that fails, no word of it is logged at the usual level',
  jwk_set_url: 'the keys for ID tokens are not those of the provider',
};

export const discoveryMismatch: GrafanaRule = {
  id: 'discovery-mismatch',
  code: 'R10',
  severity: 'error',
  summary: 'an address differs from the one the issuer announces in its discovery document',
  needs: 'discovery',
  docs: {
    why: 'The discovery document says where an issuer really answers. An address that differs is most often that of another realm, tenant or version: the login then fails at exactly that step, or UserInfo refuses the token and its claims are missing.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://sso.acme.com/realms/main/auth\ntoken_url = https://sso.acme.com/realms/master/token\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://sso.acme.com/realms/main/auth?kc_idp_hint=corp\ntoken_url = https://sso.acme.com/realms/main/token\n',
    references: ['OpenID Connect Discovery 1.0, section 3', 'RFC 8414, section 2'],
  },
  exampleOptions: {
    discovery: {
      issuer: 'https://sso.acme.com/realms/main',
      authorization_endpoint: 'https://sso.acme.com/realms/main/auth',
      token_endpoint: 'https://sso.acme.com/realms/main/token',
    },
  },
  check(subject, report) {
    const document = subject.discovery;
    if (typeof document !== 'object' || document === null) return;
    for (const { provider, key, value } of endpoints(subject, Object.keys(MEMBERS))) {
      const member = MEMBERS[key as keyof typeof MEMBERS];
      const announced = (document as Record<string, unknown>)[member];
      if (typeof announced !== 'string' || !isAbout(provider, document as Record<string, unknown>)) continue;
      const [written, wanted] = [urlParts(value), urlParts(announced)];
      if (!written || !wanted) continue;
      const difference = compare(written, wanted);
      if (!difference) continue;
      report({
        ...provider.within(key, difference.at, difference.length),
        severity: difference.severity,
        message: `${key} of [${provider.section}] differs from ${member} of the issuer: ${difference.what}`,
        consequence: difference.consequence ?? CONSEQUENCES[key],
        help: `the discovery document says: ${key} = ${announced}`,
        suggestions: [announced],
      });
    }
  },
};

/** Other providers may belong to other issuers; generic OAuth is what is compared, and whoever shares its host. */
function isAbout(provider: ProviderView, document: Readonly<Record<string, unknown>>): boolean {
  if (provider.isGeneric) return true;
  const announced = document['authorization_endpoint'];
  const own = urlParts(provider.text('auth_url'))?.host;
  return own !== undefined && typeof announced === 'string' && urlParts(announced)?.host === own;
}

interface Difference {
  readonly at: number;
  readonly length: number;
  readonly severity: 'error' | 'warning' | 'info';
  readonly what: string;
  readonly consequence?: string;
}

const PORTS: Readonly<Record<string, string>> = { http: '80', https: '443' };
const port = (parts: UrlParts) => parts.port || PORTS[parts.scheme];

/** Queries are left out: they carry hints the document knows nothing of. */
function compare(written: UrlParts, wanted: UrlParts): Difference | undefined {
  const samePath = plainPath(written.path) === plainPath(wanted.path);
  if (written.host !== wanted.host || port(written) !== port(wanted)) {
    const inside = samePath && hostKind(written.host) !== 'public';
    const name = (parts: UrlParts) => parts.host + (parts.port === '' ? '' : `:${parts.port}`);
    return {
      at: written.hostPart.at,
      length: written.hostPart.length,
      severity: inside ? 'info' : 'error',
      what: `host ${cite(name(written))} instead of ${cite(name(wanted))}`,
      ...(inside
        ? { consequence: 'fine where Grafana reaches the provider by a name of its own network; check that it does' }
        : {}),
    };
  }
  if (written.scheme !== wanted.scheme) {
    const what = `${written.scheme} instead of ${wanted.scheme}`;
    return { at: 0, length: written.schemePart.length, severity: 'error', what };
  }
  if (samePath) return undefined;
  const { at, length } = written.pathPart;
  const slashOnly = written.path.replace(/\/$/, '') === wanted.path.replace(/\/$/, '');
  if (slashOnly) {
    const slash = written.path.endsWith('/') ? 'a slash at the end that' : 'no slash at the end, which';
    return {
      at: at + Math.max(0, length - 1),
      length: 1,
      severity: 'warning',
      what: `${slash} the issuer ${written.path.endsWith('/') ? 'does not announce' : 'announces'}`,
      consequence: 'some providers answer both, others redirect (which loses a POST) or say 404',
    };
  }
  let same = 0;
  while (same < written.path.length && written.path[same] === wanted.path[same]) same++;
  const from = Math.min(same, Math.max(0, length - 1));
  return {
    at: at + from,
    length: Math.max(1, length - from),
    severity: 'error',
    what: `path ${cite(written.path)} instead of ${cite(wanted.path)}`,
  };
}

/** An empty path and `/` are the same address. */
const plainPath = (path: string) => (path === '' ? '/' : path);
