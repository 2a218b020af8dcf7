/**
 * Redaction where things are recorded: what leaves this module holds no token, code, secret or cookie, whatever prints it later.
 */

export const REDACTED = '[redacted]';

const SECRET_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'dpop']);
const SECRET_FIELDS = new Set([
  'access_token',
  'id_token',
  'refresh_token',
  'id_token_hint',
  'client_secret',
  'client_assertion',
  'code',
  'code_verifier',
  'password',
  'jwt',
  'token',
]);

export function isSecretField(name: string): boolean {
  return SECRET_FIELDS.has(name.toLowerCase());
}

/** Known secrets of one login, found wherever they turn up (error pages love to echo them). */
export class SecretStore {
  readonly #secrets = new Set<string>();

  /** Texts shorter than four characters are ignored: replacing them would mangle everything and hide nothing. */
  add(...secrets: readonly unknown[]): void {
    for (const secret of secrets) {
      if (typeof secret !== 'string' || secret.length < 4) continue;
      this.#secrets.add(secret);
      const encoded = encodeURIComponent(secret);
      if (encoded !== secret) this.#secrets.add(encoded);
      // A JWT shown without its last part could be completed by brute force no more than any other, but its signature is what makes it a credential.
      const parts = secret.split('.');
      if (parts.length === 3 && parts[2]!.length >= 16) this.#secrets.add(parts[2]!);
    }
  }

  /** The text with every known secret replaced. */
  clean(text: string): string {
    let result = text;
    for (const secret of [...this.#secrets].sort((a, b) => b.length - a.length)) {
      if (result.includes(secret)) result = result.replaceAll(secret, REDACTED);
    }
    return result;
  }
}

export function redactHeaders(headers: Readonly<Record<string, string>>, secrets: SecretStore): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (!SECRET_HEADERS.has(name.toLowerCase())) result[name] = secrets.clean(value);
    else {
      const scheme = /^(Bearer|Basic|DPoP) /i.exec(value);
      result[name] = scheme ? `${scheme[1]} ${REDACTED}` : REDACTED;
    }
  }
  return result;
}

/** A URL whose secret query (and fragment) parameters are replaced; other texts are cleaned only. */
export function redactUrl(url: string, secrets: SecretStore): string {
  const cut = url.search(/[?#]/);
  if (cut === -1) return secrets.clean(url);
  const tail = url.slice(cut).replace(/([?&#])([^=&#]+)=([^&#]*)/g, (whole, mark: string, name: string) => {
    return isSecretField(safeDecode(name)) ? `${mark}${name}=${REDACTED}` : whole;
  });
  return secrets.clean(url.slice(0, cut) + tail);
}

/** A body by its media type: fields of forms and JSON that hold credentials are replaced, then every known secret. */
export function redactBody(body: string, contentType: string, secrets: SecretStore): string {
  const type = contentType.split(';')[0]!.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded' || (type === 'text/plain' && /^[^\s{<]+=/.test(body))) {
    return secrets.clean(
      body
        .split('&')
        .map((pair) => {
          const name = pair.split('=')[0]!;
          return isSecretField(safeDecode(name)) ? `${name}=${REDACTED}` : pair;
        })
        .join('&'),
    );
  }
  if (type === 'application/jwt') return REDACTED;
  if (body.length <= 1 << 20) {
    try {
      const parsed: unknown = JSON.parse(body);
      if (typeof parsed === 'object' && parsed !== null && holdsSecret(parsed)) {
        return secrets.clean(JSON.stringify(redactJson(parsed)));
      }
    } catch {
      // not JSON: only known secrets can be found
    }
  }
  return secrets.clean(body);
}

function holdsSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => isSecretField(name) || holdsSecret(inner));
}

/** JSON data with credential fields replaced. */
export function redactJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isSecretField(name) && inner !== null && inner !== '' ? REDACTED : redactJson(inner),
    ]),
  );
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
