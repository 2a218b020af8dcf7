import { isUnknownValue } from '../../document/variable.js';
import type { EffectiveConfig, Setting } from '../../settings/types.js';

/** Whether only the running system knows a value: a Secret, a template or another file fills it in. */
export function isUnknown(config: EffectiveConfig, setting: Setting): boolean {
  if (config.readings.length === 0) return false;
  const { origin, value } = setting;
  if (isUnknownValue(value) || origin.written?.unknown) return true;
  return origin.entry !== undefined && origin.document?.isUnknown?.(origin.entry.valueSpan) === true;
}
