/** Answers as somebody at acme.org would give them. */
import type { InitAnswers } from '../../src/init/configuration.js';
import { claimPath } from '../../src/init/role-expression.js';
import { readRoleRow } from '../../src/init/role-table.js';
import { providerNamed } from '../../src/providers/index.js';
import { loadDetails } from '../../src/providers/load.js';
import { fill } from '../../src/providers/templates.js';
import { versionProfile } from '../../src/settings/versions.js';

export async function answersFor(id: string, version?: string, rest: Partial<InitAnswers> = {}): Promise<InitAnswers> {
  const facts = providerNamed(id)!;
  const details = (await loadDetails(id))!;
  const own = (text: string) => text.replaceAll('example.com', 'acme.org');
  const variables = Object.fromEntries(details.variables.map(({ name, example }) => [name, own(example)]));
  const found = {
    auth: 'https://idp.acme.org/authorize',
    token: 'https://idp.acme.org/token',
    api: 'https://idp.acme.org/userinfo',
    endSession: 'https://idp.acme.org/logout',
    authStyle: 'InHeader',
  };
  const { table } = details.grafana;
  return {
    facts,
    details,
    variables,
    ...(id === 'generic-oidc' ? { found } : {}),
    clientId: variables['client_id'] ?? 'grafana',
    rootUrl: 'https://grafana.acme.org',
    rows: table.rows.map(([value, role]) => readRoleRow(`${own(value)}=${role}`)),
    claim: { path: claimPath(fill(table.claim, variables)), shape: table.shape },
    others: 'refused',
    gate: { domains: [], groups: [], teams: [], anyone: false },
    version: versionProfile(version)!,
    ...rest,
  };
}
