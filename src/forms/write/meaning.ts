/** What a text means differs between the database on one side and files and variables on the other. */
import { findOption } from '../../settings/catalog.js';
import { defaultsOf } from '../../settings/defaults.js';
import { isSecretName } from '../../text/redact.js';
import type { WriteReport, WriteSetting, WriteTarget } from './types.js';

const EXPANDER = /\$(?:__\w+)?\{[^}]+\}/;
const REFERENCE = /%\([^)]+\)s/;

const STORED: ReadonlySet<WriteTarget> = new Set(['terraform', 'sso-api']);
/** Forms in which a line without a value can stand, and changes nothing. */
const HOLDS_EMPTY: ReadonlySet<WriteTarget> = new Set([
  'ini',
  'helm',
  'kps',
  'operator',
  'configmap',
  'secret',
  'ansible',
  'nix',
]);

/** Takes away what is empty where emptiness would mean something else, and tells of texts that begin or cease to be expanded. */
export function emptyOrExpanding(
  settings: readonly WriteSetting[],
  target: WriteTarget,
  report: WriteReport,
): readonly WriteSetting[] {
  const toDatabase = STORED.has(target);
  const kept = settings.filter((setting) => {
    const fromDatabase = setting.stored ?? false;
    if (setting.value === '' && !setting.hidden && fromDatabase !== toDatabase)
      return fromDatabase ? storedEmpty(setting, report) : unsetInDatabase(report);
    if (setting.value === '' && !setting.hidden && !toDatabase && !HOLDS_EMPTY.has(target)) {
      report.note(
        'settings without a value are not written: an empty variable changes nothing, as an empty line of a file does',
      );
      return false;
    }
    if (fromDatabase !== toDatabase && !setting.hidden && !isSecretReference(setting))
      tellExpanding(setting, fromDatabase, report);
    return true;
  });
  // A reference in the place of a secret would be stored as the secret.
  return kept.map((setting) =>
    toDatabase && !setting.stored && isSecretReference(setting) ? { ...setting, hidden: true } : setting,
  );
}

function isSecretReference({ section, key, value, stored }: WriteSetting): boolean {
  return !stored && EXPANDER.test(value) && (isSecretName(key) || findOption(section, key)?.secret === true);
}

function unsetInDatabase(report: WriteReport): false {
  report.note(
    'settings without a value are not written: in a file they change nothing, in the database they would count',
  );
  return false;
}

/** In the database an empty text overrides the default, but for addresses. */
function storedEmpty(setting: WriteSetting, report: WriteReport): false {
  const standard = defaultsOf(report.profile).keys(setting.section)?.get(setting.key)?.value ?? '';
  if (standard !== '' && !setting.key.endsWith('_url'))
    report.leave(
      setting,
      `it is stored empty, which files and variables cannot say: the default "${standard}" comes back`,
    );
  return false;
}

function tellExpanding(setting: WriteSetting, fromDatabase: boolean, report: WriteReport): void {
  const expander = EXPANDER.exec(setting.value)?.[0];
  if (expander !== undefined)
    report.change(
      setting,
      fromDatabase
        ? `${expander} is plain text in the database; in files and variables Grafana replaces it`
        : `${expander} is replaced in files and variables; from the database Grafana takes it as plain text`,
    );
  else if (REFERENCE.test(setting.value) && report.profile.provider.interpolation)
    report.change(
      setting,
      `Grafana up to 10.2 fills in ${REFERENCE.exec(setting.value)![0]} in files and variables, not in the database`,
    );
}
