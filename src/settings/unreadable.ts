/** A file named by `$__file{…}` that cannot be read: Grafana does not start. */
import { sourceSpan } from '../document/types.js';
import type { Cell } from './cell.js';
import { placeOf } from './config.js';
import type { ConfigProblem } from './types.js';

/** What the operating system says, by Node's error code. */
const SYSTEM_SAYS: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `stat ${path}: no such file or directory`,
  EACCES: (path) => `open ${path}: permission denied`,
  EISDIR: (path) => `read ${path}: is a directory`,
};

export function unreadable(cell: Cell, expander: { path: string; written: string }, error: unknown): ConfigProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const says = Object.hasOwn(SYSTEM_SAYS, code) ? SYSTEM_SAYS[code]!(expander.path) : undefined;
  const { origin } = cell;
  // The place inside the value, where the value is as written in the file.
  const at = origin.entry?.value.indexOf(expander.written) ?? -1;
  const span = origin.entry && at !== -1 ? sourceSpan(origin.entry, at, expander.written.length) : undefined;
  return {
    ...placeOf(origin),
    ...(span && origin.document && { range: origin.document.range(span) }),
    stage: 'expand',
    severity: 'error',
    kind: 'file-expander',
    message: `[${cell.section}] ${cell.key} names the file ${expander.path}, which cannot be read${code ? ` (${code})` : ''}`,
    ...(says && {
      productMessage: `got error while expanding ${cell.section}.${cell.key} with expander 'file': ${says}`,
    }),
    section: cell.section,
    option: cell.key,
  };
}
