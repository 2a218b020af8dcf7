/** What is known to work with a provider gives no finding, in every version it works with. */
import { describe, expect, it } from 'vitest';
import { writeIniValue } from '../../../src/document/ini-write.js';
import { loadDetails, PRESET_IDS } from '../../../src/providers/load.js';
import { fill } from '../../../src/providers/templates.js';
import type { ProviderDetails } from '../../../src/providers/types.js';
import { findingsIn } from '../../helpers/findings.js';

const GRAFANA = 'https://grafana.acme.org';

/** A provider's addresses with the names of a company that exists. */
function filled(details: ProviderDetails): (text: string) => string {
  const values = Object.fromEntries(
    details.variables.map(({ name, example }) => [name, example.replaceAll(/example\.(com|org|net)/g, 'acme.org')]),
  );
  const from = {
    authorization_endpoint: 'authorize',
    token_endpoint: 'token',
    userinfo_endpoint: 'userinfo',
    end_session_endpoint: 'logout',
  };
  const discovered = Object.fromEntries(
    Object.entries(from).map(([name, path]) => [name, `https://sso.acme.org/${path}`]),
  );
  const all = { ...discovered, ...values, grafana: GRAFANA, grafana_enc: encodeURIComponent(GRAFANA) };
  return (text) => fill(text, all);
}

async function preset(id: string): Promise<string> {
  const details = (await loadDetails(id))!;
  const { settings: known, role, strictRole, groups, email, login, name } = details.grafana;
  // The addresses of teams belong to a list of them, which is the person's own.
  const { teams_url: _url, team_ids_attribute_path: _path, ...settings } = known;
  const paths = {
    role_attribute_path: strictRole ?? role,
    role_attribute_strict: 'true',
    groups_attribute_path: groups,
    email_attribute_path: email,
    login_attribute_path: login,
    name_attribute_path: name,
  };
  const fillIn = filled(details);
  const options = {
    ...settings,
    allow_sign_up: 'true',
    enabled: 'true',
    client_id: 'grafana',
    client_secret: '$__file{/run/secrets/oauth}',
    ...paths,
  };
  const lines = Object.entries(options).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key} = ${writeIniValue(fillIn(value))}`],
  );
  return `[server]\nroot_url = ${GRAFANA}/\n\n[security]\nsecret_key = $__file{/run/secrets/key}\ncookie_secure = true\n\n[auth.generic_oauth]\n${lines.join('\n')}\n`;
}

/** True of the provider whatever is configured. */
const OF_THE_PROVIDER: Readonly<Record<string, readonly string[]>> = {
  github: ['missing-sub'],
  // Whether it takes PKCE is not known.
  bitbucket: ['missing-sub', 'pkce-off'],
  openshift: ['missing-sub'],
  // Its example knows server administrators, which the person who sets it up has to allow.
  kanidm: ['grafana-admin-inert'],
};

describe('the settings known to work with a provider', () => {
  it.each(PRESET_IDS)('%s: nothing to find', async (id) => {
    const text = await preset(id);
    const found = (await findingsIn(text, { grafanaVersion: '13.0' })).filter(
      ({ rule }) => !OF_THE_PROVIDER[id]?.includes(rule),
    );
    expect(
      found.map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`),
      text,
    ).toEqual([]);
  });
});
