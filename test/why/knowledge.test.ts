/** Every text an entry names is found by it, and entries are complete. */
import { describe, expect, it } from 'vitest';
import { catalog } from '../../src/program.js';
import { Diagnoser } from '../../src/why/diagnose.js';
import { TROUBLES } from '../../src/why/knowledge.js';
import { ProviderErrors } from '../../src/why/providers.js';

function first(text: string): string | undefined {
  const diagnoser = new Diagnoser();
  diagnoser.add(text);
  return diagnoser.result()[0]?.id;
}

describe.each(TROUBLES.map((trouble) => [trouble.id, trouble] as const))('%s', (id, trouble) => {
  it.each(trouble.texts.map(({ text }) => text))('is what "%s" means', (text) => {
    expect(first(text)).toBe(id);
  });

  it('is found in a log too', () => {
    for (const { text } of trouble.texts)
      expect(
        first(`logger=context t=2026-01-31T12:00:00Z level=error msg="login failed" error=${JSON.stringify(text)}`),
      ).toBe(id);
  });

  it('has causes with something to do, and a source', () => {
    expect(trouble.texts.length).toBeGreaterThan(0);
    expect(trouble.causes.length).toBeGreaterThan(0);
    for (const { cause, check } of trouble.causes) {
      expect(cause).not.toMatch(/[.]$/);
      expect(check).not.toBe('');
    }
    expect(trouble.source).not.toBe('');
  });
});

it('names only commands and options there are', async () => {
  const commands = await catalog.describe();
  for (const { id, causes } of TROUBLES)
    for (const { check } of causes)
      for (const [call, first = ''] of check.matchAll(/auth-cli ([a-z][a-z-]*)[^;,]*/g)) {
        const own = commands.filter(
          ({ path }) => path[0] === first && (path.length === 1 || call.includes(path.join(' '))),
        );
        expect([id, call, own.length > 0]).toEqual([id, call, true]);
        const flags = own.flatMap(({ options }) => options.flatMap((option) => option.flags));
        for (const [flag] of call.matchAll(/--[a-z-]+/g))
          expect([call, flags]).toEqual([call, expect.arrayContaining([flag])]);
      }
});

it('entries have names of their own', () => {
  const ids = TROUBLES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { yieldsTo = [] } of TROUBLES) for (const id of yieldsTo) expect(ids).toContain(id);
});

/** What people paste, and what it is. */
const SEEN: readonly (readonly [string, string])[] = [
  ['login.OAuthLogin(NewTransportWithCode)', 'token-exchange'],
  ['login.OAuthLogin(get info from generic_oauth)', 'user-info'],
  ['login.OAuthLogin(missing saved state)', 'state-cookie-missing'],
  ['[auth.oauth.token.exchange]', 'token-exchange'],
  ['[auth.oauth.userinfo.error]', 'user-info'],
  ['[user.sync.internal]', 'user-sync'],
  ['Failed to get token from provider', 'token-exchange'],
  [
    'No valid role found. Skipping role sync. In Grafana 10, this will result in the user being assigned the default role and overriding manual assignment.',
    'no-valid-role',
  ],
  [
    `Failed to extract role" error="failed to search user info JSON response with provided path: \\"contains(realm_access.roles[*], 'x') && 'Admin'\\": Invalid type for: <nil>, expected: []jmespath.jpType{\\"array\\", \\"string\\"}"`,
    'contains-on-nothing',
  ],
  ['SyntaxError: Invalid token: tColon', 'expression-colon'],
  ['SyntaxError: Invalid token: tNumber', 'expression-hyphen'],
  ["invalid character 'a' looking for beginning of value", 'expression-literal'],
  ['incorrect number of args', 'expression-literal'],
  ["key-value delimiter not found: contains(groups[*], 'b') && 'Editor'", 'line-without-delimiter'],
  ['Integration requires a valid org role assigned in idP. Assigned role: " "', 'no-valid-role'],
  ['user not a member of one of the required groups', 'not-in-groups'],
  ['user not a member of one of the required teams', 'not-in-teams'],
  ['user not a member of one of the required organizations', 'not-in-organizations'],
  ['required email domain not fulfilled', 'domain-not-allowed'],
  ['system administrator has disabled signup', 'sign-up-disabled'],
  ['user does not belong to org', 'organization-missing'],
  ['Error getting email address: unsuccessful response status code 404', 'no-email'],
  ["Error decoding email addresses response: invalid character '<' looking for beginning of value", 'no-email'],
  ["invalid character '<' looking for beginning of value", 'html-answer'],
  ["Login provider didn't return an email address", 'no-email'],
  ['user already exists', 'user-sync'],
  ['User sync failed', 'user-sync'],
  ['UNIQUE constraint failed: user.login', 'same-identity'],
  ['redirect_uri_mismatch', 'redirect-uri-mismatch'],
  ['Invalid parameter: redirect_uri', 'redirect-uri-mismatch'],
  ['The request fails due to a missing, invalid, or mismatching redirection URI', 'redirect-uri-mismatch'],
  ['the redirect URI has an insecure protocol', 'redirect-insecure'],
  ['login.OAuthLogin(state mismatch)', 'state-mismatch'],
  ['GET /login/generic_oauth/login 404', 'stale-redirect-cookie'],
  ['Missing parameters: id_token_hint', 'logout-hint'],
  [
    'lvl=eror msg="login.OAuthLogin(NewTransportWithCode)" error="oauth2: cannot fetch token: 401 Unauthorized\\nResponse: {\\"error\\":\\"invalid_client\\"}"',
    'invalid-client',
  ],
  [
    'login.OAuthLogin(NewTransportWithCode) error="Post https://id.example.com/token: x509: certificate signed by unknown authority"',
    'certificate',
  ],
  ['tls: failed to verify certificate: x509: certificate signed by unknown authority', 'certificate'],
  ["MSIS9612: The authorization code received in 'code' parameter is invalid", 'invalid-grant'],
  [
    '{"error":"invalid_grant","error_description":"The authorization code is invalid or has expired."}',
    'invalid-grant',
  ],
  ['dial tcp: lookup keycloak.localhost on 127.0.0.11:53: no such host', 'unknown-host'],
  [
    'Post "http://127.0.0.1:9011/oauth2/token": dial tcp 127.0.0.1:9011: connect: connection refused',
    'connection-refused',
  ],
  ['dial tcp 10.1.2.3:443: connect: no route to host', 'connection-refused'],
  ['Post "": unsupported protocol scheme ""', 'empty-address'],
  ['Get : unsupported protocol scheme ""', 'empty-address'],
  ['code_challenge is required', 'pkce-required'],
  ['Missing parameter: code_challenge_method', 'pkce-required'],
  ['oauth2: server response missing access_token', 'no-access-token'],
  ['{"_claim_names":{"groups":"src1"}}', 'entra-groups-overage'],
  ['"hasgroups": true', 'entra-groups-overage'],
  [
    'AzureAD OAuth: version 1.0 is not supported. Please ensure the auth_url and token_url are set to the v2.0 endpoints.',
    'azure-v1',
  ],
  [
    'oidc: issuer did not match the issuer returned by provider, expected "https://a" got "https://a/"',
    'issuer-mismatch',
  ],
  ['generic_oauth = map[enabled:true]', 'nested-helm-values'],
  ["Sensitive key 'auth.google.client_secret' should not be defined explicitly in values", 'helm-leaked-secret'],
  ['https://id.example.com/authorize?client_id=$__file{/etc/secrets/id}&response_type=code', 'unexpanded-reference'],
  ["contains(groups[*],%27example@corp.example%27),&&,'Admin'", 'expression-mangled'],
  ['oauth2: token expired and refresh token is not set', 'refresh-token-missing'],
  ['Message seems corrupt or manipulated.', 'dashboard-signature'],
  ['Token is expired (1767225600)', 'dashboard-token-time'],
  ['Token is older than max-age (180)', 'dashboard-token-time'],
  ['Invalid redirect URL', 'dashboard-redirect'],
  ['Ambiguous URI path separator', 'dashboard-redirect'],
  ['JWT SSO has not been enabled and/or configured', 'dashboard-disabled'],
  ['A sub-match has to be present', 'gem-no-group'],
];

it.each(SEEN)('%s', (text, id) => {
  expect(first(text)).toBe(id);
});

it('what a provider says is found, with its own meaning', async () => {
  const providers = await ProviderErrors.load();
  const ask = (text: string, provider?: string) => {
    const diagnoser = new Diagnoser({ providers, provider });
    diagnoser.add(text);
    return diagnoser.result()[0];
  };
  expect(ask('AADSTS7000222: The provided client secret keys are expired.')?.causes[0]?.cause).toContain(
    'client secret expired',
  );
  expect(ask('AADSTS90094: admin consent is required')?.id).toBe('provider-entra');
  expect(ask('MSIS9612: the code is invalid')?.causes[0]?.cause).toContain('AD FS');
  // a text of many providers speaks for one only where that one is known
  expect(ask('{"error":"invalid_client"}')?.causes.some(({ cause }) => cause.includes('authentik'))).toBe(false);
  expect(ask('{"error":"invalid_client"}', 'authentik')?.causes[0]?.cause).toContain('authentik');
});

it('every telling text of a provider is known', async () => {
  const providers = await ProviderErrors.load();
  const { IDENTITY_PROVIDERS } = await import('../../src/providers/index.js');
  const { loadTroubles } = await import('../../src/providers/load.js');
  for (const { id } of IDENTITY_PROVIDERS)
    for (const { text, where } of (await loadTroubles(id))?.errors ?? []) {
      if (where === 'any') continue;
      const diagnoser = new Diagnoser({ providers, provider: id });
      diagnoser.add(text);
      expect([id, text, diagnoser.result().length > 0]).toEqual([id, text, true]);
    }
});
