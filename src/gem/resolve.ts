/**
 * The dry run for Grafana Enterprise Metrics: credentials → token → checks → claim → access policies → rights.
 * Everything the public material leaves open is marked `undetermined` on its step and in the result.
 */
import type { Denial, Outcome, Resolution } from '../claims/trace.js';
import { UsageError } from '../errors.js';
import type { GemConfig } from './config.js';
import type { CredentialResult, Credentials } from './credentials.js';
import { header, readHeaders, readToken, tenantsOf } from './credentials.js';
import type { Claims, TokenParts } from './jwt.js';
import { claimsOf, parseToken } from './jwt.js';
import type { Pattern } from './pattern.js';
import { compilePattern } from './pattern.js';
import type { PolicyTable, Rights } from './policy.js';
import { ADMIN_POLICY, effectiveRights, extractPolicies, policyTable } from './policy.js';
import { describedProvider, discoveryUrl, recordedProvider } from './provider.js';
import { neededScope } from './requests.js';
import { Steps } from './steps.js';
import { verifyToken } from './verify.js';
import type { GemProfile } from './versions.js';

/** What the person or client gets. A type alias, so that it is also a plain record. */
export type GemUser = {
  readonly tenant: string | null;
  /** In claim order, without repetitions. */
  readonly accessPolicies: readonly string[];
  /** Several policies, aggregated. */
  readonly virtual: boolean;
  /** Null where the policies of the installation were not given. */
  readonly scopes: readonly string[] | null;
  readonly tenants: readonly string[] | null;
};

export type GemResolution = Resolution<GemUser> & { readonly credentials: Credentials | null };

/** What a payload holds for GEM; see `eval-role`. */
export interface GemPayload {
  readonly name?: string;
  /** A JWT or `tenant:JWT`. */
  readonly token?: string;
  /** Taken as the claims of a well-formed token whose checks are passed. */
  readonly claims?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly policies?: unknown;
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly http?: Readonly<Record<string, unknown>>;
  readonly request?: Readonly<Record<string, unknown>>;
}

/** A configuration made ready: the expression is compiled once for any number of payloads. */
export interface PreparedGem {
  readonly config: GemConfig;
  readonly profile: GemProfile;
  readonly authType: string;
  readonly pattern: Pattern | undefined;
  /** Why GEM does not start, or does not use OIDC, with this configuration. */
  readonly problem?: string;
}

export function prepareGem(config: GemConfig, profile: GemProfile): PreparedGem {
  const authType = config.authType(profile);
  const base = { config, profile, authType };
  const expression = config.value('auth.admin.oidc.access_policy_regex');
  if (authType !== 'trust' && authType !== 'enterprise')
    return { ...base, pattern: undefined, problem: `auth.type is "${authType}"; only trust and enterprise exist` };
  if (authType === 'trust') return { ...base, pattern: undefined };
  const compiled = expression === '' ? undefined : compilePattern(expression);
  if (compiled !== undefined && !compiled.ok)
    return { ...base, pattern: undefined, problem: `access_policy_regex does not compile: ${compiled.message}` };
  if ((config.issuer(profile)?.value ?? '') === '')
    return {
      ...base,
      pattern: compiled?.pattern,
      problem: 'auth.admin.oidc.issuer_url is not set: OIDC is not active',
    };
  return { ...base, ...(compiled === undefined ? { pattern: undefined } : { pattern: compiled.pattern }) };
}

/**
 * Resolves one payload. `now` is in seconds since 1970; without it times are not checked.
 * Throws UsageError where `policies` is not name → scopes and tenants.
 */
export function resolveGem(prepared: PreparedGem, payload: GemPayload, now: number | undefined): GemResolution {
  return new Run(prepared, payload, now).resolve();
}

class Run {
  readonly #prepared: PreparedGem;
  readonly #payload: GemPayload;
  readonly #now: number | undefined;
  readonly #steps = new Steps();
  readonly #requests: string[] = [];
  #credentials: Credentials | null = null;

  constructor(prepared: PreparedGem, payload: GemPayload, now: number | undefined) {
    this.#prepared = prepared;
    this.#payload = payload;
    this.#now = now;
  }

  resolve(): GemResolution {
    const { profile, authType, problem, config } = this.#prepared;
    if (profile.note !== undefined) this.#steps.add({ field: 'config', status: 'ignored', note: profile.note });
    const written = config.value('auth.type');
    this.#steps.add({
      field: 'config',
      option: 'auth.type',
      result: authType,
      status: written === '' ? 'default' : 'matched',
      ...(written === '' ? { note: `not set; the default of GEM ${profile.asked} is ${authType}` } : {}),
    });
    for (const entry of config.entries)
      if (entry.misspelt !== undefined && !(entry.misspelt === 'old-name' && profile.issuerKey === 'url'))
        this.#steps.add({
          field: 'config',
          option: entry.written,
          status: 'ignored',
          note: `GEM does not read "${entry.written}"${entry.setting === undefined ? '' : `; ${entry.style === 'flag' ? `-${entry.setting.flag}` : entry.setting.path} is meant`}`,
        });
    const credentials = this.#readCredentials();
    if (problem !== undefined) {
      this.#steps.add({ field: 'config', status: 'error', note: problem });
      return this.#refused('error', 'config', problem);
    }
    if (authType === 'trust') return this.#trusted();
    if (credentials?.refused !== undefined) {
      const { message, hint } = credentials.refused;
      return this.#refused('denied', 'credentials', hint === undefined ? message : `${message}; ${hint}`);
    }
    return this.#token(credentials);
  }

  #readCredentials(): CredentialResult | undefined {
    const { headers, token } = this.#payload;
    if (headers === undefined && token === undefined) return undefined;
    const result = headers === undefined ? readToken(token!) : readHeaders(withToken(headers, token));
    this.#credentials = result.credentials;
    const { tenant, form } = result.credentials;
    this.#steps.add({
      field: 'tenant',
      source: headers === undefined ? 'id_token' : 'headers',
      result: tenant,
      status: result.refused ? 'error' : tenant === null ? 'empty' : 'matched',
      note: result.refused?.message ?? [`credentials: ${form}`, ...result.notes].join('; '),
      ...(result.undetermined ? { certainty: 'undetermined' as const } : {}),
    });
    return result;
  }

  /** `auth.type: trust`: nothing is verified, the header names the tenant. */
  #trusted(): GemResolution {
    const { headers } = this.#payload;
    const tenant = headers === undefined ? null : (header(headers, 'x-scope-orgid') ?? null);
    this.#steps.add({
      field: 'access',
      option: 'auth.type',
      result: tenant,
      status: 'matched',
      note: 'trust: X-Scope-OrgID is believed, no token is looked at and the OIDC settings are idle',
      ...(headers !== undefined && tenant === null ? { certainty: 'undetermined' as const } : {}),
    });
    return this.#result('allowed', { tenant, accessPolicies: [], virtual: false, scopes: null, tenants: null }, null);
  }

  #token(credentials: CredentialResult | undefined): GemResolution {
    const { claims: given, provider, http } = this.#payload;
    const text = credentials?.credentials.token ?? undefined;
    if (given !== undefined) {
      const claims = claimsOf(given);
      if (claims === undefined) return this.#refused('denied', 'malformed', 'the claims are not a JSON object');
      this.#steps.add({
        field: 'token',
        source: 'id_token',
        status: 'matched',
        note: 'claims are given and taken as they are; nothing is verified',
      });
      return this.#policies(claims);
    }
    if (text === undefined || text === '') return this.#refused('denied', 'credentials', 'there is no token');
    const verifies = provider !== undefined || http !== undefined;
    if (verifies) {
      const found = this.#discover();
      if ('outcome' in found) return found;
      const token = this.#parse(text);
      if ('outcome' in token) return token;
      const { config } = this.#prepared;
      const refusal = verifyToken(
        token,
        found,
        {
          issuer: this.#issuer(),
          audience: config.value('auth.admin.oidc.audience'),
          adfsCompatibility: config.flag('auth.admin.oidc.adfs_compatibility'),
          now: this.#now,
        },
        this.#steps,
      );
      if (refusal !== undefined)
        return this.#refused(refusal.rule === 'discovery' ? 'error' : 'denied', refusal.rule, refusal.message);
      return this.#policies(token.claims);
    }
    const token = this.#parse(text);
    if ('outcome' in token) return token;
    this.#steps.add({
      field: 'token',
      source: 'id_token',
      status: 'skipped',
      note: 'no provider and no recorded answers are given: the claims are taken as they are, nothing is verified',
    });
    return this.#policies(token.claims);
  }

  #issuer(): string {
    const { config, profile } = this.#prepared;
    return config.issuer(profile)?.value ?? '';
  }

  #discover() {
    const { provider, http } = this.#payload;
    const issuer = this.#issuer();
    const answer =
      provider === undefined ? recordedProvider(http!, issuer, this.#requests) : describedProvider(provider, issuer);
    const base = { field: 'discovery', option: 'auth.admin.oidc.issuer_url', result: discoveryUrl(issuer) } as const;
    if (!answer.ok) {
      this.#steps.add({ ...base, status: 'error', note: answer.message });
      return this.#refused('error', 'discovery', answer.message);
    }
    this.#steps.add({ ...base, status: 'matched', note: 'the issuer of the document equals the one that is set' });
    return answer.provider;
  }

  #parse(text: string): TokenParts | GemResolution {
    const parsed = parseToken(text);
    if (parsed.ok) return parsed.token;
    const message = `the token cannot be validated: ${parsed.because}`;
    this.#steps.add({ field: 'token', source: 'id_token', status: 'error', note: message });
    return this.#refused('denied', 'malformed', message);
  }

  #policies(claims: Claims): GemResolution {
    const { config, pattern, profile } = this.#prepared;
    const { policies } = extractPolicies(
      claims,
      {
        claim: config.value('auth.admin.oidc.access_policy_claim'),
        pattern,
        defaultPolicy: config.value('auth.admin.oidc.default_access_policy'),
        listClaims: profile.listClaims,
      },
      this.#steps,
    );
    if (policies.length === 0)
      return this.#refused('denied', 'access_policy', 'no access policy can be taken from the token');
    const virtual = policies.length > 1;
    this.#steps.add({
      field: 'access',
      result: policies,
      status: 'matched',
      note: virtual
        ? `${policies.length} policies become one virtual policy: read access to metrics over the union of their tenants`
        : `one policy, "${policies[0]}", with its own scopes and tenants`,
    });
    if (policies.includes(ADMIN_POLICY) && !config.flag('admin_client.disable_default_admin_policy'))
      this.#steps.add({
        field: 'access',
        option: 'admin_client.disable_default_admin_policy',
        result: ADMIN_POLICY,
        status: 'matched',
        certainty: 'undetermined',
        note: `${ADMIN_POLICY} is the name of a built-in policy; whether a token may claim it is not documented`,
      });
    return this.#rights(policies, virtual);
  }

  #rights(policies: readonly string[], virtual: boolean): GemResolution {
    const tenant = this.#credentials?.tenant ?? null;
    const table = this.#table();
    let rights: Rights | undefined;
    if (table !== undefined) {
      rights = effectiveRights(policies, table, this.#steps);
      if (rights === undefined)
        return this.#refused(
          'denied',
          'policy',
          policies.length === 1
            ? `there is no access policy "${policies[0]}"`
            : `none of the access policies ${policies.map((name) => `"${name}"`).join(', ')} exists`,
        );
    }
    const refusal = this.#checkRequest(rights, virtual, tenant);
    if (refusal !== undefined) return refusal;
    const ttl = this.#prepared.config.value('auth.admin.cache_ttl');
    this.#steps.add({
      field: 'cache',
      option: 'auth.admin.cache_ttl',
      result: ttl === '' ? '10m' : ttl,
      status: ttl === '' ? 'default' : 'matched',
      note: 'for so long the result is kept: a changed policy may take effect only afterwards',
    });
    return this.#result(
      'allowed',
      { tenant, accessPolicies: policies, virtual, scopes: rights?.scopes ?? null, tenants: rights?.tenants ?? null },
      null,
    );
  }

  #table(): PolicyTable | undefined {
    const { policies } = this.#payload;
    if (policies === undefined || policies === null) return undefined;
    const table = policyTable(policies);
    if (table === undefined)
      throw new UsageError('the policies cannot be read', {
        because: 'each needs a name with lists of scopes and tenants',
        hint: 'write { "name": { "scopes": ["metrics:read"], "tenants": ["tenant-1"] } }',
      });
    return table;
  }

  /** Tenant and scope of the request, where both the request and the rights are known. */
  #checkRequest(rights: Rights | undefined, virtual: boolean, tenant: string | null): GemResolution | undefined {
    if (rights !== undefined && tenant !== null && tenant !== '') {
      const outside = rights.tenants.includes('*')
        ? []
        : tenantsOf(tenant).filter((one) => !rights.tenants.includes(one));
      if (outside.length > 0) {
        const message = `tenant ${outside.map((one) => `"${one}"`).join(', ')} is not covered: ${rights.tenants.length === 0 ? 'there are no tenants' : `covered ${rights.tenants.length === 1 ? 'is' : 'are'} ${rights.tenants.join(', ')}`}`;
        this.#steps.add({ field: 'tenant', result: tenant, status: 'error', note: message });
        return this.#refused('denied', 'tenant', message);
      }
      this.#steps.add({ field: 'tenant', result: tenant, status: 'matched', note: 'covered by the policy' });
    }
    const scope = neededScope(this.#payload.request, this.#payload.headers);
    const scopes = rights?.scopes ?? (virtual ? ['metrics:read'] : undefined);
    if (scope === undefined || scopes === undefined) return undefined;
    if (scopes.includes(scope)) {
      this.#steps.add({ field: 'scope', result: scope, status: 'matched' });
      return undefined;
    }
    const message = `the request needs ${scope}; allowed ${scopes.length === 1 ? 'is' : 'are'} ${scopes.join(', ') || 'nothing'}${virtual ? ', since several policies are aggregated to read access' : ''}`;
    this.#steps.add({ field: 'scope', result: scope, status: 'error', note: message });
    return this.#refused('denied', 'scope', message);
  }

  #refused(outcome: 'denied' | 'error', rule: string, message: string): GemResolution {
    return this.#result(outcome, null, { rule, message, productMessage: null });
  }

  #result(outcome: Outcome, user: GemUser | null, denial: Denial | null): GemResolution {
    const { profile, authType } = this.#prepared;
    return {
      formatVersion: 1,
      target: { product: 'gem', version: profile.asked, authType },
      ...(this.#payload.name === undefined ? {} : { name: this.#payload.name }),
      outcome,
      user,
      denial,
      requests: this.#requests,
      credentials: this.#credentials,
      ...(this.#steps.undetermined ? { certainty: 'undetermined' as const } : {}),
      trace: this.#steps.list,
    };
  }
}

/** In a header the text `<jwt>` stands for the token of the payload. */
function withToken(
  headers: Readonly<Record<string, unknown>>,
  token: string | undefined,
): Readonly<Record<string, unknown>> {
  if (token === undefined) return headers;
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.split('<jwt>').join(token) : value,
    ]),
  );
}
