/** Values that no file holds. */
import { isUnknownValue } from '../document/variable.js';
import type { Origin } from './types.js';

/** A template fills the value in, or the running system has it: the text is what is written, or a stand-in. */
export function isGivenElsewhere({ value, written, entry, document }: Origin): boolean {
  if (isUnknownValue(value) || written?.unknown) return true;
  return entry !== undefined && (document?.isUnknown?.(entry.valueSpan) ?? false);
}
