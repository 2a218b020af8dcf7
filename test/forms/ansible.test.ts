import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTemplate, OPEN, renderJinja } from '../../src/forms/ansible/jinja.js';
import { loadForms } from '../../src/forms/load.js';
import { validateGrafana } from '../../src/products/grafana-validate.js';

const file = (text: string) => ({ path: 'group_vars/grafana.yml', text, form: 'ansible' });

const open = (): typeof OPEN => OPEN;

describe('templates', () => {
  it.each([
    ["{{ ['a b', 'c'] | to_json }}", '["a b", "c"]'],
    ["{{ 'a' ~ 'b' ~ 3 }}", 'ab3'],
    ['{{ true }}', 'True'],
    ['{{ none }}', 'None'],
    ["x {{ 'y' | upper }} z", 'x Y z'],
    ["{{ ['openid', 'email'] | join(' ') }}", 'openid email'],
    ["{{ missing | default('viewer') }}", 'viewer'],
    ['{% raw %}{{ groups }}{% endraw %}', '{{ groups }}'],
    ['a{# nothing #}b', 'ab'],
    ["{{ ['it''s'] }}", undefined],
    ["{{ 'é' | to_json }}", '"\\u00e9"'],
    ["{{ 'a }} b' }}", 'a }} b'],
  ])('%s', (text, wanted) => {
    const result = renderJinja(text, (name) => (name === 'missing' ? undefined : OPEN));
    expect(result.known ? result.text : undefined).toBe(wanted);
  });

  it.each([
    ['{{ vault_x }}', 'open'],
    ["{{ lookup('file', '/x') }}", 'open'],
    ['{{ hostvars.a.b }}', 'open'],
    ['{% if x %}a{% endif %}', 'open'],
    ['{{ a', 'syntax'],
    ['{{ }}', 'syntax'],
  ])('leaves %s alone', (text, reason) => {
    expect(renderJinja(text, open)).toMatchObject({ known: false, reason });
  });

  it('of any kind throw nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}%#\'"|~[](), abx\\\n') }), (text) => {
        const result = renderJinja(text, open);
        if (!isTemplate(text)) expect(result).toEqual({ known: true, text });
      }),
    );
  });
});

describe('grafana_ini', () => {
  it('is found in a play, and uses variables of its own level', async () => {
    const config = await loadForms([
      file(`- hosts: all
  vars:
    idp: https://id.acme.dev
    grafana_ini:
      auth.generic_oauth:
        enabled: true
        auth_url: "{{ idp }}/auth"
        client_secret: "{{ vault_secret }}"
        token_url: "{{ elsewhere }}/token"
`),
    ]);
    expect(config.sections['auth.generic_oauth']).toMatchObject({
      enabled: 'True',
      auth_url: 'https://id.acme.dev/auth',
      client_secret: '{{ vault_secret }}',
    });
    expect(config.problems).toEqual([]);
  });

  it('says where a setting lands behind a section inside a section', async () => {
    const { findings } = await validateGrafana([
      file('grafana_ini:\n  auth:\n    generic_oauth:\n      enabled: true\n    disable_login_form: true\n'),
    ]);
    expect(findings.find(({ rule }) => rule === 'form-wrong-place')).toMatchObject({
      range: { start: { line: 5, column: 5 } },
      option: 'disable_login_form',
    });
  });

  it('judges nothing that a vault or another file holds', async () => {
    const { findings } = await validateGrafana([
      file(`grafana_ini:
  server:
    root_url: "https://{{ domain }}/"
  auth.generic_oauth:
    enabled: true
    client_id: "{{ oauth_client }}"
    client_secret: !vault |
      $ANSIBLE_VAULT;1.1;AES256
      6162
    auth_url: "{{ idp }}/auth"
    token_url: "{{ idp }}/token"
    api_url: "{{ idp }}/userinfo"
    scopes: openid email profile
    use_pkce: true
    allowed_domains: acme.dev
    skip_org_role_sync: true
`),
    ]);
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it.each(['grafana_ini:\n', 'grafana_ini: [a]\n', 'grafana_ini: "{{ x }}"\n', 'grafana_ini: {a: [\n', ''])(
    'of another shape (%j) throws nothing',
    async (text) => {
      await expect(loadForms([file(text)])).resolves.toBeDefined();
    },
  );
});
