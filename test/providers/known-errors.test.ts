import { describe, expect, it } from 'vitest';
import { matchError, recogniseError } from '../../src/providers/known-errors.js';
import { loadTroubles, PRESET_IDS } from '../../src/providers/load.js';

const KEYCLOAK = {
  auth: 'https://sso.acme.io/realms/main/protocol/openid-connect/auth',
  token: 'https://sso.acme.io/realms/main/protocol/openid-connect/token',
  api: '',
};
const ENTRA = {
  auth: 'https://login.microsoftonline.com/t/oauth2/v2.0/authorize',
  token: 'https://login.microsoftonline.com/t/oauth2/v2.0/token',
  api: '',
};

describe("a provider's own error", () => {
  it.each([
    [KEYCLOAK, 'token', '401 error=unauthorized_client "Invalid client or Invalid client credentials"', 'wrong secret'],
    [KEYCLOAK, 'token', '400 error=invalid_grant "PKCE verification failed"', 'verifier missing'],
    [KEYCLOAK, 'token', '400 error=invalid_grant "Code not valid"', 'code reused'],
    [KEYCLOAK, 'authorize', 'error=invalid_scope "Invalid scopes: openid groups"', 'no client scope of this client'],
    [ENTRA, 'token', 'error=invalid_client "AADSTS7000215: Invalid client secret provided."', ''],
    [ENTRA, 'token', 'error=invalid_client "AADSTS7000222: The provided client secret keys are expired."', ''],
  ] as const)('%#: is recognised in the answer', async (urls, where, said, meaning) => {
    const found = await recogniseError(urls, where, said);
    expect(found?.error.meaning).toContain(meaning);
    if (urls === ENTRA) expect(said).toContain(found!.error.text.split(' ')[0]!);
  });

  it('is none where provider, place or words are others', async () => {
    const words = 'error=invalid_grant "PKCE verification failed"';
    expect(await recogniseError({ auth: 'https://x.io/a', token: '', api: '' }, 'token', words)).toBeUndefined();
    expect(await recogniseError(KEYCLOAK, 'authorize', words)).toBeUndefined();
    expect(await recogniseError(KEYCLOAK, 'token', 'error=invalid_grant "Session not active"')).toBeUndefined();
    expect(await recogniseError(KEYCLOAK, 'token', '')).toBeUndefined();
  });

  it.each(PRESET_IDS)('%s: each text is found as itself, or as one that says the same', async (id) => {
    const { errors } = (await loadTroubles(id))!;
    for (const error of errors) {
      if (!['authorize', 'token', 'userinfo'].includes(error.where)) continue;
      const said = error.text.split(' / ').map((text) => text.replace(/^([a-z_]+): (.*)$/, 'error=$1 "$2"'));
      expect(
        said.filter((text) => matchError(errors, error.where, text) !== undefined),
        error.text,
      ).not.toEqual([]);
    }
  });
});
