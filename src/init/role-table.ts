/** "Group → role" as people write it. */
import { UsageError } from '../errors.js';
import { closest } from '../text/suggest.js';

export const TABLE_ROLES = ['GrafanaAdmin', 'Admin', 'Editor', 'Viewer', 'None'] as const;

export type TableRole = (typeof TABLE_ROLES)[number];

/** Whoever has the value gets the role; of several rows that fit, the first one counts. */
export interface RoleRow {
  /** A group, an app role, an e-mail address: what the claim of the table holds. */
  readonly value: string;
  readonly role: TableRole;
}

/**
 * `grafana-admins=Admin`. The last `=` separates, so that the names of directories (`cn=admins,dc=acme`) may stand before it.
 * @throws UsageError for a text that is no row, or a role Grafana does not know.
 */
export function readRoleRow(text: string): RoleRow {
  const at = text.lastIndexOf('=');
  const value = text.slice(0, Math.max(at, 0)).trim();
  if (at === -1 || value === '')
    throw new UsageError(`--role cannot be "${text}"`, { because: 'it is GROUP=ROLE, such as grafana-admins=Admin' });
  if (/[\x00-\x1f\x7f]/.test(value))
    throw new UsageError('a group of --role has a control character in its name', {
      because: 'it could not be written on one line of a configuration',
    });
  return { value, role: readRole(text.slice(at + 1).trim(), '--role') };
}

/** A role in any spelling. @throws UsageError */
export function readRole(text: string, flag: string, allowed: readonly TableRole[] = TABLE_ROLES): TableRole {
  const wanted = text.toLowerCase().replace(/[ _-]/g, '');
  const found = allowed.find((role) => role.toLowerCase() === wanted);
  if (found) return found;
  throw new UsageError(`${flag}: "${text}" is no role`, {
    because: `roles are ${allowed.join(', ')}`,
    suggestions: closest(text, allowed),
  });
}

/** Rows behind another one for the same value: they never count. */
export function deadRows(rows: readonly RoleRow[]): readonly RoleRow[] {
  return rows.filter((row, at) => rows.findIndex((other) => other.value === row.value) !== at);
}
