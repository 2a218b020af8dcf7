/**
 * Names of the environment variables Grafana reads. It walks the keys it knows and asks for each name, so several keys may
 * share a variable, and a variable for a key it does not know is never looked at.
 */
import { goUpper } from '../text/go-text.js';

/** `GF_AUTH_GENERIC_OAUTH_` for `auth.generic_oauth`: dots and dashes of a section become underscores. */
export function envPrefix(section: string): string {
  return `GF_${goUpper(section.replace(/[.-]/g, '_'))}_`;
}

/** Only the dots of a key become underscores; a dash stays. */
export function envName(section: string, key: string): string {
  return envPrefix(section) + envSuffix(key);
}

export function envSuffix(key: string): string {
  return goUpper(key.replaceAll('.', '_'));
}
