import { describe, expect, it } from 'vitest';
import { validateGrafana } from '../../src/products/grafana-validate.js';

const SECTION = (enabled: string) => `[server]
root_url = https://grafana.acme.com/
[auth.generic_oauth]
${enabled}
client_id = grafana
auth_url = login.acme.com/authorize
token_url = https://login.acme.com/token
role_attribute_path = contains(groups
use_pkce = true
allowed_domains = acme.com
`;

async function look(text: string) {
  const { findings, notes } = await validateGrafana([{ path: 'grafana.ini', text }]);
  return { rules: findings.map(({ rule }) => rule), note: notes.find((one) => one.startsWith('[')) };
}

describe('a provider that is switched off', () => {
  it('is left alone, and it is said how much that hides', async () => {
    const off = await look(SECTION('enabled = false'));
    const on = await look(SECTION('enabled = true'));
    expect(off.rules).not.toContain('invalid-url');
    expect(on.rules).toContain('invalid-url');
    expect(on.note).toBeUndefined();
    const [, count, errors] =
      /is off: (\d+) problems not reported that would show with enabled = true, (\d+) of them errors$/.exec(off.note!)!;
    const { findings } = await validateGrafana([{ path: 'grafana.ini', text: SECTION('enabled = true') }]);
    const hidden = findings.filter(
      ({ rule, section, severity }) =>
        section === 'auth.generic_oauth' && severity !== 'info' && !off.rules.includes(rule),
    );
    expect(Number(count)).toBe(hidden.length);
    expect(Number(errors)).toBe(hidden.filter(({ severity }) => severity === 'error').length);
  });

  it('still has its names and its syntax checked', async () => {
    expect((await look(SECTION('enabled = false\nclient_idd = x'))).rules).toContain('unknown-key');
  });

  it.each([
    ['the section of a sample', SECTION('enabled = false').replace('= grafana', '= some_id')],
    ['a section without a client', SECTION('enabled = false').replace('client_id = grafana', '')],
    ['a misspelt switch, which is checked as if it were on', SECTION('enabled = ture')],
  ])('is no news: %s', async (_name, text) => {
    expect((await look(text)).note).toBeUndefined();
  });
});
