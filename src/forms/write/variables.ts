/** Settings as environment variables: which can be one at all. */
import { defaultsOf } from '../../settings/defaults.js';
import { envName } from '../../settings/env-names.js';
import type { WriteReport, WriteSetting } from './types.js';

export interface VariableSetting {
  readonly name: string;
  readonly setting: WriteSetting;
}

/** The variable of a setting; undefined, with the reason, where Grafana would not look at it or apply it to more. */
export function variableOf(
  setting: WriteSetting,
  settings: readonly WriteSetting[],
  report: WriteReport,
): { readonly name: string } | { readonly reason: string } {
  const section = setting.home ?? setting.section;
  const name = envName(section, setting.key);
  const targets = defaultsOf(report.profile).variables.get(name) ?? [];
  if (!targets.some((cell) => cell.section === section && cell.key === setting.key))
    return {
      reason: `Grafana ${report.profile.asked} has no default for it, so it looks at no variable unless a file sets it too`,
    };
  const other = targets.find(
    (cell) =>
      !settings.some(
        (one) => (one.home ?? one.section) === cell.section && one.key === cell.key && sameText(one, setting),
      ),
  );
  return other ? { reason: `${name} would set ${other.key} of [${other.section}] as well` } : { name };
}

const sameText = (one: WriteSetting, other: WriteSetting) =>
  one === other || (one.value === other.value && !one.hidden && !other.hidden);

/** Every setting that can be a variable, each variable once; the others are left out. */
export function asVariables(settings: readonly WriteSetting[], report: WriteReport): readonly VariableSetting[] {
  const found = new Map<string, VariableSetting>();
  for (const setting of settings) {
    const variable = variableOf(setting, settings, report);
    if ('reason' in variable) report.leave(setting, variable.reason);
    else if (!setting.hidden && setting.value.includes('\0'))
      report.leave(setting, 'no variable can hold a null character');
    else found.set(variable.name, { name: variable.name, setting });
  }
  return [...found.values()];
}
