/**
 * The dry run of a request to `/auth/sso` of Dashboard: is JWT login on, where does the request go, does the token pass, who
 * is the person afterwards. Source: the login code of the releases concerned; `productMessage` is the server's exact text.
 */
import type { Denial, Outcome, Resolution, TraceStep } from '../claims/trace.js';
import { attributesOf } from './attributes.js';
import { ALL_USERS, syncGroups } from './groups.js';
import { NumberText } from './java-number.js';
import type { JsonObject, JsonValue } from './json.js';
import { isJsonObject, toPlain } from './json.js';
import type { SsoRequest } from './request.js';
import { embeddingClient, identityProviderUrl, refusedReturn, unsafeReturn } from './request.js';
import type { DashboardView } from './settings-view.js';
import { whyDisabled } from './settings-view.js';
import type { KnownUser, ServerState } from './state.js';
import { hasFeature } from './state.js';
import { resolveTenant } from './tenants.js';
import type { TokenFailure } from './token.js';
import { checkSignature, checkTimes, endOfLife, MAX_AGE } from './token.js';
import type { DashboardProfile } from './versions.js';

/** A type alias, so that it is also a plain record. */
export type DashboardUser = {
  readonly email: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  /** What this login stores. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** With those set by hand, which win from v56 on. */
  readonly effectiveAttributes: Readonly<Record<string, unknown>>;
  /** Claims that are not stored. */
  readonly dropped: readonly string[];
  readonly groups: readonly number[];
  readonly added: readonly number[];
  readonly removed: readonly number[];
  readonly created: boolean;
  readonly reactivated: boolean;
  readonly tenant: string | null;
  readonly tenantCreated: boolean;
  readonly tenantAttributes: Readonly<Record<string, unknown>> | null;
};

/** What the server answers; null where not established. */
export interface DashboardResponse {
  readonly status: number | null;
  readonly location?: string;
  readonly body?: unknown;
  readonly statusKey?: string;
  /** Where a redirect leads, where no login takes place. */
  readonly to?: 'idp' | 'saml';
}

export type DashboardResolution = Resolution<DashboardUser> & {
  readonly response: DashboardResponse;
  /** Whether login with a password stays. */
  readonly passwordLogin: boolean;
};

export interface DashboardInput {
  readonly view: DashboardView;
  readonly profile: DashboardProfile;
  readonly state: ServerState;
  readonly request: SsoRequest;
  /** Claims that stand for a correctly signed token. */
  readonly claims: JsonValue | undefined;
  /** Seconds since 1970; without it times are not checked. */
  readonly now: number | undefined;
  /** Ids of the groups the person has before the login, whether or not the server's people are given. */
  readonly currentGroups?: readonly number[];
  readonly name?: string;
}

export function resolveDashboard(input: DashboardInput): DashboardResolution {
  return new Run(input).resolve();
}

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

interface RefusalOptions {
  readonly status: number | null;
  readonly productMessage: string | null;
  readonly statusKey?: string;
  /** The answer is JSON whatever the version. */
  readonly json?: boolean;
  readonly plain?: boolean;
}

class Run {
  readonly #input: DashboardInput;
  readonly #trace: TraceStep[] = [];

  constructor(input: DashboardInput) {
    this.#input = input;
  }

  resolve(): DashboardResolution {
    const { view, profile, state, request } = this.#input;
    if (profile.note !== undefined) this.#step({ field: 'config', status: 'ignored', note: profile.note });
    const off = whyDisabled(view, profile, hasFeature(state, 'sso-jwt'));
    this.#step(
      off === undefined
        ? {
            field: 'config',
            option: 'MB_JWT_ENABLED',
            result: true,
            status: 'matched',
            note: 'JWT login is on and configured',
          }
        : { field: 'config', option: 'MB_JWT_ENABLED', result: false, status: 'error', note: off },
    );
    if (state.saml && (off !== undefined || request.token === undefined)) {
      const preferred = request.query['preferred_method'];
      if (off !== undefined || preferred !== 'jwt' || !profile.knowsPreferredMethod) return this.#toSaml(preferred);
      this.#step({
        field: 'method',
        result: 'jwt',
        status: 'matched',
        note: 'SAML is on too; preferred_method=jwt asks for JWT',
      });
    }
    if (off !== undefined)
      return this.#refuse('disabled', `JWT login is off: ${off}`, {
        status: 400,
        productMessage: 'SSO has not been enabled and/or configured',
        statusKey: 'error-sso-disabled',
        json: true,
      });
    if (request.method === 'POST')
      return this.#refuse('method', 'the request is a POST; the token must come by GET', {
        status: profile.postStatus,
        productMessage: 'POST not valid for JWT SSO requests',
        ...(profile.postStatusKey === null ? {} : { statusKey: profile.postStatusKey }),
        json: true,
      });
    return request.token === undefined ? this.#firstLeg() : this.#secondLeg();
  }

  #toSaml(preferred: string | undefined): DashboardResolution {
    this.#step({
      field: 'method',
      result: 'saml',
      status: 'matched',
      note:
        preferred === 'jwt' && !this.#input.profile.knowsPreferredMethod
          ? 'SAML is on too and takes requests without a jwt parameter; preferred_method is known from v55 on'
          : 'SAML takes requests without a jwt parameter',
    });
    return this.#result('redirect', null, null, { status: 302, to: 'saml' });
  }

  /** No token: the browser, or the embedding client, is told where the identity provider is. */
  #firstLeg(): DashboardResolution {
    const { view, profile, request } = this.#input;
    this.#wrongPlaces();
    const client = embeddingClient(request, profile);
    if (client === 'sdk' || client === 'simple') {
      const refused = this.#embeddingOff(client);
      if (refused !== undefined) return refused;
    }
    const redirect = request.query['redirect'];
    if (view.uri === '') {
      this.#step({
        field: 'redirect',
        option: 'MB_JWT_IDENTITY_PROVIDER_URI',
        status: 'empty',
        certainty: 'undetermined',
        note: 'no identity provider URI is set, which this version allows for embedding; where a browser is sent is not documented',
      });
      return this.#result('redirect', null, null, { status: null, to: 'idp' });
    }
    const location = identityProviderUrl(view.uri, redirect);
    this.#step({
      field: 'redirect',
      option: 'MB_JWT_IDENTITY_PROVIDER_URI',
      result: location,
      status: 'matched',
      note: [`no token: sent on to the identity provider`, ...redirectNotes(view.uri, redirect)].join('; '),
    });
    if (request.query['return_to'] !== undefined)
      this.#step({
        field: 'redirect',
        status: 'ignored',
        note: 'return_to is not forwarded; on this leg the parameter is called redirect',
      });
    if (client === undefined || client === 'parameter')
      return this.#result('redirect', null, null, { status: 302, location, to: 'idp' });
    return this.#result('redirect', null, null, {
      status: 200,
      body: { url: location, method: 'jwt', ...(profile.sdkHash ? { hash: '<hash>' } : {}) },
      to: 'idp',
    });
  }

  /** A token somewhere it is not looked for. */
  #wrongPlaces(): void {
    const { request } = this.#input;
    for (const name of ['access_token', 'id_token', 'token', 'code'])
      if (request.query[name] !== undefined && !(name === 'token' && request.query[name] === 'true'))
        this.#step({ field: 'token', status: 'ignored', note: `the parameter "${name}" is not read: only jwt is` });
    if (request.headers['authorization'] !== undefined)
      this.#step({
        field: 'token',
        status: 'ignored',
        note: 'an Authorization header is not read: only the parameter jwt is',
      });
  }

  #secondLeg(): DashboardResolution {
    const { view, profile, request } = this.#input;
    const returnTo = request.query['return_to'];
    if (returnTo !== undefined) {
      const because = refusedReturn(returnTo, view.siteUrl, profile.redirectCheck);
      if (because !== undefined) {
        this.#step({ field: 'return_to', option: 'MB_SITE_URL', result: returnTo, status: 'error', note: because });
        return this.#refuse('return_to', `return_to is refused: ${because}`, {
          status: 400,
          productMessage: 'Invalid redirect URL',
          plain: profile.plainRedirectError,
        });
      }
      const unsafe = unsafeReturn(returnTo, view.siteUrl);
      this.#step({
        field: 'return_to',
        option: 'MB_SITE_URL',
        result: returnTo,
        status: 'matched',
        ...(unsafe === undefined ? {} : { note: `the server lets it pass, but it should not be followed: ${unsafe}` }),
      });
    }
    const client = embeddingClient(request, profile);
    if (client !== undefined && profile.sdkCheckedFirst) {
      const refused = this.#embeddingOff(client);
      if (refused !== undefined) return refused;
    }
    const claims = this.#claims();
    if ('outcome' in claims) return claims;
    return this.#person(claims.claims, client, returnTo);
  }

  #embeddingOff(client: 'sdk' | 'simple' | 'parameter'): DashboardResolution | undefined {
    const { view } = this.#input;
    const simple = client === 'simple';
    const option = simple ? 'MB_ENABLE_EMBEDDING_SIMPLE' : 'MB_ENABLE_EMBEDDING_SDK';
    const on = simple ? view.embeddingSimple : view.embeddingSdk;
    this.#step({ field: 'embedding', option, result: on, status: on ? 'matched' : 'error' });
    if (on) return undefined;
    return this.#refuse('sdk', `${option} is not true`, {
      status: 402,
      productMessage: null,
      statusKey: simple ? 'error-embedding-simple-disabled' : 'error-embedding-sdk-disabled',
      json: true,
    });
  }

  /** The claims of a token that passes all checks. */
  #claims(): { readonly claims: JsonObject } | DashboardResolution {
    const { view, request, now } = this.#input;
    let claims: JsonObject;
    if (request.token === 'given' || request.token === undefined) {
      claims = isJsonObject(this.#input.claims) ? this.#input.claims : new Map();
      this.#step({
        field: 'signature',
        source: 'id_token',
        status: 'skipped',
        note: 'claims are given: they count as rightly signed',
      });
    } else {
      const checked = checkSignature(request.token.text, view.secret);
      if (!checked.ok) return this.#tokenRefused(checked.failure);
      claims = checked.claims;
      const alg = checked.header.get('alg') ?? null;
      this.#step({
        field: 'signature',
        source: 'id_token',
        option: 'MB_JWT_SHARED_SECRET',
        result: toPlain(alg),
        status: 'matched',
        ...(alg === 'HS256'
          ? {}
          : {
              note: `the header says ${JSON.stringify(toPlain(alg))}; the server never reads it and verifies HMAC-SHA256`,
            }),
      });
    }
    if (now === undefined) {
      this.#step({ field: 'age', status: 'skipped', note: 'no time was given: exp, nbf and age are not checked' });
      return { claims };
    }
    const failure = checkTimes(claims, now);
    if (failure !== undefined) return this.#tokenRefused(failure);
    const end = endOfLife(claims);
    this.#step({
      field: 'age',
      source: 'id_token',
      result: end ?? null,
      status: end === undefined ? 'skipped' : 'matched',
      note: lifeNote(claims, end, Math.floor(now)),
    });
    return { claims };
  }

  #tokenRefused(failure: TokenFailure): DashboardResolution {
    const { profile } = this.#input;
    const note = failure.hint === undefined ? failure.because : `${failure.because}; ${failure.hint}`;
    this.#step({
      field: failure.check === 'token' || failure.check === 'signature' ? 'signature' : 'age',
      source: 'id_token',
      status: 'error',
      note,
    });
    return this.#refuse('token', note, {
      status: 401,
      productMessage: failure.productMessage,
      plain: profile.plainErrors,
    });
  }

  #person(
    claims: JsonObject,
    client: 'sdk' | 'simple' | 'parameter' | undefined,
    returnTo: string | undefined,
  ): DashboardResolution {
    const { view, profile, state } = this.#input;
    const claimed = claims.get(view.emailClaim) ?? null;
    if (claimed === null) return this.#noEmail(claims);
    if (!state.setupDone)
      return this.#refuse('setup', 'no administrator has been set up yet', {
        status: null,
        productMessage: 'Instance has not been initialized',
      });
    if (typeof claimed !== 'string') {
      this.#step({
        field: 'email',
        source: 'id_token',
        option: 'MB_JWT_ATTRIBUTE_EMAIL',
        result: toPlain(claimed),
        status: 'error',
        certainty: 'undetermined',
        note: 'the claim is no text; that it fails is deduced',
      });
      return this.#refuse('email', 'the e-mail claim is not a text', { status: null, productMessage: null });
    }
    const email = claimed.toLowerCase();
    const known = this.#known(email);
    this.#step({
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
      this.#step({
        field: 'tenant',
        source: 'id_token',
        option: 'MB_JWT_ATTRIBUTE_TENANT',
        status: 'error',
        note: tenant.because,
      });
      return this.#refuse('tenant', tenant.because, {
        status: tenant.status,
        productMessage: tenant.message,
        plain: profile.plainErrors,
      });
    }
    if (tenant.tenant !== null)
      this.#step({
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
    const account = this.#account(known, email);
    if (account !== undefined) return account;
    const user = this.#user(claims, known, email, tenantsOn, tenant);
    return this.#login(claims, user, client, returnTo);
  }

  #known(email: string): KnownUser | undefined {
    const { state, currentGroups } = this.#input;
    const found = state.users.find((user) => user.email.toLowerCase() === email);
    if (currentGroups === undefined) return found;
    return { ...(found ?? { ...UNKNOWN_PERSON, email }), groups: currentGroups };
  }

  #noEmail(claims: JsonObject): DashboardResolution {
    const { view, profile } = this.#input;
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
    this.#step({
      field: 'email',
      source: 'id_token',
      option: 'MB_JWT_ATTRIBUTE_EMAIL',
      expression: view.emailClaim,
      status: 'error',
      note: because,
      ...(profile.missingEmail === null ? { certainty: 'undetermined' as const } : {}),
    });
    return this.#refuse('email', because, {
      status: profile.missingEmail?.status ?? null,
      productMessage: profile.missingEmail?.message ?? null,
      plain: profile.plainErrors,
    });
  }

  /** Account creation and revival. */
  #account(known: KnownUser | undefined, email: string): DashboardResolution | undefined {
    const { view, profile, state } = this.#input;
    const option = 'MB_JWT_USER_PROVISIONING_ENABLED';
    if (known?.active) return undefined;
    if (!view.provisioning) {
      const what = known === undefined ? 'unknown' : 'deactivated';
      this.#step({
        field: 'account',
        option,
        result: false,
        status: 'error',
        note: `the person is ${what} and accounts are not made at login`,
      });
      const siteName = state.siteName ?? view.siteName;
      return this.#refuse('provisioning', `the person is ${what}, and ${option} is false`, {
        status: known === undefined ? profile.unknownUserStatus : profile.deactivatedStatus,
        productMessage: `Sorry, but you'll need a ${siteName} account to view this page. Please contact your administrator.`,
        plain: profile.plainErrors,
      });
    }
    if (known === undefined && !isAddress(email)) {
      this.#step({
        field: 'email',
        result: email,
        status: 'error',
        certainty: 'undetermined',
        note: 'no account can be made for what is not an e-mail address; that this fails is deduced',
      });
      return this.#refuse('email', `"${email}" is not an e-mail address, so no account can be made`, {
        status: null,
        productMessage: null,
      });
    }
    this.#step({
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

  #user(
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
    const { view, profile, state } = this.#input;
    const attributes = attributesOf(claims, view, profile, tenantsOn);
    for (const { name, because } of attributes.dropped)
      this.#step({ field: 'attributes', source: 'id_token', expression: name, status: 'ignored', note: because });
    for (const note of attributes.unsettled)
      this.#step({ field: 'attributes', status: 'ignored', certainty: 'undetermined', note });
    this.#step({
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
    this.#step({
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
      firstName: this.#personName('first_name', claims.get(view.firstNameClaim), known, known?.firstName),
      lastName: this.#personName('last_name', claims.get(view.lastNameClaim), known, known?.lastName),
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

  #personName(
    field: 'first_name' | 'last_name',
    claim: JsonValue | undefined,
    known: KnownUser | undefined,
    before: string | null | undefined,
  ): string | null {
    const option = field === 'first_name' ? 'MB_JWT_ATTRIBUTE_FIRSTNAME' : 'MB_JWT_ATTRIBUTE_LASTNAME';
    if (claim !== undefined && claim !== null) {
      const text = typeof claim === 'string' ? claim : String(toPlain(claim));
      this.#step({
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
    const name = known === undefined ? this.#input.profile.missingName : (before ?? null);
    this.#step({
      field,
      source: 'id_token',
      option,
      result: name,
      status: known === undefined ? 'empty' : 'default',
      note: known === undefined ? 'not in the token' : 'not in the token: it stays as it is',
    });
    return name;
  }

  #login(
    claims: JsonObject,
    user: DashboardUser,
    client: 'sdk' | 'simple' | 'parameter' | undefined,
    returnTo: string | undefined,
  ): DashboardResolution {
    const { profile, request } = this.#input;
    if (client === undefined) {
      const location = returnTo ?? '/';
      this.#step({
        field: 'access',
        result: location,
        status: 'matched',
        note: 'a session is made, and the browser sent on',
      });
      return this.#result('allowed', user, null, { status: 302, location });
    }
    if (!profile.sdkCheckedFirst) {
      const refused = this.#embeddingOff(client);
      if (refused !== undefined) return refused;
    }
    if (profile.sdkHash && request.headers['x-metabase-sdk-jwt-hash'] === undefined)
      this.#step({
        field: 'embedding',
        status: 'ignored',
        certainty: 'undetermined',
        note: 'these versions hand out a hash that has to come back in x-metabase-sdk-jwt-hash within 300 s; the request has none, and what follows is not documented',
      });
    const times = { iat: plainTime(claims.get('iat')), exp: plainTime(claims.get('exp')) };
    const body = client === 'parameter' ? { id: '<session>', ...times } : { status: 'ok', id: '<session>', ...times };
    this.#step({
      field: 'access',
      status: 'matched',
      note: 'a session is made; the embedding client gets its key as JSON',
    });
    return this.#result('allowed', user, null, { status: 200, body });
  }

  #step(step: TraceStep): void {
    this.#trace.push(step);
  }

  #refuse(rule: string, message: string, options: RefusalOptions): DashboardResolution {
    const { status, productMessage, statusKey } = options;
    const denial = { rule, message, productMessage };
    const fields = {
      ...(statusKey === undefined ? {} : { status: statusKey }),
      ...(productMessage === null ? {} : { message: productMessage }),
    };
    const body =
      options.json || !options.plain
        ? Object.keys(fields).length === 0
          ? undefined
          : fields
        : (productMessage ?? undefined);
    return this.#result('denied', null, denial, {
      status,
      ...(statusKey === undefined ? {} : { statusKey }),
      ...(body === undefined ? {} : { body }),
    });
  }

  #result(
    outcome: Outcome,
    user: DashboardUser | null,
    denial: Denial | null,
    response: DashboardResponse,
  ): DashboardResolution {
    const { profile, name } = this.#input;
    const undetermined = this.#trace.some((step) => step.certainty === 'undetermined');
    return {
      formatVersion: 1,
      target: { product: 'dashboard', version: profile.asked },
      ...(name === undefined ? {} : { name }),
      outcome,
      user,
      denial,
      requests: [],
      response,
      passwordLogin: this.#passwordLogin(),
      ...(undetermined ? { certainty: 'undetermined' as const } : {}),
      trace: this.#trace,
    };
  }

  /** Switching it off counts only while some single sign-on is really on, and with the feature of its own. */
  #passwordLogin(): boolean {
    const { view, profile, state } = this.#input;
    if (view.passwordLogin) return true;
    const jwt = whyDisabled(view, profile, hasFeature(state, 'sso-jwt')) === undefined;
    return !((jwt || state.saml) && hasFeature(state, 'disable-password-login'));
  }
}

function redirectNotes(uri: string, redirect: string | undefined): string[] {
  const notes: string[] = [];
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:/.test(uri))
    notes.push('the URI has no scheme: the browser stays inside the Dashboard site');
  if (redirect === undefined) return notes;
  if (uri.includes('#'))
    notes.push('the URI has a fragment: return_to lands in it and never reaches the identity provider');
  if (/[&]/.test(redirect))
    notes.push('the value is not encoded again: what stands behind its & becomes parameters of their own');
  if (redirect.includes('#')) notes.push('the value is not encoded again: what stands behind its # is cut off');
  return notes;
}

function lifeNote(claims: JsonObject, end: number | undefined, now: number): string {
  if (end === undefined) return 'neither iat nor exp: the token never expires and can be used again and again';
  const notes = [`accepted for ${end - now} s more (exp, or iat and ${MAX_AGE} s)`];
  for (const name of ['iat', 'exp'])
    if (isMilliseconds(claims.get(name))) notes.push(`${name} looks like milliseconds, which voids this limit`);
  return notes.join('; ');
}

function isMilliseconds(value: JsonValue | undefined): boolean {
  return value instanceof NumberText && value.value >= 1e11;
}

function plainTime(value: JsonValue | undefined): unknown {
  return value === undefined ? null : toPlain(value);
}

/** Roughly what an account may have as address. */
function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(text);
}
