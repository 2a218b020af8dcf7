/** Values that only the running system knows: nothing is said about what they might be. */
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { validateGrafana } from '../../src/products/grafana-validate.js';
import { sectionOptions } from '../../src/settings/catalog.js';
import { envName } from '../../src/settings/env-names.js';

const COMPLETE = {
  enabled: 'true',
  name: 'Corp',
  client_id: 'grafana',
  client_secret: '$__env{CLIENT_SECRET}',
  auth_url: 'https://idp.acme.net/auth',
  token_url: 'https://idp.acme.net/token',
  api_url: 'https://idp.acme.net/me',
  scopes: 'openid email profile',
  use_pkce: 'true',
  role_attribute_path: "contains(groups[*], 'admins') && 'Admin' || 'Viewer'",
};
const SERVER = { root_url: 'https://grafana.acme.net/' };

/** Rules about which keys there are, whatever they hold. */
const ABOUT_KEYS = ['tls-pair', 'teams-url-unused', 'env-key-too-new', 'credentials-via-post'];

async function rulesOf(values: unknown): Promise<string[]> {
  const file = { path: 'values.yaml', text: stringify(values, { lineWidth: 0 }), form: 'helm-values' };
  const { findings } = await validateGrafana([file], {});
  const about = findings.filter(({ rule }) => !ABOUT_KEYS.includes(rule));
  return about.map(({ rule, option, message }) => `${rule} ${option}: ${message}`);
}

const known = new Set(await rulesOf({ 'grafana.ini': { server: SERVER, 'auth.generic_oauth': COMPLETE } }));
const added = async (values: unknown) => (await rulesOf(values)).filter((text) => !known.has(text));
const options = [...sectionOptions('auth.generic_oauth')!.values()]
  .filter(({ unread }) => !unread)
  .map(({ key }) => key);

describe.each(options)('%s', (key) => {
  it.each(['{{ include "sso.value" . }}', 'x-{{ .Values.global.sso }}-y'])('as the template %s', async (text) => {
    const checked = key === 'jwk_set_url' ? { validate_id_token: 'true' } : {};
    const section = { ...COMPLETE, ...checked, [key]: text };
    const off = key === 'client_secret' ? { assertNoLeakedSecrets: false } : {};
    expect(await added({ 'grafana.ini': { server: SERVER, 'auth.generic_oauth': section }, ...off })).toEqual([]);
  });

  it('from a Secret', async () => {
    const { [key as 'name']: _mine, ...section } = COMPLETE;
    const variable = envName('auth.generic_oauth', key);
    const values = {
      'grafana.ini': { server: SERVER, 'auth.generic_oauth': section },
      envValueFrom: { [variable]: { secretKeyRef: { name: 'sso', key } } },
    };
    expect(await added(values)).toEqual([]);
  });
});
