import { variable } from './missing-client-id.js';
import type { GrafanaRule } from './subject.js';
import { given, isLiteral, providersInUse } from './support.js';

/** Below this a key can be guessed; Grafana sets no limit. */
const SHORTEST = 16;

export const defaultSecretKey: GrafanaRule = {
  id: 'default-secret-key',
  code: 'W12',
  severity: 'error',
  summary: 'secret_key is the published default, or short',
  docs: {
    why: 'secret_key goes into the hash of the login state and encrypts what Grafana stores: tokens of people, client secrets saved in the user interface, passwords of data sources. The default is public.',
    bad: '[security]\nsecret_key = SW2YcwTIb9zpOOhoPsMm\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
    good: '[security]\nsecret_key = $__file{/run/secrets/grafana_secret_key}\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
    references: ['Grafana manual: configuration, secret_key', 'Grafana defaults.ini'],
  },
  check(subject, report) {
    if (providersInUse(subject).length === 0) return;
    const value = subject.text('security', 'secret_key');
    const known = subject.config.defaultOf('security', 'secret_key');
    const written = given(subject, 'security', 'secret_key');
    const published = value !== '' && value === known;
    // A part of a configuration says nothing about what the rest sets.
    if (!written && !(published && subject.headers('security').length > 0)) return;
    if (!published && (!isLiteral(subject, 'security', 'secret_key') || value === '' || value.length >= SHORTEST))
      return;
    report({
      ...subject.atSetting('security', 'secret_key'),
      severity: published && written ? 'error' : 'warning',
      message: published
        ? written
          ? 'secret_key is the default of Grafana, which everybody knows'
          : 'secret_key is not set, so it is the default of Grafana, which everybody knows'
        : `secret_key has fewer than ${SHORTEST} characters`,
      consequence:
        'the login state and the tokens, secrets and passwords Grafana stores are protected by a key others know or guess',
      help: `set a long random secret_key (or ${variable('security', 'secret_key')}; give --env if it is set there) before anything is stored; on a Grafana in use, follow the manual on re-encrypting secrets`,
    });
  },
};
