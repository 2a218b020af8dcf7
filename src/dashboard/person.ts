/**
 * From the claims of a token to the person: e-mail, tenant, account, attributes, groups, names. Source: the login code of the
 * releases concerned.
 */
import type { Answer, DashboardResolution, DashboardUser } from './answer.js';
import { attributesOf } from './attributes.js';
import { ALL_USERS, syncGroups } from './groups.js';
import type { JsonObject, JsonValue } from './json.js';
import { toPlain } from './json.js';
import type { KnownUser } from './state.js';
import { hasFeature } from './state.js';
import { resolveTenant } from './tenants.js';

/** Somebody of whom only the groups are known. */
const UNKNOWN_PERSON: Omit<KnownUser, 'email'> = {
  firstName: null,
  lastName: null,
  active: true,
  groups: [ALL_USERS],
  tenant: null,
  jwtAttributes: {},
  loginAttributes: {},
  onlyAdmin: false,
};

/** The person the claims lead to, or the refusal of the server. */
export function findPerson(answer: Answer, claims: JsonObject): { readonly user: DashboardUser } | DashboardResolution {
  const { view, profile, state } = answer.input;
  const claimed = claims.get(view.emailClaim) ?? null;
  if (claimed === null) return noEmail(answer, claims);
  if (!state.setupDone)
    return answer.refuse('setup', 'no administrator has been set up yet', {
      status: null,
      productMessage: 'Instance has not been initialized',
    });
  if (typeof claimed !== 'string') {
    answer.step({
      field: 'email',
      source: 'id_token',
      option: 'MB_JWT_ATTRIBUTE_EMAIL',
      result: toPlain(claimed),
      status: 'error',
      certainty: 'undetermined',
      note: 'the claim is no text; that it fails is deduced',
    });
    return answer.refuse('email', 'the e-mail claim is not a text', { status: null, productMessage: null });
  }
  const email = claimed.toLowerCase();
  const known = knownUser(answer, email);
  answer.step({
    field: 'email',
    source: 'id_token',
    option: 'MB_JWT_ATTRIBUTE_EMAIL',
    expression: view.emailClaim,
    result: email,
    status: 'matched',
    note:
      known === undefined ? 'nobody is known by this address' : 'a known person; addresses are compared without case',
  });
  const tenantsOn = profile.tenants && view.useTenants && hasFeature(state, 'tenants');
  const tenant = profile.tenants
    ? resolveTenant(
        {
          claims,
          userExists: known !== undefined,
          userTenant: known?.tenant ?? null,
          tenants: state.tenants,
          tenantsOn,
        },
        view,
      )
    : ({ ok: true, tenant: known?.tenant ?? null, created: false, revived: false, attributes: null } as const);
  if (!tenant.ok) {
    answer.step({
      field: 'tenant',
      source: 'id_token',
      option: 'MB_JWT_ATTRIBUTE_TENANT',
      status: 'error',
      note: tenant.because,
    });
    return answer.refuse('tenant', tenant.because, {
      status: tenant.status,
      productMessage: tenant.message,
      plain: profile.plainErrors,
    });
  }
  if (tenant.tenant !== null)
    answer.step({
      field: 'tenant',
      source: 'id_token',
      option: 'MB_JWT_ATTRIBUTE_TENANT',
      result: tenant.tenant,
      status: 'matched',
      ...(tenant.created
        ? { note: 'unknown: it is created' }
        : tenant.revived
          ? { note: 'disabled: it is revived' }
          : {}),
      ...('undetermined' in tenant && tenant.undetermined !== undefined
        ? { certainty: 'undetermined' as const, note: tenant.undetermined }
        : {}),
    });
  const refused = account(answer, known, email);
  if (refused !== undefined) return refused;
  return { user: userAfter(answer, claims, known, email, tenantsOn, tenant) };
}

function knownUser(answer: Answer, email: string): KnownUser | undefined {
  const { state, currentGroups } = answer.input;
  const found = state.users.find((user) => user.email.toLowerCase() === email);
  if (currentGroups === undefined) return found;
  return { ...(found ?? { ...UNKNOWN_PERSON, email }), groups: currentGroups };
}

function noEmail(answer: Answer, claims: JsonObject): DashboardResolution {
  const { view, profile } = answer.input;
  const other = [...claims.keys()].find(
    (key) => key.toLowerCase() === view.emailClaim.toLowerCase() && key !== view.emailClaim,
  );
  const usual = ['email', 'mail', 'upn', 'preferred_username'].find(
    (key) => key !== view.emailClaim && claims.has(key),
  );
  const because = [
    `the token has no claim "${view.emailClaim}"`,
    ...(other === undefined ? [] : [`it has "${other}", and names are compared with case`]),
    ...(other === undefined && usual !== undefined ? [`it has "${usual}"`] : []),
    ...(view.emailClaim.includes('.')
      ? ['a path is not followed: one top-level claim of exactly this name counts']
      : []),
  ].join('; ');
  answer.step({
    field: 'email',
    source: 'id_token',
    option: 'MB_JWT_ATTRIBUTE_EMAIL',
    expression: view.emailClaim,
    status: 'error',
    note: because,
    ...(profile.missingEmail === null ? { certainty: 'undetermined' as const } : {}),
  });
  return answer.refuse('email', because, {
    status: profile.missingEmail?.status ?? null,
    productMessage: profile.missingEmail?.message ?? null,
    plain: profile.plainErrors,
  });
}

/** Account creation and revival. */
function account(answer: Answer, known: KnownUser | undefined, email: string): DashboardResolution | undefined {
  const { view, profile, state } = answer.input;
  const option = 'MB_JWT_USER_PROVISIONING_ENABLED';
  if (known?.active) return undefined;
  if (!view.provisioning) {
    const what = known === undefined ? 'unknown' : 'deactivated';
    answer.step({
      field: 'account',
      option,
      result: false,
      status: 'error',
      note: `the person is ${what} and accounts are not made at login`,
    });
    const siteName = state.siteName ?? view.siteName;
    return answer.refuse('provisioning', `the person is ${what}, and ${option} is false`, {
      status: known === undefined ? profile.unknownUserStatus : profile.deactivatedStatus,
      productMessage: `Sorry, but you'll need a ${siteName} account to view this page. Please contact your administrator.`,
      plain: profile.plainErrors,
    });
  }
  if (known === undefined && !isAddress(email)) {
    answer.step({
      field: 'email',
      result: email,
      status: 'error',
      certainty: 'undetermined',
      note: 'no account can be made for what is not an e-mail address; that this fails is deduced',
    });
    return answer.refuse('email', `"${email}" is not an e-mail address, so no account can be made`, {
      status: null,
      productMessage: null,
    });
  }
  answer.step({
    field: 'account',
    option,
    result: true,
    status: 'matched',
    note:
      known === undefined
        ? 'an account is made, without a password; paid plans charge for it'
        : 'the account was deactivated and is revived',
  });
  return undefined;
}

function userAfter(
  answer: Answer,
  claims: JsonObject,
  known: KnownUser | undefined,
  email: string,
  tenantsOn: boolean,
  tenant: {
    readonly tenant: string | null;
    readonly created: boolean;
    readonly attributes: Record<string, unknown> | null;
  },
): DashboardUser {
  const { view, profile, state } = answer.input;
  const attributes = attributesOf(claims, view, profile, tenantsOn);
  for (const { name, because } of attributes.dropped)
    answer.step({ field: 'attributes', source: 'id_token', expression: name, status: 'ignored', note: because });
  for (const note of attributes.unsettled)
    answer.step({ field: 'attributes', status: 'ignored', certainty: 'undetermined', note });
  answer.step({
    field: 'attributes',
    source: 'id_token',
    result: attributes.stored,
    status: Object.keys(attributes.stored).length === 0 ? 'empty' : 'matched',
    note:
      profile.attributes === 'raw'
        ? 'written over the attributes of the person, as they are'
        : [
            'stored as text in a set of their own, replacing the earlier set; attributes set by hand win',
            ...(attributes.changed.length === 0 ? [] : [`turned into text: ${attributes.changed.join(', ')}`]),
          ].join('; '),
  });
  const groups = syncGroups(
    {
      claim: claims.get(view.groupsClaim),
      current: known?.groups ?? [ALL_USERS],
      known: state.groups,
      onlyAdmin: known?.onlyAdmin ?? false,
    },
    view,
    profile,
  );
  answer.step({
    field: 'groups',
    source: 'id_token',
    option: groups.mode === 'mapping' ? 'MB_JWT_GROUP_MAPPINGS' : 'MB_JWT_GROUP_SYNC',
    expression: view.groupsClaim,
    result: groups.groups,
    status: groups.mode === 'mapping' || groups.mode === 'names' ? 'matched' : 'skipped',
    note: [
      ...groups.notes,
      ...(groups.added.length === 0 ? [] : [`added: ${groups.added.join(', ')}`]),
      ...(groups.removed.length === 0 ? [] : [`removed: ${groups.removed.join(', ')}`]),
    ].join('; '),
    ...(groups.undetermined === undefined
      ? {}
      : { certainty: 'undetermined' as const, error: { message: groups.undetermined } }),
  });
  return {
    email: known?.email.toLowerCase() ?? email,
    firstName: personName(answer, 'first_name', claims.get(view.firstNameClaim), known, known?.firstName),
    lastName: personName(answer, 'last_name', claims.get(view.lastNameClaim), known, known?.lastName),
    attributes: attributes.stored,
    effectiveAttributes:
      profile.attributes === 'raw' ? attributes.stored : { ...attributes.stored, ...known?.loginAttributes },
    dropped: attributes.dropped.map(({ name }) => name),
    groups: groups.groups,
    added: groups.added,
    removed: groups.removed,
    created: known === undefined,
    reactivated: known !== undefined && !known.active,
    tenant: tenant.tenant,
    tenantCreated: tenant.created,
    tenantAttributes: tenant.attributes,
  };
}

function personName(
  answer: Answer,
  field: 'first_name' | 'last_name',
  claim: JsonValue | undefined,
  known: KnownUser | undefined,
  before: string | null | undefined,
): string | null {
  const option = field === 'first_name' ? 'MB_JWT_ATTRIBUTE_FIRSTNAME' : 'MB_JWT_ATTRIBUTE_LASTNAME';
  if (claim !== undefined && claim !== null) {
    const text = typeof claim === 'string' ? claim : String(toPlain(claim));
    answer.step({
      field,
      source: 'id_token',
      option,
      result: text,
      status: 'matched',
      ...(typeof claim === 'string'
        ? {}
        : { certainty: 'undetermined' as const, note: 'the claim is no text; what is stored is not documented' }),
    });
    return text;
  }
  const name = known === undefined ? answer.input.profile.missingName : (before ?? null);
  answer.step({
    field,
    source: 'id_token',
    option,
    result: name,
    status: known === undefined ? 'empty' : 'default',
    note: known === undefined ? 'not in the token' : 'not in the token: it stays as it is',
  });
  return name;
}

/** Roughly what an account may have as address. */
function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(text);
}
