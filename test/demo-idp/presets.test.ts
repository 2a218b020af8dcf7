import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import {
  autoLogin,
  type DemoIdp,
  type DemoIdpOptions,
  findPreset,
  presetNames,
  startDemoIdp,
} from '../../src/demo-idp/index.js';
import { ask, authorizationUrl, codeFor, exchange, login } from './flow.js';

const running: DemoIdp[] = [];

async function imitate(as: string, options?: DemoIdpOptions): Promise<DemoIdp> {
  const idp = await startDemoIdp({ as, ...options });
  running.push(idp);
  return idp;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((idp) => idp.close()));
});

const style = (idp: DemoIdp) => (idp.preset.clientAuth.methods[0] === 'client_secret_basic' ? 'header' : 'params');

async function idTokenOf(idp: DemoIdp, user: string): Promise<Record<string, unknown>> {
  const { token } = await login(idp, user, style(idp));
  return decodeJwt(token.json.id_token);
}

describe.each(presetNames())('%s', (name) => {
  it('logs the admin in with its own settings', async () => {
    const idp = await imitate(name);
    const preset = findPreset(name)!;
    const { token, userinfo } = await login(idp, 'admin', style(idp));
    expect(token.status).toBe(200);
    const answer = token.json ?? Object.fromEntries(new URLSearchParams(token.text));
    const { status } = await ask(idp.endpoints.userinfo, {
      headers: { authorization: `Bearer ${answer.access_token}` },
    });
    expect(status).toBe(200);
    if (preset.kind === 'oidc') {
      expect(userinfo.json.sub).toEqual(expect.any(String));
      expect(decodeJwt(answer.id_token)).toMatchObject({ iss: idp.issuer, sub: userinfo.json.sub });
      const discovery = await ask(idp.endpoints.discovery!);
      expect(discovery.json.issuer).toBe(idp.issuer);
    } else {
      expect(answer.id_token).toBeUndefined();
    }
    expect(answer.access_token.split('.').length === 3).toBe(preset.accessToken !== undefined);
    const asksRefresh = preset.settings['scopes']?.includes('offline_access') || preset.refresh === 'always';
    expect(answer.refresh_token !== undefined).toBe(asksRefresh);
  });
});

describe('habits', () => {
  it('Authelia says nothing in the ID token', async () => {
    const idp = await imitate('authelia');
    const { token, userinfo } = await login(idp, 'admin');
    expect(Object.keys(decodeJwt(token.json.id_token))).not.toEqual(expect.arrayContaining(['groups']));
    expect(decodeJwt(token.json.id_token)).not.toHaveProperty('email');
    expect(userinfo.json).toMatchObject({ groups: ['grafana-admins', 'platform'], email: 'ada@example.com' });
  });

  it('Keycloak keeps roles in the access token', async () => {
    const idp = await imitate('keycloak');
    const { token, userinfo } = await login(idp, 'admin');
    expect(decodeJwt(token.json.access_token)).toMatchObject({
      realm_access: { roles: expect.arrayContaining(['grafana-admin']) },
    });
    expect(decodeProtectedHeader(token.json.access_token).typ).toBe('at+jwt');
    for (const claims of [decodeJwt(token.json.id_token), userinfo.json]) {
      expect(claims).not.toHaveProperty('groups');
      expect(claims).not.toHaveProperty('realm_access');
    }
  });

  it('Entra replaces more than 200 groups by a reference', async () => {
    const idp = await imitate('entra');
    expect(await idTokenOf(idp, 'many-groups')).toMatchObject({ _claim_names: { groups: 'src1' } });
    const few = await idTokenOf(idp, 'admin');
    expect(few['groups']).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    expect(few).not.toHaveProperty('_claim_names');
  });

  it('authentik, Auth0, JumpCloud and CyberArk have a slash at the end of the issuer', async () => {
    for (const name of ['authentik', 'auth0', 'jumpcloud', 'cyberark']) {
      const idp = await imitate(name);
      expect(idp.issuer).toMatch(/[^/]\/$/);
      expect((await ask(`${idp.issuer}.well-known/openid-configuration`)).json.issuer).toBe(idp.issuer);
    }
  });

  it('Okta gives groups in UserInfo, and only with the groups scope', async () => {
    const idp = await imitate('okta');
    const { token, userinfo } = await login(idp, 'viewer');
    expect(decodeJwt(token.json.id_token)).not.toHaveProperty('groups');
    expect(userinfo.json.groups).toEqual(['sales', 'staff', 'Everyone']);
    const less = await exchange(idp, await codeFor(idp, 'viewer', { scope: 'openid profile email' }));
    const headers = { authorization: `Bearer ${less.json.access_token}` };
    expect((await ask(idp.endpoints.userinfo, { headers })).json).not.toHaveProperty('groups');
  });

  it('AD FS burns the code at the first wrong client authentication', async () => {
    const idp = await imitate('adfs');
    const code = await codeFor(idp, 'admin');
    const first = await exchange(idp, code, 'params', 'wrong');
    expect(first.json).toEqual({ error: 'invalid_client', error_description: 'MSIS9622' });
    const second = await exchange(idp, code, 'params');
    expect(second.json).toEqual({ error: 'invalid_grant', error_description: 'MSIS9612' });
    expect(await idTokenOf(idp, 'single-group')).toMatchObject({ group: 'grafana-editors' });
    const { userinfo } = await login(idp, 'admin', 'params');
    expect(Object.keys(userinfo.json)).toEqual(['sub']);
  });

  it('Bitbucket has no discovery, no PKCE, and addresses at /emails', async () => {
    const idp = await imitate('bitbucket');
    expect(idp.endpoints.discovery).toBeUndefined();
    expect((await ask(`${idp.origin}/.well-known/openid-configuration`)).status).toBe(404);
    const token = await exchange(idp, await codeFor(idp, 'hidden-email'), 'header', idp.clientSecret, {
      code_verifier: 'x'.repeat(43),
    });
    const headers = { authorization: `Bearer ${token.json.access_token}` };
    expect((await ask(idp.endpoints.userinfo, { headers })).json).not.toHaveProperty('email');
    expect((await ask(idp.endpoints.emails, { headers })).json.values).toContainEqual({
      type: 'email',
      email: 'hal@example.com',
      is_primary: true,
      is_confirmed: true,
    });
  });

  it('GitHub answers errors with 200 and tokens as a form', async () => {
    const idp = await imitate('github');
    const code = await codeFor(idp, 'admin');
    const wrong = await exchange(idp, code, 'params', 'wrong');
    expect([wrong.status, wrong.json]).toEqual([200, { error: 'incorrect_client_credentials' }]);
    const right = await exchange(idp, code, 'params');
    expect(right.type).toContain('application/x-www-form-urlencoded');
    const headers = { authorization: `Bearer ${new URLSearchParams(right.text).get('access_token')}` };
    expect((await ask(`${idp.endpoints.userinfo}/teams`, { headers })).json).toEqual([
      { id: 1001, slug: 'grafana', organization: { login: 'acme', id: 9 } },
    ]);
    const end = new URL(await autoLogin(authorizationUrl(idp), 'admin'));
    expect(end.searchParams.has('iss')).toBe(false);
  });

  it('providers with one method per client refuse the other', async () => {
    for (const name of ['authelia', 'zitadel', 'onelogin', 'pingone', 'jumpcloud', 'hydra']) {
      const idp = await imitate(name);
      const code = await codeFor(idp, 'admin');
      const wrong = await exchange(idp, code, 'params');
      expect(wrong.status).toBe(401);
      expect(wrong.json.error).toBe('invalid_client');
      expect((await exchange(idp, code, 'header')).status).toBe(200);
    }
  });

  it('providers that require PKCE say so', async () => {
    for (const name of ['authelia', 'kanidm', 'salesforce']) {
      const idp = await imitate(name);
      const end = new URL(await autoLogin(authorizationUrl(idp, {}, { pkce: false }), 'admin'));
      expect(end.searchParams.get('error')).toBe('invalid_request');
      expect(end.searchParams.has('code')).toBe(false);
    }
  });

  it('shapes of groups differ', async () => {
    const groups = async (name: string, user: string, claim = 'groups') => {
      const idp = await imitate(name);
      const { token, userinfo } = await login(idp, user, style(idp));
      return [decodeJwt(token.json.id_token)[claim], userinfo.json[claim]];
    };
    expect(await groups('jumpcloud', 'single-group')).toEqual(['grafana-editors', 'grafana-editors']);
    expect(await groups('onelogin:delimited', 'admin')).toEqual(['grafana-admins;platform', 'grafana-admins;platform']);
    expect(await groups('wso2', 'admin')).toEqual([['grafana-admins', 'platform'], 'grafana-admins,platform']);
    expect(await groups('keycloak:full-path', 'admin')).toEqual([
      ['/grafana-admins', '/platform'],
      ['/grafana-admins', '/platform'],
    ]);
    expect(await groups('gitlab', 'no-groups', 'groups_direct')).toEqual([[], undefined]);
    expect(await groups('zitadel', 'admin', 'urn:zitadel:iam:org:project:roles')).toEqual([
      undefined,
      expect.objectContaining({ admin: { '279000000000000000': 'acme.example.com' } }),
    ]);
    expect((await groups('kanidm', 'no-groups'))[0]).toHaveLength(2);
  });

  it('state must be long enough where the provider wants it', async () => {
    const idp = await imitate('hydra');
    const end = new URL(await autoLogin(authorizationUrl(idp, { state: 'short' }), 'admin'));
    expect(end.searchParams.get('error')).toBe('invalid_state');
  });

  it('words its refusals of scopes', async () => {
    const idp = await imitate('dex');
    const end = new URL(await autoLogin(authorizationUrl(idp, { scope: 'openid user:email' }), 'admin'));
    expect(end.searchParams.get('error_description')).toBe('Unrecognized scope(s) ["user:email"]');
  });
});

describe('sign-out', () => {
  const back = encodeURIComponent('http://localhost:3000/login');

  it('wants a hint or the client at Keycloak', async () => {
    const idp = await imitate('keycloak');
    const url = `${idp.endpoints.endSession}?post_logout_redirect_uri=${back}`;
    expect((await ask(url)).text).toContain('Missing parameters: id_token_hint');
    expect((await ask(`${url}&client_id=grafana`)).headers.get('location')).toBe('http://localhost:3000/login');
    const { token } = await login(idp, 'admin');
    expect((await ask(`${url}&id_token_hint=${token.json.id_token}&state=s1`)).headers.get('location')).toBe(
      'http://localhost:3000/login?state=s1',
    );
    expect((await ask(`${url}&id_token_hint=${token.json.id_token}x`)).status).toBe(400);
  });

  it('takes other names at Cognito, Red Hat SSO and PingFederate', async () => {
    const cognito = await imitate('cognito');
    expect((await ask(`${cognito.endpoints.endSession}?logout_uri=${back}`)).status).toBe(400);
    expect((await ask(`${cognito.endpoints.endSession}?client_id=grafana&logout_uri=${back}`)).status).toBe(303);
    const redhat = await imitate('redhat-sso');
    expect((await ask(`${redhat.endpoints.endSession}?redirect_uri=${back}`)).status).toBe(303);
    const ping = await imitate('pingfederate');
    expect((await ask(`${ping.endpoints.endSession}?TargetResource=${back}`)).status).toBe(303);
  });

  it('goes nowhere but to this machine', async () => {
    const idp = await imitate('generic-oidc');
    const evil = encodeURIComponent('https://evil.example/');
    expect((await ask(`${idp.endpoints.endSession}?post_logout_redirect_uri=${evil}`)).status).toBe(400);
    expect((await ask(idp.endpoints.endSession!)).text).toContain('You are signed out');
  });
});

describe('the fixed addresses of Grafana Cloud', () => {
  it('log in at any preset', async () => {
    const idp = await imitate('generic-oidc');
    const url = new URL(authorizationUrl(idp, { scope: 'openid' }));
    url.pathname = '/oauth2/authorize';
    const code = new URL(await autoLogin(url.href, 'editor')).searchParams.get('code')!;
    const inner = { ...idp, endpoints: { ...idp.endpoints, token: `${idp.origin}/api/oauth2/token` } };
    const token = await exchange(inner, code);
    const user = await ask(`${idp.origin}/api/oauth2/user`, {
      headers: { authorization: `Bearer ${token.json.access_token}` },
    });
    expect(user.json).toEqual({
      id: expect.any(Number),
      name: 'Eve Ekman',
      username: 'eve',
      email: 'eve@example.com',
      role: 'Editor',
      orgs: [{ login: 'acme', role: 'Editor' }],
    });
  });
});
