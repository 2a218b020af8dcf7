/** Sections and their parents: a dot in a section's name makes the part before it a parent, `.a` is a child of `DEFAULT`. */

import { DEFAULT_SECTION } from '../document/ini.js';

export const CLOUD_SECTION = 'auth.grafana_com';
/** The cloud section's name before 4.3, still read. */
export const LEGACY_CLOUD_SECTION = 'auth.grafananet';
/** A documented name of the cloud section. Grafana's own builds do not read it, and give it no defaults of its own. */
export const CLOUD_ALIAS = 'auth.metrics-dashboard_com';

/** Nearest first: `a.b.c` → `a.b`, `a`. */
export function parentSections(section: string): string[] {
  const parents: string[] = [];
  for (let dot = section.lastIndexOf('.'); dot !== -1; ) {
    parents.push(dot === 0 ? DEFAULT_SECTION : section.slice(0, dot));
    dot = dot === 0 ? -1 : section.lastIndexOf('.', dot - 1);
  }
  return parents;
}
