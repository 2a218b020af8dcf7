/**
 * One mail address out of a text, accepted and refused exactly as Go's `net/mail` `ParseAddress` does (RFC 5322 with Go's
 * liberties: a single-member group counts, atoms of a display name may hold special characters, comments only in some places,
 * no domain literals). Grafana takes a `upn` claim for an e-mail address only where this succeeds.
 */
import { decodeEncodedWord } from './encoded-word.js';

export type ParsedAddress =
  | { readonly ok: true /** Local part (unquoted) @ domain. */; readonly address: string }
  | { readonly ok: false /** Go's own words. */; readonly error: string };

/** Reads exactly one address; never throws. */
export function parseMailAddress(text: string): ParsedAddress {
  try {
    return { ok: true, address: new AddressReader(text).single() };
  } catch (error) {
    if (error instanceof AddressError) return { ok: false, error: `mail: ${error.message}` };
    throw error;
  }
}

class AddressError extends Error {}

const fail = (message: string): never => {
  throw new AddressError(message);
};

const BAD_COMMENT = 'misformatted parenthetical comment';

/** What may stand in a display name besides plain atoms. */
const SPECIALS = '()[];@\\,';

function isVisible(code: number): boolean {
  return (code >= 0x21 && code <= 0x7e) || code >= 0x80;
}

function isAtomCharacter(character: string, permissive: boolean): boolean {
  if (character === '.') return true;
  if (SPECIALS.includes(character)) return permissive;
  if (character === '<' || character === '>' || character === '"' || character === ':') return false;
  return isVisible(character.codePointAt(0)!);
}

class AddressReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  single(): string {
    const found = this.#address(true);
    if (!this.#skipComments()) fail(BAD_COMMENT);
    if (!this.#ended()) fail(`expected single address, got ${JSON.stringify(this.#text.slice(this.#at))}`);
    if (found.length === 0) fail('empty group');
    if (found.length > 1) fail('group with multiple addresses');
    return found[0]!;
  }

  /** A mailbox, or (only at the top) a group with all its members. */
  #address(groupAllowed: boolean): string[] {
    this.#skipBlanks();
    if (this.#ended()) fail('no address');

    const start = this.#at;
    let bare: string | undefined;
    try {
      bare = this.#addressSpec();
    } catch (error) {
      if (!(error instanceof AddressError)) throw error;
      this.#at = start;
    }
    if (bare !== undefined) {
      this.#skipBlanks();
      if (this.#peek() === '(') this.#nameInComment();
      return [bare];
    }

    const name = this.#peek() === '<' ? '' : this.#phrase();
    this.#skipBlanks();
    if (groupAllowed && this.#take(':')) return this.#groupMembers();
    if (!this.#take('<')) {
      const plain = [...name].every((character) => isAtomCharacter(character, false));
      fail(plain ? "missing '@' or angle-addr" : 'no angle-addr');
    }
    const address = this.#addressSpec();
    if (!this.#take('>')) fail('unclosed angle-addr');
    return [address];
  }

  #groupMembers(): string[] {
    const members: string[] = [];
    this.#skipBlanks();
    let more = !this.#take(';');
    while (more) {
      members.push(...this.#address(false));
      if (!this.#skipComments()) fail(BAD_COMMENT);
      more = !this.#take(';');
      if (more && !this.#take(',')) fail('expected comma');
    }
    if (!this.#skipComments()) fail(BAD_COMMENT);
    return members;
  }

  #addressSpec(): string {
    this.#skipBlanks();
    if (this.#ended()) fail('no addr-spec');
    let local: string;
    if (this.#peek() === '"') {
      local = this.#quotedString();
      if (local === '') fail('empty quoted string in addr-spec');
    } else local = this.#atom(false);
    if (!this.#take('@')) fail('missing @ in addr-spec');
    this.#skipBlanks();
    if (this.#ended()) fail('no domain in addr-spec');
    return `${local}@${this.#atom(false)}`;
  }

  /**
   * Words up to something that is no word; one word is enough, what stops them is then no error. Brackets are characters of
   * words here, not comments.
   */
  #phrase(): string {
    const words: string[] = [];
    let afterEncoded = false;
    while (true) {
      this.#skipBlanks();
      if (this.#ended()) break;
      let word: string;
      let encoded = false;
      try {
        if (this.#peek() === '"') word = this.#quotedString();
        else {
          const decoded = this.#decode(this.#atom(true));
          word = decoded.text;
          encoded = decoded.encoded;
        }
      } catch (error) {
        if (!(error instanceof AddressError)) throw error;
        if (words.length === 0) fail(`missing word in phrase: ${prefixed(error.message)}`);
        break;
      }
      if (encoded && afterEncoded) words[words.length - 1] += word;
      else words.push(word);
      afterEncoded = encoded;
    }
    return words.join(' ');
  }

  #decode(word: string): { text: string; encoded: boolean } {
    const decoded = decodeEncodedWord(word);
    if (decoded.kind === 'unknown-charset') return fail(`${CHARSET}${JSON.stringify(decoded.charset)}`);
    return decoded.kind === 'text' ? { text: decoded.text, encoded: true } : { text: word, encoded: false };
  }

  #quotedString(): string {
    let result = '';
    let at = this.#at + 1;
    let escaped = false;
    while (true) {
      const code = this.#text.codePointAt(at);
      if (code === undefined) return fail('unclosed quoted-string');
      const character = String.fromCodePoint(code);
      const blank = character === ' ' || character === '\t';
      at += character.length;
      if (escaped) {
        if (!blank && !isVisible(code)) fail(`bad character in quoted-string: ${JSON.stringify(character)}`);
        result += character;
        escaped = false;
      } else if (character === '"') break;
      else if (character === '\\') escaped = true;
      else if (blank || isVisible(code)) result += character;
      else fail(`bad character in quoted-string: ${JSON.stringify(character)}`);
    }
    this.#at = at;
    return result;
  }

  /** A dot-atom. `permissive` as in display names: special characters and dots anywhere. */
  #atom(permissive: boolean): string {
    const start = this.#at;
    let at = start;
    while (at < this.#text.length) {
      const character = String.fromCodePoint(this.#text.codePointAt(at)!);
      if (!isAtomCharacter(character, permissive)) break;
      at += character.length;
    }
    if (at === start) fail('invalid string');
    const atom = this.#text.slice(start, at);
    this.#at = at;
    if (!permissive) {
      if (atom.startsWith('.')) fail('leading dot in atom');
      if (atom.includes('..')) fail('double dot in atom');
      if (atom.endsWith('.')) fail('trailing dot in atom');
    }
    return atom;
  }

  /** `ada@example.com (Ada)`: the name does not matter here, but an encoded word in it may be refused. */
  #nameInComment(): void {
    const comment = this.#comment() ?? fail(BAD_COMMENT);
    for (const word of comment.split(/[ \t]+/)) if (word !== '') this.#decode(word);
  }

  /** The comment that starts here, without its brackets; undefined where it is never closed. */
  #comment(): string | undefined {
    let depth = 1;
    let result = '';
    this.#at++;
    while (!this.#ended() && depth > 0) {
      const character = this.#text[this.#at]!;
      if (character === '\\' && this.#at + 1 < this.#text.length) this.#at++;
      else if (character === '(') depth++;
      else if (character === ')') depth--;
      if (depth > 0) result += this.#text[this.#at];
      this.#at++;
    }
    return depth === 0 ? result : undefined;
  }

  /** Blanks and comments; false where a comment is never closed. */
  #skipComments(): boolean {
    this.#skipBlanks();
    while (this.#peek() === '(') {
      if (this.#comment() === undefined) return false;
      this.#skipBlanks();
    }
    return true;
  }

  #skipBlanks(): void {
    while (this.#text[this.#at] === ' ' || this.#text[this.#at] === '\t') this.#at++;
  }

  #peek(): string | undefined {
    return this.#text[this.#at];
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #ended(): boolean {
    return this.#at >= this.#text.length;
  }
}

const CHARSET = 'charset not supported: ';

/** Errors inside a phrase keep their own `mail:` prefix, but for the one that comes from the charset reader. */
function prefixed(message: string): string {
  return message.startsWith(CHARSET) ? message : `mail: ${message}`;
}
