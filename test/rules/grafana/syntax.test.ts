import { describe, expect, it } from 'vitest';
import { validate } from '../../../src/library/validate.js';

const SECTION = '[auth.generic_oauth]\n';

async function found(body: string, rule: string, options = {}) {
  const { files } = await validate([{ path: 'a.ini', text: SECTION + body }], options);
  return files[0]!.findings.filter((finding) => finding.rule === rule);
}

describe('values cut at a comment', () => {
  it.each([
    ['client_secret = a#b', 'truncated-secret'],
    ['client_secret = a;', 'truncated-secret'],
    ['client_secret = "a#b"', 'quotes-do-not-protect'],
    ["name = 'a;b'", 'quotes-do-not-protect'],
    ["role_attribute_path = contains(groups, '#x')", 'truncated-value'],
    ["role_attribute_path = contains(groups, 'a # b')", 'truncated-value'],
    ['auth_url = https://x/a?b=1;c=2', 'truncated-value'],
    ['scopes = openid;profile', 'truncated-value'],
  ])('%s: %s', async (line, rule) => {
    const all = ['truncated-value', 'truncated-secret', 'quotes-do-not-protect'];
    for (const one of all) expect(await found(`${line}\n`, one), one).toHaveLength(one === rule ? 1 : 0);
  });

  it.each([
    'enabled = true ; since May',
    'enabled = true;',
    'scopes = openid profile # as agreed',
    'client_secret = """a#b"""',
    'client_secret = `a#b`',
    'client_id = ; none yet',
    'name = Acme # staff',
    'auth_style = InParams;x',
  ])('%s is as meant', async (line) => {
    for (const rule of ['truncated-value', 'truncated-secret', 'quotes-do-not-protect'])
      expect(await found(`${line}\n`, rule)).toEqual([]);
  });

  it('points from the value to the end of what was cut', async () => {
    const [finding] = await found('client_secret = ab#cd  \nenabled = true\n', 'truncated-secret');
    expect(finding!.range).toEqual({ start: { line: 2, column: 17 }, end: { line: 2, column: 22 } });
  });
});

describe('quotes the reader removes', () => {
  it.each([
    ["role_attribute_path = 'Viewer'", 'error'],
    ["role_attribute_path = 'grafanaadmin'", 'error'],
    ["groups_attribute_path = 'groups'", 'info'],
    ["role_attribute_path = 'Admin' || 'Viewer'", undefined],
    ['role_attribute_path = \'contains(groups, "a")\'', undefined],
    [`role_attribute_path = "'Viewer'"`, undefined],
    ["name = 'Viewer'", undefined],
  ])('%s: %s', async (line, severity) => {
    expect((await found(`${line}\n`, 'lone-literal-unquoted')).map((finding) => finding.severity)).toEqual(
      severity === undefined ? [] : [severity],
    );
  });

  it.each([
    ['groups_attribute_path = "cognito:groups"', 1],
    ['groups_attribute_path = "https://acme.org/groups"', 1],
    ['name_attribute_path = "display name"', 1],
    ['groups_attribute_path = "groups"', 0],
    [`role_attribute_path = "contains(groups[*], 'a') && 'Admin'"`, 0],
    ['groups_attribute_path = "a-b"."c"', 0],
    [`groups_attribute_path = '"a-b"'`, 0],
  ])('%s: %i', async (line, count) => {
    expect(await found(`${line}\n`, 'quoted-identifier-stripped')).toHaveLength(count);
  });

  it.each([
    ["role_attribute_path = `true` && 'Admin'", 1],
    ['role_attribute_path = `"Admin"`', 1],
    ["role_attribute_path = `contains(groups, '#a')`", 0],
    ['client_secret = `a#b`', 0],
    ['client_secret = `a#b` ; rotated', 0],
    ['client_secret = `a#b` tail', 1],
  ])('%s: %i', async (line, count) => {
    expect(await found(`${line}\n`, 'leading-backtick')).toHaveLength(count);
  });
});

describe('lines joined by a backslash', () => {
  it.each([
    ['tls_client_ca = C:\\certs\\\nuse_pkce = true\n', 'use_pkce'],
    ['tls_client_ca = C:\\certs\\\n[server]\n', '[server]'],
    ['name = a # see C:\\\nuse_pkce = true\n', 'use_pkce'],
  ])('%j swallows %s', async (body, swallowed) => {
    const [finding] = await found(body, 'trailing-backslash');
    expect(finding?.consequence).toContain(swallowed);
  });

  it.each([
    "role_attribute_path = contains(groups, 'a') && 'Admin' || \\\n  'Viewer'\n",
    "role_attribute_path = a == 'b' && 'Admin' || \\\n  c == 'd' && 'Editor'\n",
    'tls_client_ca = C:\\certs\\\n\nuse_pkce = true\n',
    'client_secret = """a\\\nuse_pkce = true"""\n',
  ])('%j is a long value', async (body) => {
    expect(await found(body, 'trailing-backslash')).toEqual([]);
  });
});

describe('lines that stop Grafana', () => {
  it('are shown with what Grafana says, and the rest is still checked', async () => {
    const { files } = await validate([
      { path: 'a.ini', text: `${SECTION}enabled = true\nno delimiter\nClient_ID = x\n` },
    ]);
    const rules = files[0]!.findings.map(({ rule }) => rule);
    expect(rules).toContain('line-without-delimiter');
    expect(rules).toContain('wrong-case');
    expect(files[0]!.findings.find(({ rule }) => rule === 'line-without-delimiter')!.consequence).toContain(
      'Grafana does not start: key-value delimiter not found',
    );
  });

  it.each([
    ['```\n', 'markdown-leftover'],
    ['```ini\n', 'markdown-leftover'],
    ['...\n', 'markdown-leftover'],
    ['…\n', 'markdown-leftover'],
    ['name = """x\n', 'unclosed-multiline'],
    ['name = `x\n', 'unclosed-multiline'],
    ['"name = x\n', 'unclosed-multiline'],
    ['[auth\n', 'unclosed-section'],
    ['[]\n', 'unclosed-section'],
    [' = x\n', 'line-without-delimiter'],
    ['team_ids_attribute_path\n', 'line-without-delimiter'],
  ])('%j: %s, and nothing else', async (body, rule) => {
    const stops = ['markdown-leftover', 'unclosed-multiline', 'unclosed-section', 'line-without-delimiter'];
    for (const one of stops) expect(await found(body, one), one).toHaveLength(one === rule ? 1 : 0);
  });
});

describe('secrets', () => {
  it.each([
    [';client_secret = 9f2b71c0a54d4e1f8b6a3c7d', 1],
    ['# admin_password: Tr0ub4dor-and-3-more', 1],
    [';client_secret = some_secret', 0],
    [';client_secret = YOUR_APP_CLIENT_SECRET', 0],
    [';client_secret = <client secret 1234567890>', 0],
    [';client_secret = $__file{/run/secrets/a1}', 0],
    [';secret_key = SW2YcwTIb9zpOOhoPsMm', 0],
    [';client_secret =', 0],
    ['; the client_secret = is kept in the vault 2024', 0],
    [';api_url = https://id.acme.org/userinfo/1234567890', 0],
  ])('in a comment: %s: %i', async (line, count) => {
    expect(await found(`${line}\n`, 'commented-secret')).toHaveLength(count);
  });

  it.each([
    ['client_secret = 9f2b71c0a54d4e1f', 1],
    ['client_secret = $__file{/run/x}', 0],
    ['client_secret = ${SECRET}', 0],
    ['client_secret = YOUR_SECRET', 0],
    ['client_secret =', 0],
  ])('in plain text: %s: %i', async (line, count) => {
    expect(await found(`${line}\n`, 'file-readable-secret')).toHaveLength(count);
  });
});

describe('typographic characters', () => {
  it.each([
    ['role_attribute_path = ‘Admin’', 1],
    ['client_id = graf\u200bana', 1],
    ['api_url = https://id.acme.org/\u00a0userinfo', 1],
    ['allowed_groups = “admins”', 1],
    ['allowed_groups = Équipe de l’avenir', 0],
    ['name = L’entreprise', 0],
    ['name = Acme “Staff”', 0],
  ])('%s: %i', async (line, count) => {
    expect(await found(`${line}\n`, 'smart-quotes')).toHaveLength(count);
  });

  it('in a key name are told there, and not as an unknown key beside it', async () => {
    const { files } = await validate([{ path: 'a.ini', text: `${SECTION}client\u200b_id = x\n` }]);
    const rules = files[0]!.findings.map(({ rule }) => rule);
    expect(rules).toContain('smart-quotes');
    expect(rules).not.toContain('unknown-key');
  });
});

describe('repeated sections', () => {
  it('can be merged by deleting the header only where nothing lies between', async () => {
    const near = await found('name = a\n[auth.generic_oauth]\nuse_pkce = true\n', 'duplicate-section');
    expect(near[0]!.fix).toBeDefined();
    const far = await found('name = a\n[server]\n[auth.generic_oauth]\nuse_pkce = true\n', 'duplicate-section');
    expect(far).toHaveLength(1);
    expect(far[0]!.fix).toBeUndefined();
  });
});

describe('interpolation', () => {
  it.each([
    ['10.2', 'is replaced by the key of that name'],
    ['10.3', 'is taken as it stands'],
  ])('in %s: %s', async (grafanaVersion, text) => {
    const [finding] = await found('auth_url = %(host)s/auth\nhost = https://id.acme.org\n', 'interpolation', {
      grafanaVersion,
    });
    expect(finding!.message).toContain(text);
  });

  it('says nothing where an old version leaves an unknown name as it is', async () => {
    expect(await found('client_id = a%(nobody)sb\n', 'interpolation', { grafanaVersion: '10.2' })).toEqual([]);
  });
});
