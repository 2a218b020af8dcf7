/** What is known of a provider's own words, added to a failure. */
import { isVerified } from '../providers/types.js';
import type { OAuthClient } from './authorize.js';
import type { LoginFailure } from './steps.js';

const PLACES = { callback: 'authorize', token: 'token' } as const;

/** The failure with what the words of this very provider mean, where they are known. */
export async function inWordsOfProvider(
  failure: LoginFailure,
  client: Pick<OAuthClient, 'authUrl' | 'tokenUrl' | 'fromFlags'>,
): Promise<LoginFailure> {
  const where = PLACES[failure.step as keyof typeof PLACES];
  if (where === undefined || failure.server === undefined) return failure;
  const { recogniseError } = await import('../providers/known-errors.js');
  const urls = { auth: client.authUrl, token: client.tokenUrl, api: '' };
  const found = await recogniseError(urls, where, failure.server);
  if (found === undefined) return failure;
  const { provider, error } = found;
  const fix = client.fromFlags ? undefined : error.fix;
  return {
    ...failure,
    usually: `${provider.name}: ${error.meaning}${isVerified(error.basis) ? '' : ' (not verified)'}`,
    ...(fix === undefined ? {} : { try: fix }),
  };
}
