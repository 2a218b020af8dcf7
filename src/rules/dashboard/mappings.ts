import type { DashboardEntry } from '../../dashboard/config.js';
import type { DashboardSubject, Place } from './subject.js';
import { within } from './subject.js';

/** Names in the mappings that lead to a group, each with its place. */
export function mappedTo(
  subject: DashboardSubject,
  group: number,
): { readonly entry: DashboardEntry; readonly name: string; readonly place: Place }[] {
  const { mappings } = subject.view;
  const entry = subject.known('MB_JWT_GROUP_MAPPINGS');
  if (entry === undefined || !mappings.ok) return [];
  return [...mappings.table]
    .filter(([, ids]) => ids.includes(group))
    .map(([name]) => {
      const written = JSON.stringify(name);
      const at = entry.value.indexOf(written);
      const span = at === -1 ? { start: 0, end: entry.value.length } : { start: at, end: at + written.length };
      return { entry, name, place: within(entry, span) };
    });
}
