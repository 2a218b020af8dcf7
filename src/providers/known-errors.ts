/** Which of the errors known of a provider an answer is. */
import { identityProvider, type ProviderUrls } from './index.js';
import { loadTroubles } from './load.js';
import type { KnownError, ProviderFacts } from './types.js';

export interface RecognisedError {
  readonly provider: ProviderFacts;
  readonly error: KnownError;
}

/** The known error an answer of the provider behind the addresses is; undefined where it is none, or the provider is not known. */
export async function recogniseError(
  urls: ProviderUrls,
  where: 'authorize' | 'token' | 'userinfo',
  said: string,
): Promise<RecognisedError | undefined> {
  const provider = identityProvider(urls);
  const troubles = provider && (await loadTroubles(provider.id));
  const error = troubles && matchError(troubles.errors, where, said);
  return error && { provider, error };
}

/**
 * The error whose text the answer holds. Words count for more than a code of the protocol alone, which says many things.
 * Texts are written with `/` between alternatives, `…` for what varies, and `code: words`.
 */
export function matchError(errors: readonly KnownError[], where: string, said: string): KnownError | undefined {
  const answer = plain(said);
  let best: { readonly error: KnownError; readonly weight: number } | undefined;
  for (const error of errors) {
    if (error.where !== where) continue;
    for (const text of error.text.split(' / ')) {
      const weight = weightOf(text, answer);
      if (weight > (best?.weight ?? 0)) best = { error, weight };
    }
  }
  return best?.error;
}

/** How much of the answer the text accounts for; 0 where it is another one. */
function weightOf(text: string, answer: string): number {
  const [, code, words = ''] = /^(?:HTTP )?(?:\d{3} )?(?:error=)?([a-z_]+(?=[:(]|$|\s\())?:?(.*)$/s.exec(text.trim())!;
  const parts = words
    .replace(/\([^)]*\)\s*$/, (aside) => (words.trim() === aside.trim() ? aside.slice(1, -1) : ''))
    .split(/…|\.\.\.|\["/)
    .map(plain)
    .filter((part) => part.length > 3);
  if (parts.length === 0) return code !== undefined && ` ${answer} `.includes(` ${code} `) ? 1 : 0;
  return parts.every((part) => answer.includes(part)) ? parts.join('').length + 1 : 0;
}

/** Lower case, letters, digits and underscores only. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, ' ')
    .trim();
}
