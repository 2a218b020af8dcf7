/**
 * Addresses as Grafana's HTTP client takes them apart (Go's `net/url`), with the place of each part, and what a host name says
 * about where it can be reached. Nothing is resolved or asked.
 */

import { lazy } from '../../text/lazy.js';
import { memoize } from '../../text/memo.js';

/** Offset and length inside the address. */
export interface Part {
  readonly at: number;
  readonly length: number;
}

export interface UrlParts {
  /** Lower case, without `://`. */
  readonly scheme: string;
  /** The scheme with its `://`. */
  readonly schemePart: Part;
  /** Lower case, without port and brackets. */
  readonly host: string;
  readonly hostPart: Part;
  readonly port: string;
  /** Up to `?` or `#`, as written. */
  readonly path: string;
  readonly pathPart: Part;
  /** Without `?`; undefined where there is none. */
  readonly query: string | undefined;
  readonly queryPart: Part;
  /** Place of `#` and what follows; undefined where there is none. */
  readonly fragmentPart: Part | undefined;
}

export interface UrlFault extends Part {
  readonly kind: 'scheme-missing' | 'scheme' | 'host-missing' | 'blank' | 'control' | 'escape' | 'port' | 'host';
  /** What is wrong, to stand behind "auth_url". */
  readonly problem: string;
}

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/;

/** The usual host; the general pattern is slow to compile. */
const PLAIN_HOST = /^[A-Za-z0-9.-]+$/;
const ANY_HOST = lazy(() => /^[\p{L}\p{N}._~!$&'()*+,;=%-]+$/u);

/**
 * The parts of an absolute http(s) address, or the first thing wrong with it.
 * The SSO settings API of Grafana asks for a scheme beginning with `http` and a host; nothing checks the same values in a file.
 */
export const readUrl = memoize(takeApart);

function takeApart(text: string): { readonly parts: UrlParts } | { readonly fault: UrlFault } {
  const control = firstMatch(text, /[\u0000-\u001f\u007f]/);
  if (control !== undefined)
    return fault('control', control, 1, 'contains a control character (a line break or a tab perhaps)');

  const scheme = SCHEME.exec(text)?.[1];
  if (scheme === undefined || (!text.startsWith('//', scheme.length + 1) && !/^https?$/i.test(scheme)))
    return fault('scheme-missing', 0, Math.max(text.length, 1), 'has no scheme (https://)');
  if (!/^https?$/i.test(scheme))
    return fault('scheme', 0, scheme.length, `has the scheme "${scheme}", not http or https`);
  if (!text.startsWith('//', scheme.length + 1))
    return fault('scheme', 0, scheme.length + 1, `has no "//" behind "${scheme}:"`);

  const start = scheme.length + 3;
  const end = firstIndexOf(text, '/?#', start);
  const authority = text.slice(start, end);
  const user = authority.lastIndexOf('@') + 1;
  const hostText = authority.slice(user);
  const hostAt = start + user;
  const blank = firstMatch(text, /\s/);
  if (blank !== undefined && blank < end) return fault('blank', blank, 1, 'contains a blank in the host');

  const bracket = hostText.startsWith('[') ? hostText.indexOf(']') : -1;
  const colon = hostText.indexOf(':', bracket + 1);
  const hostEnd = colon === -1 ? hostText.length : colon;
  const host = hostText.slice(0, hostEnd);
  const port = colon === -1 ? '' : hostText.slice(colon + 1);
  if (host === '') return fault('host-missing', start, Math.max(1, authority.length), 'has no host');
  if (!/^\d*$/.test(port)) return fault('port', hostAt + colon + 1, port.length, `has the port "${port}"`);
  if (bracket === -1 && !PLAIN_HOST.test(host) && !ANY_HOST().test(host))
    return fault('host', hostAt, host.length, `has the host "${host}", which is no host name`);
  if (blank !== undefined) return fault('blank', blank, 1, 'contains a blank');

  const percent = firstMatch(text, /%(?![0-9A-Fa-f]{2})/);
  if (percent !== undefined)
    return fault('escape', percent, Math.min(3, text.length - percent), 'has a "%" that begins no escape');

  const hash = text.indexOf('#', end);
  const beforeFragment = hash === -1 ? text.length : hash;
  const question = text.indexOf('?', end);
  const hasQuery = question !== -1 && question < beforeFragment;
  const pathEnd = hasQuery ? question : beforeFragment;
  return {
    parts: {
      scheme: scheme.toLowerCase(),
      schemePart: { at: 0, length: start },
      host: host.replace(/^\[|\]$/g, '').toLowerCase(),
      hostPart: { at: hostAt, length: host.length },
      port,
      path: text.slice(end, pathEnd),
      pathPart: { at: end, length: pathEnd - end },
      query: hasQuery ? text.slice(question + 1, beforeFragment) : undefined,
      queryPart: hasQuery ? { at: question, length: beforeFragment - question } : { at: pathEnd, length: 0 },
      fragmentPart: hash === -1 ? undefined : { at: hash, length: text.length - hash },
    },
  };
}

/** The parts, or undefined where the address is not usable. */
export function urlParts(text: string): UrlParts | undefined {
  const read = readUrl(text);
  return 'parts' in read ? read.parts : undefined;
}

export type HostKind = 'loopback' | 'internal' | 'public';

const INTERNAL_SUFFIX = /\.(local|localdomain|internal|intranet|lan|corp|home\.arpa|svc|cluster\.local|consul|docker)$/;

/**
 * `loopback`: the machine itself; `internal`: a name or address that means something only inside one network (a container or
 * service name, a private address); `public`: everything else.
 */
export function hostKind(host: string): HostKind {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (name === 'localhost' || name.endsWith('.localhost') || name === '::1' || name === '0.0.0.0') return 'loopback';
  if (/^127(\.\d{1,3}){3}$/.test(name)) return 'loopback';
  if (
    /^(10(\.\d{1,3}){3}|192\.168(\.\d{1,3}){2}|172\.(1[6-9]|2\d|3[01])(\.\d{1,3}){2}|169\.254(\.\d{1,3}){2})$/.test(
      name,
    )
  )
    return 'internal';
  if (/^f[cd][0-9a-f]{2}:/.test(name) || /^fe80:/.test(name)) return 'internal';
  if (!name.includes('.') && !name.includes(':')) return 'internal';
  return INTERNAL_SUFFIX.test(name) ? 'internal' : 'public';
}

/** Registries under which names are given out one level deeper; the common ones, not the whole public suffix list. */
const SECOND_LEVEL = /^(ac|co|com|edu|gob|gouv|gov|govt|go|ne|net|or|org)\.[a-z]{2}$/;

/** Hosts of identity providers that give every customer a name of its own below them. */
const TENANT_SUFFIXES = [
  'okta.com',
  'okta-emea.com',
  'oktapreview.com',
  'auth0.com',
  'us.auth0.com',
  'eu.auth0.com',
  'au.auth0.com',
  'jp.auth0.com',
  'ca.auth0.com',
  'uk.auth0.com',
  'onelogin.com',
  'my.centrify.com',
  'my.idaptive.app',
  'id.cyberark.cloud',
  'zitadel.cloud',
  'my.salesforce.com',
  'b2clogin.com',
  'ciamlogin.com',
  'oraclecloud.com',
  'herokuapp.com',
  'azurewebsites.net',
  'github.io',
];

/**
 * Whom a host belongs to, as one can tell without the public suffix list: the customer's name at a provider that gives each
 * customer one, else the last two labels (three below `co.uk` and the like). An IP address is its own owner.
 */
export const ownerOf = memoize(findOwner);

function findOwner(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (/^[\d.]+$/.test(name) || name.includes(':')) return name;
  const labels = name.split('.');
  for (let from = 1; from < labels.length; from++) {
    if (TENANT_SUFFIXES.includes(labels.slice(from).join('.'))) return labels.slice(from - 1).join('.');
  }
  const cognito = /^([^.]+)\.auth\.[a-z0-9-]+\.amazoncognito\.com$/.exec(name);
  if (cognito) return name;
  const take = SECOND_LEVEL.test(labels.slice(-2).join('.')) ? 3 : 2;
  return labels.slice(-take).join('.');
}

function fault(kind: UrlFault['kind'], at: number, length: number, problem: string): { readonly fault: UrlFault } {
  return { fault: { kind, at, length, problem } };
}

function firstMatch(text: string, pattern: RegExp): number | undefined {
  const at = text.search(pattern);
  return at === -1 ? undefined : at;
}

function firstIndexOf(text: string, characters: string, from: number): number {
  for (let at = from; at < text.length; at++) if (characters.includes(text[at]!)) return at;
  return text.length;
}
