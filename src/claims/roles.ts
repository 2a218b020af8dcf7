/** Role names, and what Grafana makes of the text an expression gave. */
import { goTitle } from '../text/go-title.js';
import type { ClaimsProfile } from './profile.js';

export interface FoundRole {
  /** Title-cased; perhaps no role at all. */
  readonly role: string;
  readonly grafanaAdmin: boolean;
}

/** `GrafanaAdmin` in any case is Admin plus server administrator; everything else is title-cased. */
export function readRole(text: string): FoundRole {
  if (text.length === 12 && text.toLowerCase() === 'grafanaadmin') return { role: 'Admin', grafanaAdmin: true };
  return { role: COMMON.get(text) ?? goTitle(text), grafanaAdmin: false };
}

const COMMON = new Map(
  ['None', 'Viewer', 'Editor', 'Admin'].flatMap((role) => [
    [role, role],
    [role.toLowerCase(), role],
  ]),
);

export function isRole(profile: ClaimsProfile, role: string): boolean {
  return profile.roles.includes(role);
}

const ORDER = ['None', 'Viewer', 'Editor', 'Admin'];

/** The higher of two roles; anything that is no role is lower than all. */
export function higherRole(left: string, right: string): string {
  return ORDER.indexOf(left) >= ORDER.indexOf(right) ? left : right;
}
