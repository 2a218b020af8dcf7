/** The forms of findings; a form is loaded when it is asked for. */
import type { FindingsFormat } from './format.js';

export const FINDINGS_FORMATS: Readonly<Record<string, () => Promise<FindingsFormat>>> = {
  pretty: async () => (await import('./pretty.js')).pretty,
  compact: async () => (await import('./compact.js')).compact,
  json: async () => (await import('./json.js')).json,
};
