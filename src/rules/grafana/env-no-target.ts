import { noteRange } from '../../forms/notes.js';
import { optionOfVariable } from '../../settings/env-option.js';
import { isGate } from './gates.js';
import type { GrafanaRule, GrafanaSubject } from './subject.js';

export const envNoTarget: GrafanaRule = {
  id: 'env-no-target',
  code: 'E01',
  severity: 'error',
  summary: 'a variable that no known option answers to',
  when: ['GF_'],
  docs: {
    why: 'Grafana asks for the variables of the options it knows. One whose name matches none is never looked at, and nothing says so.',
    bad: '[auth.generic_oauth]\nenabled = true\n',
    good: '[auth.generic_oauth]\nenabled = true\n',
    references: ['Grafana manual: override configuration with environment variables'],
  },
  exampleOptions: {
    env: { GF_AUTH_GENERIC_OAUTH_CLIENTID: 'grafana' },
    goodEnv: { GF_AUTH_GENERIC_OAUTH_CLIENT_ID: 'grafana' },
  },
  check(subject, report) {
    for (const { variable, reason, suggestions } of subject.config.ignored) {
      if (reason === 'empty' || optionOfVariable(variable) || isSaidByForm(subject, variable)) continue;
      if (reason === 'file-suffix') {
        report({
          ...subject.atVariable(variable, 'name'),
          severity: 'info',
          message: `${variable} is read by the start script of the container image, not by Grafana`,
          consequence: 'without that script the variable has no effect',
          help: `outside the image write the option as $__file{…}, or set ${suggestions[0] ?? variable.slice(0, -6)}`,
        });
        continue;
      }
      const isAboutLogin = /^GF_(AUTH|SERVER|SECURITY|USERS|SSO_SETTINGS|GRAFANA_(COM|NET))_/.test(variable);
      if (!isAboutLogin && suggestions.length === 0) continue;
      const opens =
        suggestions[0] !== undefined &&
        isGate(suggestions[0].replace(/^GF_AUTH_[A-Z]+(_OAUTH|_COM)?_/, '').toLowerCase());
      report({
        ...subject.atVariable(variable, 'name'),
        ...(variable.startsWith('GF_AUTH_') || (isAboutLogin && suggestions.length > 0)
          ? {}
          : { severity: 'warning' as const }),
        message: `no option answers to ${variable}`,
        consequence: 'Grafana never looks at it',
        help:
          suggestions.length > 0
            ? `did you mean ${suggestions.join(' or ')}?`
            : 'check section and key: GF_<SECTION>_<KEY>',
        ...(suggestions.length > 0 ? { suggestions } : {}),
        ...(opens ? { failOpen: true } : {}),
      });
    }
  },
};

const SAID: ReadonlySet<string> = new Set(['form-file-suffix', 'form-unknown-name']);

/** Where a file of its form says more of a variable than that no option answers to it. */
function isSaidByForm({ config }: GrafanaSubject, variable: string): boolean {
  const written = config.variable(variable);
  if (!written) return false;
  return config.readings.some((reading) =>
    reading.notes.some((note) => {
      if (!SAID.has(note.kind) || (note.path ?? reading.file.path) !== written.path) return false;
      const { start } = noteRange(reading, note);
      return start.line === written.nameRange.start.line && start.column === written.nameRange.start.column;
    }),
  );
}
