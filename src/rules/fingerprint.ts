/**
 * What tells a finding from others when a file is looked at again: stable while lines move, are indented anew, or while the file is
 * renamed, different as soon as the line it points at says something else. Used for baselines and for reports to services that
 * track findings over time.
 */
import { maskSpans, secretSpans } from '../text/redact.js';
import { LineMap } from '../text/source.js';
import type { Finding } from './rule.js';

type Subject = Pick<Finding, 'rule' | 'section' | 'option' | 'source' | 'range'>;

/** Fingerprints of the findings of one file. Secrets have no part in them, so nothing can be guessed from one. */
export class Fingerprints {
  readonly #text: string;
  readonly #counts = new Map<string, number>();
  #lines: LineMap | undefined;

  /** @param text of the file; `''` for findings that belong to none */
  constructor(text: string) {
    this.#text = text;
  }

  /** 16 hexadecimal digits; the same for findings that only their order tells apart. The path has no part in it. */
  base({ rule, section = '', option = '', source = '', range }: Subject): string {
    return hash([rule, section, option, source, range === undefined ? '' : this.#line(range.start.line)].join('\n'));
  }

  /** `base`, a colon, and how often it has been asked for so far: unique within a file whose findings are asked for in order. */
  next(finding: Subject): string {
    const base = this.base(finding);
    const count = (this.#counts.get(base) ?? 0) + 1;
    this.#counts.set(base, count);
    return `${base}:${count}`;
  }

  #line(line: number): string {
    this.#lines ??= new LineMap(maskSpans(this.#text, secretSpans(this.#text)));
    return this.#lines.line(line).trim().replace(/\s+/g, ' ').replace(/\*+/g, '*');
  }
}

/** 64 bits of two multiplicative hashes over UTF-16 code units; not meant to withstand anybody. */
function hash(text: string): string {
  let high = 0x9747b28c;
  let low = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 0x5bd1e995);
    low = Math.imul(low ^ code, 0x01000193);
    high ^= high >>> 15;
  }
  high = Math.imul(high ^ (low >>> 16), 0x85ebca6b);
  low = Math.imul(low ^ (high >>> 13), 0xc2b2ae35);
  const hex = (part: number) => (part >>> 0).toString(16).padStart(8, '0');
  return hex(high ^ (high >>> 16)) + hex(low ^ (low >>> 16));
}
