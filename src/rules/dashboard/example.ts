import { createHmac } from 'node:crypto';

/** Texts for the examples of rules, so that each shows only what matters to it. */

/** The secret of the examples, a throw-away. */
export const SECRET = '8f1d0c6a5b3e94722790af5dc81e64b3f05c7a91d2e8364bb7c4106f9ad5e238';

const USUAL: Readonly<Record<string, string>> = {
  MB_SITE_URL: 'https://dashboard.example.com',
  MB_JWT_ENABLED: 'true',
  MB_JWT_IDENTITY_PROVIDER_URI: 'https://login.example.com/sso',
  MB_JWT_SHARED_SECRET: SECRET,
  MB_JWT_USER_PROVISIONING_ENABLED: 'true',
};

/** An environment file with the usual settings; null leaves one out, a new name adds one. */
export function envFile(settings: Readonly<Record<string, string | null>> = {}): string {
  return Object.entries({ ...USUAL, ...settings })
    .filter((pair): pair is [string, string] => pair[1] !== null)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** A payload as `eval-role` reads it: the usual settings, and further lines. */
export function payload(lines: readonly string[], settings: Readonly<Record<string, string | null>> = {}): string {
  const own = Object.entries({ ...USUAL, ...settings })
    .filter((pair): pair is [string, string] => pair[1] !== null)
    .map(([name, value]) => `  ${name}: '${value}'`);
  return ['settings:', ...own, ...lines, ''].join('\n');
}

/** A token over claims, signed with HMAC-SHA256 and this key. */
export function signed(claims: unknown, key: Uint8Array | string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

/** A token with this header and these claims, its signature a stand-in. */
export function token(header: unknown, claims: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.c2lnbmF0dXJl`;
}
