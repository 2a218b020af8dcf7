/**
 * The refresh token tried as the product would: is one issued, does refreshing work, do ID token and claims survive it.
 */
import type { Check } from '../claims/trace.js';
import type { OAuthClient } from './authorize.js';
import type { Recorder } from './recorder.js';
import { requestToken, type TokenResult } from './token-request.js';

export interface RefreshOutcome {
  readonly checks: readonly Check[];
  readonly result?: TokenResult;
}

/** Uses the refresh token of a token answer once. Claims are compared by name; values may rightly change. */
export async function tryRefresh(
  client: OAuthClient,
  token: Readonly<Record<string, unknown>>,
  recorder: Recorder,
): Promise<RefreshOutcome> {
  const refreshToken = token['refresh_token'];
  if (typeof refreshToken !== 'string' || refreshToken === '') {
    const because = client.scopes.includes('offline_access')
      ? 'the scope offline_access was asked for; the provider does not allow it for this client'
      : 'many providers issue one only with the scope offline_access';
    return { checks: [{ name: 'refresh token issued', ok: false, because }] };
  }
  const result = await requestToken(
    client,
    recorder,
    { grant_type: 'refresh_token', refresh_token: refreshToken },
    'refresh',
  );
  const checks: Check[] = [{ name: 'refresh token issued', ok: true }];
  if (result.token === undefined) {
    const last = result.tries.at(-1);
    const actual =
      last?.error?.message ?? (last?.answer?.ok === false ? (last.answer.error ?? last.answer.message) : undefined);
    checks.push({
      name: 'refreshing works',
      ok: false,
      ...(actual === undefined ? {} : { actual: recorder.secrets.clean(actual) }),
    });
    return { checks, result };
  }
  checks.push({ name: 'refreshing works', ok: true });
  checks.push({
    name: 'refresh token rotated',
    ok: null,
    actual:
      result.token['refresh_token'] === undefined || result.token['refresh_token'] === refreshToken ? 'no' : 'yes',
    because: 'with rotation, two servers refreshing at once can log the person out',
  });
  const before = claimNames(token[client.idTokenAttributeName]);
  const after = claimNames(result.token[client.idTokenAttributeName]);
  if (before !== undefined) {
    checks.push({
      name: 'ID token after refresh',
      ok: after !== undefined,
      ...(after === undefined
        ? { because: 'the answer to a refresh may leave it out (OpenID Connect Core 12.2)' }
        : {}),
    });
  }
  if (before !== undefined && after !== undefined) {
    const lost = before.filter((name) => !after.includes(name) && name !== 'nonce' && name !== 'at_hash');
    checks.push({
      name: 'claims survive the refresh',
      ok: lost.length === 0,
      ...(lost.length === 0 ? {} : { actual: `missing afterwards: ${lost.join(', ')}` }),
    });
  }
  return { checks, result };
}

function claimNames(token: unknown): string[] | undefined {
  if (typeof token !== 'string') return undefined;
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return typeof payload === 'object' && payload !== null ? Object.keys(payload) : undefined;
  } catch {
    return undefined;
  }
}
