/** Whether an input belongs to Dashboard: looked at as text, before anything is parsed. */
import type { SourceFile } from '../text/source.js';

/** 0: nothing speaks for Dashboard; 100: certain. */
export function dashboardConfigLikelihood(file: SourceFile): number {
  const { text } = file;
  if (text.includes('MB_JWT_') || text.includes('jwt-shared-secret') || text.includes('jwt-identity-provider-uri'))
    return 95;
  if (/\bMB_[A-Z]/.test(text) || /\bjwt-(?:enabled|attribute|group|user)/.test(text)) return 45;
  return 0;
}

/** 0: nothing speaks for Dashboard; 100: certain. */
export function dashboardPayloadLikelihood(envelope: Readonly<Record<string, unknown>>): number {
  const settings = envelope['settings'];
  if (typeof settings === 'object' && settings !== null && Object.keys(settings).some((name) => name.startsWith('MB_')))
    return 95;
  const request = envelope['request'];
  const path = typeof request === 'object' && request !== null ? (request as { path?: unknown }).path : undefined;
  if (typeof path === 'string' && path.startsWith('/auth/sso')) return 90;
  return envelope['state'] === undefined ? 0 : 50;
}
