/** Role names, and what Grafana makes of the text an expression gave. */
import { goTitle } from '../text/go-title.js';
import { asText, type PathResult } from './attribute-path.js';
import type { DecodedDocument } from './body.js';
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

export interface RoleSearch {
  /** Empty where there is none. */
  readonly text: string;
  readonly first: PathResult;
  /** Set where the first evaluation gave no text. */
  readonly second?: PathResult;
}

/** What Grafana evaluates a role path on where the source gave no text: a person without groups. */
const NO_GROUPS: DecodedDocument = { ok: true, value: { groups: [] } };

/** The path on a source; where that gives no text (or an error), on a document that holds nothing but an empty list of groups. */
export function searchRole(evaluate: (document: DecodedDocument) => PathResult, document: DecodedDocument): RoleSearch {
  const first = evaluate(document);
  const text = asText(first);
  if (text !== '') return { text, first };
  const second = evaluate(NO_GROUPS);
  return { text: asText(second), first, second };
}
