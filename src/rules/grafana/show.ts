/**
 * How values of a configuration may appear in messages: never a secret, never too long.
 */

const SECRET_KEY = /secret|password|passwd|private_?key|token$|credential/i;

/** Whether a key names something that must not be shown. */
export function isSecretKey(key: string): boolean {
  return (
    SECRET_KEY.test(key) &&
    !/_(url|path|file|name|ttl|duration|interval_minutes)$|^id_token|validate_id_token/.test(key)
  );
}

/** A value in double quotes for a message; secrets become `(hidden)`, long ones are cut. */
export function show(key: string, value: string): string {
  if (isSecretKey(key)) return '(hidden)';
  const line = value.replace(/[\r\n]+\s*/g, ' ');
  return `"${line.length > 80 ? `${line.slice(0, 77)}…` : line}"`;
}
