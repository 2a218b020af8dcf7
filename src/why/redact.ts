/** Log lines and addresses as they may be shown: without tokens, codes, secrets and cookies. */
import { REDACTED, secretSpans } from '../text/redact.js';

const PARAMETER =
  /([?&#;]|%26|%3[fF])(code|state|session_state|access_token|id_token|refresh_token|jwt|token|client_secret|client_assertion|code_verifier|id_token_hint|password)(=|%3[dD])([^&\s"'#<>]+)/gi;
const CREDENTIALS = /\b(Bearer|Basic|DPoP)([ :=]+|%20)([\w.~+/:=-]{8,})/g;
const COOKIE = /\b((?:set-)?cookie["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\n]*)/gi;
const SESSION = /\b(grafana_session\w*|oauth_state|oauth_code_verifier|metabase\.SESSION)=([^;\s"']+)/gi;

export function redactText(text: string): string {
  let result = '';
  let at = 0;
  for (const { start, end } of secretSpans(text)) {
    result += text.slice(at, start) + REDACTED;
    at = end;
  }
  return (result + text.slice(at))
    .replace(PARAMETER, `$1$2$3${REDACTED}`)
    .replace(CREDENTIALS, `$1$2${REDACTED}`)
    .replace(COOKIE, `$1${REDACTED}`)
    .replace(SESSION, `$1=${REDACTED}`);
}
