import { endpoints } from './endpoints.js';
import type { GrafanaRule } from './subject.js';
import { cite } from './support.js';
import { type UrlParts, urlParts } from './urls.js';

export const swappedEndpoints: GrafanaRule = {
  id: 'swapped-endpoints',
  code: 'R09',
  severity: 'error',
  summary: 'an address looks like the one of another endpoint',
  docs: {
    why: "auth_url is opened by the browser, token_url takes the code, api_url gives the claims of the person. With two of them in each other's place, or with the discovery document in one, the identity provider answers with an error at once or after the login.",
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://login.acme.com/oauth2/token\ntoken_url = https://login.acme.com/oauth2/authorize\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nauth_url = https://login.acme.com/oauth2/authorize\ntoken_url = https://login.acme.com/oauth2/token\n',
    references: ['RFC 6749, 3: protocol endpoints', 'OpenID Connect Discovery 1.0'],
  },
  check(subject, report) {
    for (const { provider, key, value } of endpoints(subject, ['auth_url', 'token_url', 'api_url'])) {
      const parts = urlParts(value);
      if (!parts) continue;
      const role = roleOf(parts);
      if (!role || role.is === OWN[key]) continue;
      report({
        ...provider.within(key, role.at, role.length),
        message: `${key} of [${provider.section}] looks like the ${NAMES[role.is]} of the identity provider: ${cite(value.slice(role.at, role.at + role.length))}`,
        consequence: CONSEQUENCE[key]!,
        help: help(key, role),
      });
    }
  },
};

type Endpoint = 'authorization' | 'token' | 'userinfo' | 'discovery';

interface Role {
  readonly is: Endpoint;
  readonly at: number;
  readonly length: number;
}

const OWN: Readonly<Record<string, Endpoint>> = {
  auth_url: 'authorization',
  token_url: 'token',
  api_url: 'userinfo',
};

const NAMES: Readonly<Record<Endpoint, string>> = {
  authorization: 'authorization endpoint',
  token: 'token endpoint',
  userinfo: 'UserInfo endpoint',
  discovery: 'discovery document',
};

const CONSEQUENCE: Readonly<Record<string, string>> = {
  auth_url: 'the browser ends on an error of the identity provider instead of its login page',
  token_url: 'the code cannot be exchanged: "Failed to get token from provider"',
  api_url: 'UserInfo gives no claims: e-mail, role and groups come from the ID token alone',
};

/** Which endpoint a path names in its last two segments (some providers put an application id behind the name). */
function roleOf(parts: UrlParts): Role | undefined {
  const known = parts.path.indexOf('/.well-known');
  if (known !== -1) return { is: 'discovery', at: parts.pathPart.at + known, length: parts.path.length - known };
  let end = parts.path.length;
  const segments: { text: string; at: number }[] = [];
  while (end > 0 && segments.length < 2) {
    const start = parts.path.lastIndexOf('/', end - 1) + 1;
    if (start < end) segments.push({ text: parts.path.slice(start, end), at: parts.pathPart.at + start });
    end = start - 1;
  }
  for (const [index, { text, at }] of segments.entries()) {
    const is = named(text, index === 0);
    if (is) return { is, at, length: text.length };
  }
  return undefined;
}

function named(segment: string, last: boolean): Endpoint | undefined {
  const word = segment.toLowerCase();
  if (/^(authorize|authorization|authorization\.oauth2)$/.test(word)) return 'authorization';
  if (/^(access_?token|token\.oauth2)$/.test(word) || (word === 'token' && last)) return 'token';
  if (/^user_?info(\.openid)?$/.test(word)) return 'userinfo';
  // "/auth" ends an authorization endpoint, but stands in the middle of many other addresses.
  if (last && word === 'auth') return 'authorization';
  return undefined;
}

function help(key: string, role: Role): string {
  if (role.is === 'discovery')
    return `Grafana reads no discovery document; take ${key === 'auth_url' ? 'authorization_endpoint' : key === 'token_url' ? 'token_endpoint' : 'userinfo_endpoint'} out of it (auth-cli discover prints the settings)`;
  const home = { authorization: 'auth_url', token: 'token_url', userinfo: 'api_url' }[role.is];
  return `this address seems to belong into ${home}; compare with the discovery document of the identity provider`;
}
