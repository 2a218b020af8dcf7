/**
 * Tenants, since v58: the claim, the refusals in their order, and what is stored. Source: the tenant part of the login code.
 */
import { attributeText } from './attributes.js';
import { NumberText } from './java-number.js';
import type { JsonObject, JsonValue } from './json.js';
import { isJsonObject } from './json.js';
import type { DashboardView } from './settings-view.js';

export interface Tenant {
  readonly slug: string;
  readonly attributes: Readonly<Record<string, unknown>> | null;
  readonly active: boolean;
}

export interface TenantInput {
  readonly claims: JsonObject;
  /** Whether the person is known to the server. */
  readonly userExists: boolean;
  readonly userTenant: string | null;
  readonly tenants: readonly Tenant[];
  readonly tenantsOn: boolean;
}

export type TenantResult =
  | { readonly ok: false; readonly status: 401 | 403; readonly message: string; readonly because: string }
  | {
      readonly ok: true;
      readonly tenant: string | null;
      readonly created: boolean;
      readonly revived: boolean;
      readonly attributes: Record<string, unknown> | null;
      readonly undetermined?: string;
    };

export function resolveTenant(input: TenantInput, view: DashboardView): TenantResult {
  const claim = input.claims.get(view.tenantClaim) ?? null;
  const slug = slugOf(claim);
  if (slug === undefined)
    return refuse(
      401,
      `Value of \`${view.tenantClaim}\` must be a string`,
      'the tenant claim is neither a text nor a whole number',
    );
  if (!input.tenantsOn) {
    if (slug === null && input.userTenant === null)
      return { ok: true, tenant: null, created: false, revived: false, attributes: null };
    return refuse(
      403,
      'Tenants and tenant users are disabled.',
      slug === null
        ? 'the person belongs to a tenant while MB_USE_TENANTS is not true'
        : 'the token names a tenant while MB_USE_TENANTS is not true',
    );
  }
  if (slug === null) {
    if (input.userTenant !== null)
      return refuse(
        403,
        'Tenant claim required for external user',
        `the person belongs to tenant "${input.userTenant}" and the token names none`,
      );
    return { ok: true, tenant: null, created: false, revived: false, attributes: null };
  }
  if (input.userExists && input.userTenant === null)
    return refuse(
      403,
      'Cannot add tenant claim to internal user',
      'the person exists without a tenant; none can be added later',
    );
  if (input.userExists && input.userTenant !== slug)
    return refuse(
      403,
      'Tenant ID mismatch with existing user',
      `the person belongs to tenant "${input.userTenant}", the token names "${slug}"; a tenant cannot change`,
    );
  const tenant = input.tenants.find((one) => one.slug === slug);
  if (tenant !== undefined && !tenant.active && !view.provisioning)
    return refuse(
      403,
      'Tenant is not active',
      'the tenant is disabled and account creation is off, so it is not revived',
    );
  return {
    ok: true,
    tenant: slug,
    // A person's own tenant exists, whether or not it is listed.
    created: tenant === undefined && !input.userExists,
    revived: tenant !== undefined && !tenant.active,
    ...mergedAttributes(input.claims.get(view.tenantAttributesClaim), tenant?.attributes ?? null),
  };
}

/** Null: not there; undefined: of a type that is refused. Whole numbers become text. */
function slugOf(claim: JsonValue): string | null | undefined {
  if (claim === null) return null;
  if (typeof claim === 'string') return claim;
  return claim instanceof NumberText && claim.whole ? String(claim) : undefined;
}

/** Only adds: values the tenant has win. Anything but an object is left out. */
function mergedAttributes(
  claim: JsonValue | undefined,
  existing: Readonly<Record<string, unknown>> | null,
): { attributes: Record<string, unknown> | null; undetermined?: string } {
  const before = existing === null ? null : { ...existing };
  if (!isJsonObject(claim)) return { attributes: before };
  const merged: Record<string, unknown> = {};
  let unsettled = false;
  for (const [name, value] of claim) {
    if (typeof value !== 'string') unsettled = true;
    Object.defineProperty(merged, name, {
      value: attributeText(value, true) ?? null,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return {
    attributes: { ...merged, ...before },
    ...(unsettled ? { undetermined: 'how tenant attributes that are no text are stored is not documented' } : {}),
  };
}

function refuse(status: 401 | 403, message: string, because: string): TenantResult {
  return { ok: false, status, message, because };
}
