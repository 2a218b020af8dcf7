/** What identity providers say themselves, from what is known of each of them. */
import { IDENTITY_PROVIDERS, isVerified } from '../providers/index.js';
import { loadTroubles } from '../providers/load.js';
import type { KnownError } from '../providers/types.js';

/** A text of a provider that was found. */
export interface ProviderError {
  readonly provider: { readonly id: string; readonly name: string };
  readonly text: string;
  readonly meaning: string;
  readonly fix: string | undefined;
  /** False: remembered or concluded, not read in its documentation. */
  readonly verified: boolean;
}

interface Known extends ProviderError {
  readonly patterns: readonly RegExp[];
  /** Tells this provider by itself; other texts count only where the provider is known. */
  readonly telling: boolean;
}

/** Looks texts of providers up. */
export class ProviderErrors {
  readonly #known: readonly Known[];

  private constructor(known: readonly Known[]) {
    this.#known = known;
  }

  static async load(): Promise<ProviderErrors> {
    const all = await Promise.all(
      IDENTITY_PROVIDERS.map(async ({ id, name, family }) => {
        const errors = (await loadTroubles(id))?.errors ?? [];
        return errors.map((error) => ({ id, name, family, error, parts: partsOf(error) }));
      }),
    );
    const families = new Map<string, Set<string>>();
    for (const { family, parts } of all.flat())
      for (const part of parts) {
        const known = families.get(part.toLowerCase()) ?? new Set();
        families.set(part.toLowerCase(), known.add(family));
      }
    return new ProviderErrors(
      all.flat().flatMap(({ id, name, error, parts }): Known[] => {
        if (parts.length === 0) return [];
        const telling =
          error.where !== 'login' &&
          parts.every((part) => families.get(part.toLowerCase())!.size === 1 && (CODE.test(part) || part.length >= 20));
        return [
          {
            provider: { id, name },
            text: error.text,
            meaning: error.meaning,
            fix: error.fix === '' ? undefined : error.fix,
            verified: isVerified(error.basis),
            patterns: parts.map(patternOf),
            telling,
          },
        ];
      }),
    );
  }

  /** `provider`: the one behind the configuration or the address. Its own texts come first. */
  find(text: string, provider: string | undefined): readonly ProviderError[] {
    const fitting = this.#known.filter(
      ({ provider: { id }, telling, patterns }) =>
        (telling || id === provider) && patterns.some((pattern) => pattern.test(text)),
    );
    const own = fitting.filter(({ provider: { id } }) => id === provider);
    // Two variants of one provider say the same.
    const chosen = own.length > 0 ? own : fitting.slice(0, 1);
    return chosen.slice(0, 2).map(({ patterns: _, telling: __, ...error }) => error);
  }
}

const CODE = /\b(?:AADSTS|MSIS)\d{4,}\b/;

/** What of a text is looked for: without status, error code in front, and remarks. */
function partsOf({ text }: KnownError): readonly string[] {
  const codes = text.match(/\b(?:AADSTS|MSIS)\d{4,}\b/g);
  if (codes) return codes;
  return text
    .split(' / ')
    .map((part) =>
      part
        .replace(/^(?:HTTP )?\d{3}\s+/, '')
        .replace(/^(?:error=)?[a-z_]+: /, '')
        .replace(/\s*\([^)]*\)$/, '')
        .replace(/^\{"error":"(.*)"\}$/, '$1')
        .replace(/[\s.…]+$/, '')
        .trim(),
    )
    .filter((part) => part.length >= 6);
}

function patternOf(part: string): RegExp {
  const source = part
    .split(/…|\.\.\./)
    .map((piece) =>
      piece
        .trim()
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replace(/\s+/g, '\\s+'),
    )
    .join('.{0,80}');
  return new RegExp(CODE.test(part) ? `\\b${source}\\b` : source, 'i');
}
