/**
 * The token endpoint's answer as golang.org/x/oauth2 reads it: forms and plain text as well as JSON, any 2xx, any token type;
 * `access_token` must be there. Source: the product study, "Token request (golang.org/x/oauth2)".
 */

export type TokenAnswer =
  | { readonly ok: true; readonly token: Readonly<Record<string, unknown>>; readonly notes: readonly string[] }
  | {
      readonly ok: false;
      /** What the product's library says, in its words where they are known. */
      readonly message: string;
      /** `error` and `error_description` of the provider, verbatim. */
      readonly error?: string;
      readonly description?: string;
    };

export function readTokenAnswer(status: number, contentType: string, body: string): TokenAnswer {
  const media = contentType.split(';')[0]!.trim().toLowerCase();
  const form = media === 'application/x-www-form-urlencoded' || media === 'text/plain';
  const fields = form ? Object.fromEntries(new URLSearchParams(body)) : parseObject(body);
  const error = typeof fields?.['error'] === 'string' ? fields['error'] : undefined;
  const description = typeof fields?.['error_description'] === 'string' ? fields['error_description'] : undefined;
  const provider = {
    ...(error === undefined ? {} : { error }),
    ...(description === undefined ? {} : { description }),
  };
  if (status < 200 || status > 299) {
    return { ok: false, message: `oauth2: cannot fetch token: ${status}`, ...provider };
  }
  if (fields === undefined) return { ok: false, message: `oauth2: cannot parse json: ${jsonComplaint(body)}` };
  if (error !== undefined && error !== '')
    return { ok: false, message: `oauth2: ${JSON.stringify(error)}`, ...provider };
  if (!form) {
    for (const name of ['access_token', 'token_type', 'refresh_token']) {
      const value = fields[name];
      if (value !== undefined && value !== null && typeof value !== 'string') {
        return { ok: false, message: `oauth2: cannot parse json: ${name} is no string` };
      }
    }
  }
  if (typeof fields['access_token'] !== 'string' || fields['access_token'] === '') {
    return { ok: false, message: 'oauth2: server response missing access_token', ...provider };
  }
  return { ok: true, token: fields, notes: strictNotes(status, media, fields) };
}

/** What a strict OpenID client would object to in an answer that Grafana takes. */
function strictNotes(status: number, media: string, fields: Readonly<Record<string, unknown>>): string[] {
  const notes: string[] = [];
  if (status !== 200) notes.push(`the status is ${status}, not 200 (RFC 6749 section 5.1)`);
  if (media !== 'application/json') notes.push(`the content type is ${JSON.stringify(media)}, not application/json`);
  const type = fields['token_type'];
  if (type === undefined) notes.push('token_type is missing (RFC 6749 section 5.1 requires it)');
  else if (typeof type === 'string' && type.toLowerCase() !== 'bearer') {
    notes.push(`token_type is ${JSON.stringify(type)}; Grafana uses the token as a Bearer token all the same`);
  }
  if (fields['scope'] !== undefined && typeof fields['scope'] !== 'string') notes.push('scope is no string');
  if (fields['expires_in'] !== undefined && typeof fields['expires_in'] !== 'number') {
    notes.push('expires_in is no number');
  }
  return notes;
}

function parseObject(body: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The answer's beginning tells more than a parser's message: most often it is an HTML page. */
function jsonComplaint(body: string): string {
  const start = body.trimStart();
  if (start === '') return 'unexpected end of JSON input (the answer is empty)';
  if (start.startsWith('<')) return "invalid character '<' looking for beginning of value (the answer is a web page)";
  return 'the answer is no JSON object';
}
