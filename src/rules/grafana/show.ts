/**
 * How values of a configuration may appear in messages: never a secret, never too long.
 */
import { isSecretKey } from '../../settings/secret-keys.js';

export { isSecretKey };

/** A value in double quotes for a message; secrets become `(hidden)`, long ones are cut. */
export function show(key: string, value: string): string {
  if (isSecretKey(key)) return '(hidden)';
  const line = value.replace(/[\r\n]+\s*/g, ' ');
  return `"${line.length > 80 ? `${line.slice(0, 77)}…` : line}"`;
}
