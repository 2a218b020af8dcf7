/**
 * Values that stand for the real one in manuals, samples and defaults.
 */

const WORDS =
  /^(some_(client_)?(id|secret)|changeme|change[-_ ]?me|change_this|replace[-_ ]?me|to-?do|tbd|x{3,}|\*{3,}|\.{3,}|secret|password|client[-_ ]?(id|secret)|app[-_ ]?(id|secret)|example)$/i;
const PATTERNS =
  /^(your|my|the|insert|enter|put)[-_ ][a-z0-9_ -]*(id|secret|url|key|domain|token|here)$|^YOUR_[A-Z0-9_]+$|<[^<>]{2,60}>|\{\{[^}]*\}\}/i;

/** `YOUR_APP_CLIENT_ID`, `some_id`, `<client id>`, `changeme`, …: nothing a provider ever issued. */
export function isPlaceholder(value: string): boolean {
  return WORDS.test(value) || PATTERNS.test(value);
}
