import { describe, expect, it } from 'vitest';
import { isElsewhere } from '../../../src/rules/grafana/other-machine.js';
import { findingsIn } from '../../helpers/findings.js';

/** A file system with the folders and files named; others are not found. */
function files(...present: string[]): (path: string) => string {
  return (path) => {
    if (present.includes(path)) return 'k3y';
    const folder = present.some((one) => one.startsWith(`${path}/`));
    throw Object.assign(new Error('no'), { code: folder ? 'EISDIR' : 'ENOENT' });
  };
}

describe('a file', () => {
  it('belongs to another machine where its folder is not here either', async () => {
    expect(await isElsewhere(files('/etc/grafana/ca.pem'), '/run/secrets/oauth')).toBe(true);
    expect(await isElsewhere(files('/run/secrets/other'), '/run/secrets/oauth')).toBe(false);
    expect(await isElsewhere(files('/run/secrets/oauth'), '/run/secrets/oauth')).toBe(false);
    expect(await isElsewhere(files(), 'C:\\certs\\ca.pem')).toBe(true);
    expect(await isElsewhere(files(), 'ca.pem')).toBe(false);
  });

  it('that cannot be read for another reason is here', async () => {
    const denied = () => {
      throw Object.assign(new Error('no'), { code: 'EACCES' });
    };
    expect(await isElsewhere(denied, '/run/secrets/oauth')).toBe(false);
    const silent = () => {
      throw new Error('no');
    };
    expect(await isElsewhere(silent, '/run/secrets/oauth')).toBe(false);
  });
});

describe('a file named by $__file{…}', () => {
  const text = '[auth.generic_oauth]\nclient_secret = $__file{/run/secrets/oauth}\n';
  const severities = async (readFile: (path: string) => string) =>
    (await findingsIn(text, { readFile })).map(({ rule, severity }) => `${rule}: ${severity}`);

  it('stops Grafana where it is missing', async () => {
    expect(await severities(files('/run/secrets/other'))).toEqual(['expander-file-missing: error']);
  });

  it('is no error where the configuration is checked on another machine', async () => {
    expect(await severities(files())).toEqual(['expander-file-missing: warning']);
  });

  it('is in order where it is there', async () => {
    expect(await severities(files('/run/secrets/oauth'))).not.toContain('expander-file-missing: warning');
  });
});
