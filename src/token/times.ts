/** Times in tokens, for people. */
import { span } from './words.js';

/** Claims that are seconds since 1970: RFC 7519, section 4.1; OpenID Connect Core, sections 2 and 5.1; and what providers add. */
const TIME_CLAIMS = new Set(['iat', 'exp', 'nbf', 'auth_time', 'updated_at', 'rat', 'mfa_auth_time']);

export interface TimeClaim {
  readonly claim: string;
  readonly seconds: number;
  /** UTC, `2025-01-15T12:00:00Z`. */
  readonly iso: string;
  /** `5 min ago`, `in 2 h`, `now`. */
  readonly age: string;
}

/** The time claims of a token that hold a plausible number. */
export function timeClaims(claims: Readonly<Record<string, unknown>>, now: number): TimeClaim[] {
  return Object.entries(claims).flatMap(([claim, value]) => {
    if (!TIME_CLAIMS.has(claim) || typeof value !== 'number' || !Number.isFinite(value)) return [];
    if (value < 0 || value > 253_402_300_799) return [];
    return [
      {
        claim,
        seconds: value,
        iso: new Date(value * 1000).toISOString().replace(/\.000Z$/, 'Z'),
        age: age(value, now),
      },
    ];
  });
}

export function age(seconds: number, now: number): string {
  const apart = seconds - now;
  if (Math.abs(apart) < 1) return 'now';
  return apart > 0 ? `in ${span(apart)}` : `${span(apart)} ago`;
}
