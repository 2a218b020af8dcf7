/** Runs of `validate` that belong together: baselines over time, project files from several folders, environments that must not count. */
import { describe, expect, it } from 'vitest';
import { main } from '../../src/main.js';
import { createFakeHost, type World } from '../helpers/fake-host.js';

async function run(words: readonly string[], world: World = {}) {
  const host = createFakeHost(world);
  const status = await main(words, host);
  return { status, out: host.out(), err: host.err(), written: host.written };
}

const LINES = (out: string) => out.trimEnd().split('\n').filter(Boolean);

const BAD = '[auth.generic_oauth]\nEnabled = false\nName = Acme\nName = Acme\nclient_secret = "s3cr3t#2024"\n';

describe('a baseline', () => {
  const update = async (text: string, before?: string) => {
    const files = { 'conf/grafana.ini': text, ...(before === undefined ? {} : { 'baseline.json': before }) };
    const { written, err, status, out } = await run(
      ['validate', 'conf/grafana.ini', '--baseline', 'baseline.json', '--update-baseline', '--format', 'compact'],
      { files },
    );
    expect([status, out]).toEqual([0, '']);
    return { baseline: written.get('baseline.json')!, err };
  };
  const check = (text: string, baseline: string, ...more: string[]) =>
    run(['validate', 'conf/grafana.ini', '--baseline', 'baseline.json', '--format', 'compact', ...more], {
      files: { 'conf/grafana.ini': text, 'baseline.json': baseline },
    });

  it('hides what was there, wherever it moves, and nothing new', async () => {
    const { baseline } = await update(BAD);
    expect(await check(BAD, baseline)).toMatchObject({ status: 0, out: '', err: '' });
    expect(await check(`; moved\n\n${BAD.replace('Enabled', '  Enabled')}`, baseline)).toMatchObject({
      status: 0,
      out: '',
    });
    const more = await check(`${BAD}Name = Acme\nScopes = openid\n`, baseline);
    expect(more.status).toBe(1);
    expect([...new Set(LINES(more.out).map((line) => line.replace(/: .*/, '')))]).toEqual([
      'conf/grafana.ini:6:1',
      'conf/grafana.ini:7:1',
    ]);
  });

  it('holds no word of a secret, and is the same in any order of calls', async () => {
    const { baseline } = await update(BAD);
    expect(baseline).not.toMatch(/s3cr3t|Acme|client/);
    expect((await update(BAD, baseline)).baseline).toBe(baseline);
  });

  it('tells what is gone, and forgets it when it is written anew', async () => {
    const { baseline } = await update(BAD);
    const mended = BAD.replace('Name = Acme\nName = Acme\n', 'name = Acme\n');
    const { status, err } = await check(mended, baseline, '--verbose');
    expect(status).toBe(0);
    expect(err).toContain('of baseline.json are gone; --update-baseline takes them out');
    expect(err).toContain('conf/grafana.ini: wrong-case');
    const next = await update(mended, baseline);
    expect(next.err).toMatch(/has \d findings now; \d gone/);
    expect(await check(mended, next.baseline)).toMatchObject({ status: 0, out: '', err: '' });
    expect((await check(BAD, next.baseline)).status).toBe(1);
  });

  it('keeps what it knows of files that are not looked at', async () => {
    const { baseline } = await update(BAD);
    const { written } = await run(['validate', 'other.ini', '--baseline', 'baseline.json', '--update-baseline'], {
      files: { 'other.ini': '[auth.generic_oauth]\nName = x\n', 'baseline.json': baseline },
    });
    const files = Object.keys(JSON.parse(written.get('baseline.json')!).files);
    expect(files).toEqual(['conf/grafana.ini', 'other.ini']);
  });

  it('can be named by the project file, from its folder', async () => {
    const { baseline } = await update(BAD);
    const files = {
      'conf/grafana.ini': BAD,
      'ci/baseline.json': baseline.replace('"conf/', '"../conf/'),
      '.auth-cli.yaml': 'files: [conf]\nbaseline: ci/baseline.json\n',
    };
    expect(await run(['validate', '--format', 'compact'], { files })).toMatchObject({ status: 0, out: '', err: '' });
    const { written } = await run(['validate', '--update-baseline'], { files });
    expect([...written.keys()]).toEqual(['ci/baseline.json']);
    expect(written.get('ci/baseline.json')).toBe(files['ci/baseline.json']);
  });
});

describe('a project file', () => {
  const above = {
    '../.auth-cli.yaml':
      'grafanaVersion: 9.4\nformat: json\nrules: { wrong-case: info }\noverrides: [{ files: [user/a.ini], grafanaVersion: 11.2 }]\n',
  };
  const seen = async (words: readonly string[], files: Record<string, string>) => {
    const { out, status } = await run(words, { files: { 'a.ini': BAD, 'b.ini': BAD, ...files } });
    return { status, ...JSON.parse(out) };
  };

  it('is found in a folder above, and its patterns are seen from there', async () => {
    expect((await seen(['validate', 'a.ini'], above)).target).toEqual({ product: 'grafana', version: '11.2' });
    const other = await seen(['validate', 'b.ini'], above);
    expect(other.target.version).toBe('9.4');
    const mistyped = other.files[0].findings.filter(({ rule }: { rule: string }) => rule === 'wrong-case');
    expect(mistyped).toMatchObject([{ severity: 'info' }, { severity: 'info' }, { severity: 'info' }]);
  });

  it('is not looked for above the root of a repository', async () => {
    const { out, status } = await run(['validate', 'a.ini', '--format', 'compact'], {
      files: { 'a.ini': BAD, '.git/HEAD': 'x', ...above },
    });
    expect([status, out.includes('error')]).toEqual([1, true]);
  });

  it('gives layers and variables, from its folder', async () => {
    const files = {
      '.auth-cli.yaml':
        'config: [base/defaults.ini]\nenvFile: [base/vars.env]\nenv: { GF_AUTH_GENERIC_OAUTH_SCOPES: openid email }\nformat: json\n',
      'base/defaults.ini': '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
      'base/vars.env': 'GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET=from-a-file\nGF_AUTH_GENERIC_OAUTH_SCOPES=profile\n',
      'a.ini': '[auth.generic_oauth]\nname = x\n',
    };
    const rules = (report: { files: { findings: { rule: string }[] }[] }) =>
      report.files.flatMap(({ findings }) => findings.map(({ rule }) => rule));
    const found = rules(await seen(['validate', 'a.ini'], files));
    expect(found).toContain('missing-endpoint');
    for (const rule of ['missing-client-id', 'missing-client-secret', 'default-github-scope'])
      expect(found).not.toContain(rule);
    const alone = await seen(['validate', 'a.ini', '--config', 'b.ini'], {
      ...files,
      'b.ini': '[auth.generic_oauth]\nenabled = true\n',
    });
    expect(rules(alone)).toContain('missing-client-id');
  });

  it('says what form a file has', async () => {
    const files = {
      '.auth-cli.yaml': 'files: [conf]\nformat: json\noverrides: [{ files: ["*.settings.yaml"], form: helm-values }]\n',
      'conf/x.settings.yaml': 'grafana.ini:\n  auth.generic_oauth:\n    Enabled: true\n',
    };
    expect((await seen(['validate'], files)).files).toMatchObject([{ path: 'conf/x.settings.yaml' }]);
  });

  it('says what product a file belongs to', async () => {
    const files = {
      '.auth-cli.yaml': 'files: [conf]\nformat: json\noverrides: [{ files: [plain.yaml], product: gem }]\n',
      'conf/plain.yaml': 'target: all\n',
      'conf/other.yaml': 'target: all\n',
    };
    const { target, files: read } = await seen(['validate'], files);
    expect([target.product, read.length, read[0].path]).toEqual(['gem', 1, 'conf/plain.yaml']);
  });

  it('may turn what is patched or fixed into any form, beside it', async () => {
    const files = { '.auth-cli.yaml': 'format: json\n', 'a.ini': BAD };
    const { out, err } = await run(['validate', 'a.ini', '--fix-dry-run', '--quiet'], { files });
    expect(out).toMatch(/^--- a\/a.ini\n/);
    expect(JSON.parse(err)).toMatchObject({ formatVersion: 1 });
  });
});

describe('the environment', () => {
  const HOSTILE: Record<string, string> = {
    GF_AUTH_GENERIC_OAUTH_CLIENT_ID: 'hostile',
    GF_AUTH_GENERIC_OAUTH_ENABLED: 'true',
    GF_PATHS_CONFIG: 'other.ini',
    GF_SERVER_ROOT_URL: 'http://hostile/',
    MB_JWT_SHARED_SECRET: 'short',
    AUTH_CLI_FORMAT: 'json',
    AUTH_CLI_PROJECT: 'nowhere.yaml',
    AUTH_CLI_FAIL_ON: 'info',
    SECRET: 'hostile',
    HOSTNAME: 'hostile',
    LANG: 'tr_TR.UTF-8',
    LC_ALL: 'ar_EG.UTF-8',
    TZ: 'Pacific/Kiritimati',
    COLUMNS: '20',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    NODE_ENV: 'production',
  };
  const files = {
    'grafana.ini': '[server]\ndomain = ${HOSTNAME}\n[auth.generic_oauth]\nclient_secret = ${SECRET}\nEnabled = true\n',
    'other.ini': '[auth.generic_oauth]\nenabled = true\n',
    'vars.env': 'GF_AUTH_GENERIC_OAUTH_NAME=${SECRET}\n',
    'docker-compose.yaml':
      'services:\n  grafana:\n    image: grafana/grafana\n    environment:\n      - GF_AUTH_GENERIC_OAUTH_ENABLED\n      - GF_AUTH_GENERIC_OAUTH_NAME=${SECRET}\n',
    'dash.env': 'MB_JWT_ENABLED=true\nMB_JWT_IDENTITY_PROVIDER_URI=https://login.acme.dev/\n',
    'gem.yaml': 'auth:\n  type: enterprise\n',
  };

  it.each([
    [['validate', 'grafana.ini', '--json']],
    [['validate', '--json']],
    [['validate', '.', '--json']],
    [['validate', 'grafana.ini', '--env-file', 'vars.env', '--json']],
    [['validate', 'docker-compose.yaml', '--json']],
    [['validate', 'dash.env', 'gem.yaml', '--format', 'compact']],
    [['validate', 'grafana.ini', '--format', 'compact']],
  ])('never changes the verdict: %j', async (words) => {
    const calm = await run(words, { files });
    expect(await run(words, { files, env: HOSTILE })).toEqual(calm);
    expect(calm.out.length).toBeGreaterThan(0);
  });

  it('counts with --env', async () => {
    const calm = await run(['validate', 'grafana.ini', '--env', '--json'], { files });
    const hostile = await run(['validate', 'grafana.ini', '--env', '--json'], { files, env: HOSTILE });
    expect(hostile.out).not.toBe(calm.out);
  });
});
