/**
 * Stable pseudonyms for the personal data of a recorded session: the same value always becomes the same pseudonym, shapes stay
 * (an address stays an address in its domain, since domains are gates), groups and roles stay, since they are what is resolved.
 */
import { createHash } from 'node:crypto';

const PERSONAL = new Set([
  'sub',
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'username',
  'login',
  'email',
  'upn',
  'unique_name',
  'display_name',
  'displayname',
  'phone_number',
  'picture',
  'profile',
  'website',
  'address',
  'birthdate',
  'oid',
  'ipaddr',
  'first_name',
  'last_name',
  'sid',
  'session_state',
]);

/** JSON data (or JSON text, which stays text) with personal values replaced. Other texts lose every e-mail address. */
export function pseudonymize(value: unknown): unknown {
  if (typeof value === 'string') return pseudonymizeText(value);
  return walk(value, undefined);
}

function pseudonymizeText(text: string): string {
  const start = text.trimStart()[0];
  if (start === '{' || start === '[') {
    try {
      return JSON.stringify(walk(JSON.parse(text), undefined));
    } catch {
      // no JSON after all
    }
  }
  return text.replace(ADDRESS, (address) => pseudonymOf(address));
}

const ADDRESS = /[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+/g;

function walk(value: unknown, name: string | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => walk(item, name));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner, key)]));
  }
  if (typeof value !== 'string' || value === '') return value;
  // Bodies and claims are JSON in a text.
  if (value.startsWith('{') || value.startsWith('[')) return pseudonymizeText(value);
  if (name !== undefined && PERSONAL.has(name.toLowerCase())) return pseudonymOf(value);
  return value.replace(ADDRESS, (address) => pseudonymOf(address));
}

function pseudonymOf(value: string): string {
  const at = value.lastIndexOf('@');
  const digest = createHash('sha256').update(value.toLowerCase()).digest('hex').slice(0, 10);
  if (at > 0 && /^[A-Za-z0-9.-]+$/.test(value.slice(at + 1))) return `user-${digest}${value.slice(at)}`;
  return `user-${digest}`;
}
