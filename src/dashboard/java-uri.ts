/**
 * Scheme and host of a URI reference as Java's `java.net.URI` finds them, and whether it accepts the text at all: the check
 * of `return_to` rests on this class, and it differs from the URL a browser sees.
 * Source: RFC 2396 and 2732 with the deviations the class documentation lists; compared with OpenJDK 17.
 */

export interface JavaUri {
  readonly scheme: string | null;
  readonly host: string | null;
}

/** Undefined where Java throws URISyntaxException. */
export function parseJavaUri(text: string): JavaUri | undefined {
  try {
    return new UriParser(text).parse();
  } catch (error) {
    if (error instanceof UriSyntaxError) return undefined;
    throw error;
  }
}

class UriSyntaxError extends Error {}

type Matches = (char: string) => boolean;

const isDigit: Matches = (char) => char >= '0' && char <= '9';
const isAlpha: Matches = (char) => (char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z');
const isAlphanumeric: Matches = (char) => isDigit(char) || isAlpha(char);
const isHex: Matches = (char) => isDigit(char) || (char >= 'a' && char <= 'f') || (char >= 'A' && char <= 'F');
const oneOf =
  (allowed: string): Matches =>
  (char) =>
    isAlphanumeric(char) || allowed.includes(char);

const MARKS = "-_.!~*'()";
const isScheme = oneOf('+-.');
const isUric = oneOf(`${MARKS};/?:@&=+$,[]`);
const isPath = oneOf(`${MARKS}:@&=+$,;/`);
const isRegistryName = oneOf(`${MARKS}$,;:@&=+`);
const isUserInfo = oneOf(`${MARKS};:&=+$,`);
/** With the percent sign, which a scope id of an IPv6 address needs. */
const isServer = oneOf(`${MARKS};:&=+$,.@[]%`);
const isScopeId = oneOf('_.');

class UriParser {
  readonly #text: string;
  #scheme: string | null = null;
  #host: string | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): JavaUri {
    const end = this.#text.length;
    let at = this.#until(0, end, '/?#', ':');
    if (at >= 0 && this.#is(at, end, ':')) {
      if (at === 0 || !isAlpha(this.#text[0]!)) throw new UriSyntaxError();
      this.#check(1, at, isScheme, false);
      this.#scheme = this.#text.slice(0, at);
      at++;
      if (this.#is(at, end, '/')) at = this.#hierarchical(at, end);
      else {
        const stop = this.#until(at, end, '', '#');
        if (stop <= at) throw new UriSyntaxError();
        this.#check(at, stop, isUric, true);
        at = stop;
      }
    } else at = this.#hierarchical(0, end);
    if (this.#is(at, end, '#')) {
      this.#check(at + 1, end, isUric, true);
      at = end;
    }
    if (at < end) throw new UriSyntaxError();
    return { scheme: this.#scheme, host: this.#host };
  }

  #hierarchical(start: number, end: number): number {
    let at = start;
    if (this.#is(at, end, '/') && this.#is(at + 1, end, '/')) {
      at += 2;
      const stop = this.#until(at, end, '', '/?#');
      if (stop > at) at = this.#authority(at, stop);
      // An empty authority is let pass where anything follows it.
      else if (stop >= end) throw new UriSyntaxError();
    }
    let stop = this.#until(at, end, '', '?#');
    this.#check(at, stop, isPath, true);
    at = stop;
    if (this.#is(at, end, '?')) {
      at++;
      stop = this.#until(at, end, '', '#');
      this.#check(at, stop, isUric, true);
      at = stop;
    }
    return at;
  }

  /** A server with a host, or a registry name, which leaves the host null. */
  #authority(start: number, end: number): number {
    const serverEnd = this.#scan(start, end, isServer, true);
    const registryEnd = this.#scan(start, end, isRegistryName, true);
    const server = serverEnd === end;
    const registry = registryEnd === end;
    if (registry && !server) return end;
    let failure: UriSyntaxError | undefined;
    let at = start;
    if (server) {
      try {
        at = this.#server(start, end);
        if (at < end) throw new UriSyntaxError();
      } catch (error) {
        if (!(error instanceof UriSyntaxError)) throw error;
        failure = error;
        this.#host = null;
        at = start;
      }
    }
    if (at < end && !registry) throw failure ?? new UriSyntaxError();
    return end;
  }

  #server(start: number, end: number): number {
    let at = start;
    let stop = this.#until(at, end, '/?#', '@');
    if (stop >= at && this.#is(stop, end, '@')) {
      this.#check(at, stop, isUserInfo, true);
      at = stop + 1;
    }
    if (this.#is(at, end, '[')) {
      at++;
      stop = this.#until(at, end, '/?#', ']');
      if (!(stop > at && this.#is(stop, end, ']'))) throw new UriSyntaxError();
      const scope = this.#until(at, stop, '', '%');
      if (scope > at && scope < stop) {
        if (scope + 1 === stop) throw new UriSyntaxError();
        this.#check(scope + 1, stop, isScopeId, false);
      }
      if (!isIpv6(this.#text.slice(at, Math.min(scope, stop)))) throw new UriSyntaxError();
      this.#host = this.#text.slice(at - 1, stop + 1);
      at = stop + 1;
    } else {
      stop = this.#ipv4(at, end);
      at = stop > at ? stop : this.#hostname(at, end);
    }
    if (this.#is(at, end, ':')) {
      at++;
      stop = this.#until(at, end, '', '/');
      if (stop > at) {
        this.#check(at, stop, isDigit, false);
        if (Number(this.#text.slice(at, stop)) > 0x7fffffff) throw new UriSyntaxError();
        at = stop;
      }
    }
    if (at < end) throw new UriSyntaxError();
    return at;
  }

  /** End of an IPv4 address standing alone or before a port; -1 where there is none. */
  #ipv4(start: number, end: number): number {
    let at = start;
    for (let part = 0; part < 4; part++) {
      if (part > 0) {
        if (!this.#is(at, end, '.')) return -1;
        at++;
      }
      const stop = this.#scan(at, end, isDigit, false);
      if (stop <= at || Number(this.#text.slice(at, stop)) > 255) return -1;
      at = stop;
    }
    if (at < end && this.#text[at] !== ':') return -1;
    this.#host = this.#text.slice(start, at);
    return at;
  }

  #hostname(start: number, end: number): number {
    let at = start;
    let label = -1;
    do {
      let stop = this.#scan(at, end, isAlphanumeric, false);
      if (stop <= at) break;
      label = at;
      at = stop;
      stop = this.#scan(at, end, (char) => isAlphanumeric(char) || char === '-', false);
      if (stop > at) {
        if (this.#text[stop - 1] === '-') throw new UriSyntaxError();
        at = stop;
      }
      if (!this.#is(at, end, '.')) break;
      at++;
    } while (at < end);
    if (at < end && this.#text[at] !== ':') throw new UriSyntaxError();
    if (label < 0) throw new UriSyntaxError();
    if (label > start && !isAlpha(this.#text[label]!)) throw new UriSyntaxError();
    this.#host = this.#text.slice(start, at);
    return at;
  }

  #is(at: number, end: number, char: string): boolean {
    return at < end && this.#text[at] === char;
  }

  /** The first character of `stop`; -1 where one of `refuse` comes before it; the end where neither comes. */
  #until(start: number, end: number, refuse: string, stop: string): number {
    let at = start;
    for (; at < end; at++) {
      const char = this.#text[at]!;
      if (refuse.includes(char)) return -1;
      if (stop.includes(char)) break;
    }
    return at;
  }

  #scan(start: number, end: number, matches: Matches, escapes: boolean): number {
    let at = start;
    while (at < end) {
      const char = this.#text[at]!;
      if (matches(char)) at++;
      else if (escapes && char === '%') {
        if (at + 3 > end || !isHex(this.#text[at + 1]!) || !isHex(this.#text[at + 2]!)) throw new UriSyntaxError();
        at += 3;
      } else if (escapes && isOther(char)) at++;
      else break;
    }
    return at;
  }

  #check(start: number, end: number, matches: Matches, escapes: boolean): void {
    if (this.#scan(start, end, matches, escapes) < end) throw new UriSyntaxError();
  }
}

/** Visible characters outside US-ASCII pass unescaped. */
function isOther(char: string): boolean {
  const code = char.charCodeAt(0);
  if (code <= 0x9f) return false;
  // Character.isSpaceChar: the separators Zs, Zl, Zp.
  if (code === 0xa0 || code === 0x1680 || (code >= 0x2000 && code <= 0x200a)) return false;
  return !(code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f || code === 0x3000);
}

function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups[groups.length - 1] ?? '';
  let count = groups.length;
  if (last.includes('.')) {
    const bytes = last.split('.');
    if (bytes.length !== 4 || bytes.some((byte) => byte === '' || ![...byte].every(isDigit) || Number(byte) > 255))
      return false;
    groups.pop();
    count++;
  }
  if (groups.some((group) => group === '' || group.length > 4 || ![...group].every(isHex))) return false;
  return halves.length === 2 ? count <= 7 : count === 8;
}
