/** Whether an input belongs to Grafana Enterprise Metrics: looked at as text, before anything is parsed. */
import type { SourceFile } from '../text/source.js';

const CERTAIN: readonly string[] = [
  'access_policy_claim',
  'access_policy_regex',
  'access-policy-claim',
  'access-policy-regex',
  'auth.admin.oidc',
  '-auth.type=enterprise',
  'default_access_policy',
];

/** 0: nothing speaks for GEM; 100: certain. */
export function gemConfigLikelihood(file: SourceFile): number {
  const { text } = file;
  if (CERTAIN.some((word) => text.includes(word))) return 95;
  if (!text.includes('auth:') && !text.includes('"auth"') && !text.includes('-auth.')) return 0;
  if (text.includes('type: enterprise') || text.includes('"enterprise"') || text.includes('-auth.type')) return 93;
  if (text.includes('oidc:') && text.includes('issuer')) return 45;
  return 0;
}

/** 0: nothing speaks for GEM; 100: certain. */
export function gemPayloadLikelihood(envelope: Readonly<Record<string, unknown>>): number {
  const settings = envelope['settings'];
  if (typeof settings === 'object' && settings !== null && typeof (settings as { auth?: unknown }).auth === 'object')
    return 95;
  if (envelope['policies'] !== undefined || envelope['provider'] !== undefined) return 60;
  const token = envelope['id_token'];
  if (typeof token === 'string' && token.includes(':')) return 80;
  return 0;
}
