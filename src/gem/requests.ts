/**
 * Which scope a request needs, for the few paths that are plain. Source: HTTP API of Mimir (paths), GEM's access policy
 * scopes; other paths are not judged.
 */
import { header } from './credentials.js';

const READ_PATHS: readonly string[] = [
  '/prometheus/api/v1/query',
  '/prometheus/api/v1/query_range',
  '/prometheus/api/v1/query_exemplars',
  '/prometheus/api/v1/series',
  '/prometheus/api/v1/labels',
  '/prometheus/api/v1/label/',
  '/prometheus/api/v1/metadata',
  '/prometheus/api/v1/read',
];

const WRITE_PATHS: readonly string[] = ['/api/v1/push', '/otlp/v1/metrics'];

/** The scope of the request described in a payload; undefined where there is none or its path is not known. */
export function neededScope(
  request: Readonly<Record<string, unknown>> | undefined,
  headers: Readonly<Record<string, unknown>> | undefined,
): string | undefined {
  const path = typeof request?.['path'] === 'string' ? request['path'] : headers && header(headers, 'path');
  if (path === undefined) return undefined;
  if (WRITE_PATHS.some((known) => path === known || path.startsWith(`${known}?`))) return 'metrics:write';
  if (READ_PATHS.some((known) => path.startsWith(known))) return 'metrics:read';
  if (path.startsWith('/admin/api/')) return 'admin';
  return undefined;
}
