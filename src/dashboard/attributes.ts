/**
 * Which claims become user attributes, and in what form. Source: the login code of each era; manual "User attribute
 * configuration".
 */
import { NumberText } from './java-number.js';
import type { JsonObject, JsonValue } from './json.js';
import { toPlain } from './json.js';
import type { DashboardView } from './settings-view.js';
import type { DashboardProfile } from './versions.js';

export interface AttributeResult {
  readonly stored: Record<string, unknown>;
  /** Claims that were meant as attributes and are not stored. */
  readonly dropped: readonly { readonly name: string; readonly because: string }[];
  /** Claims whose text is not what was sent: name → form. */
  readonly changed: readonly string[];
  /** What public material does not settle. */
  readonly unsettled: readonly string[];
}

/** The attributes a login stores. `tenantsOn` also holds the tenant claims back. */
export function attributesOf(
  claims: JsonObject,
  view: DashboardView,
  profile: DashboardProfile,
  tenantsOn: boolean,
): AttributeResult {
  const held = new Set([...profile.heldBack, view.emailClaim, view.firstNameClaim, view.lastNameClaim]);
  if (!profile.groupsAreAttribute) held.add(view.groupsClaim);
  if (tenantsOn) {
    held.add(view.tenantClaim);
    held.add(view.tenantAttributesClaim);
  }
  const stored: Record<string, unknown> = {};
  const dropped: { name: string; because: string }[] = [];
  const changed: string[] = [];
  const unsettled: string[] = [];
  for (const [name, value] of claims) {
    if (held.has(name)) continue;
    if (profile.attributes === 'raw') {
      put(stored, name, toPlain(value));
      continue;
    }
    if (name.startsWith('@')) {
      dropped.push({ name, because: 'names beginning with @ are reserved' });
      continue;
    }
    const text = attributeText(value, profile.joinsLists);
    if (text === undefined) {
      dropped.push({ name, because: whyDropped(value) });
      continue;
    }
    if (Array.isArray(value) && value.some((item) => typeof item === 'object' && !(item instanceof NumberText)))
      unsettled.push(`how the list "${name}" with lists, objects or null in it becomes text is not documented`);
    if (typeof value !== 'string') changed.push(name);
    put(stored, name, text);
  }
  return { stored, dropped, changed, unsettled };
}

/** Undefined where the value is not stored. */
export function attributeText(value: JsonValue, joinsLists: boolean): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || value instanceof NumberText) return String(value);
  if (Array.isArray(value) && joinsLists) return value.map(elementText).join(',');
  return undefined;
}

function elementText(value: JsonValue): string {
  if (value === null) return '';
  if (typeof value === 'object' && !(value instanceof NumberText)) return JSON.stringify(toPlain(value));
  return String(value);
}

function whyDropped(value: JsonValue): string {
  if (value === null) return 'null is not stored';
  return Array.isArray(value) ? 'lists are not stored' : 'objects are not stored';
}

function put(target: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}
