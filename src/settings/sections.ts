/** Sections and their parents: a dot in a section's name makes the part before it a parent, `.a` is a child of `DEFAULT`. */

import { DEFAULT_SECTION } from '../document/ini.js';

/** Nearest first: `a.b.c` → `a.b`, `a`. */
export function parentSections(section: string): string[] {
  const parents: string[] = [];
  for (let dot = section.lastIndexOf('.'); dot !== -1; ) {
    parents.push(dot === 0 ? DEFAULT_SECTION : section.slice(0, dot));
    dot = dot === 0 ? -1 : section.lastIndexOf('.', dot - 1);
  }
  return parents;
}
