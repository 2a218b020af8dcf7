/** Which keys hold secrets, by their name: also keys no catalogue knows. */
const SECRET_KEY = /secret|password|passwd|private_?key|token$|credential/i;

/** Whether a key names something that must not be shown. */
export function isSecretKey(key: string): boolean {
  return (
    SECRET_KEY.test(key) &&
    !/_(url|path|file|name|ttl|duration|interval_minutes)$|^id_token|validate_id_token/.test(key)
  );
}
