import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resolve } from '../../src/library/resolve.js';
import type { PayloadEnvelope } from '../../src/products/product.js';

interface Case {
  readonly id: string;
  readonly area: string;
  readonly title: string;
  readonly versions?: string;
  readonly certainty: string;
  // biome-ignore lint/suspicious/noExplicitAny: the shape differs by area
  readonly input: any;
  // biome-ignore lint/suspicious/noExplicitAny: the shape differs by area
  readonly expected: any;
}

const golden: { fixture: { now: number }; cases: Case[] } = JSON.parse(
  readFileSync(new URL('../../fixtures/golden/dashboard-jwt.json', import.meta.url), 'utf8'),
);

/** Undefined: the newest. */
const VERSIONS: readonly (string | undefined)[] = ['45', '46.7', '47', '50', '54', '55', '56', '57', '58', undefined];

/** Versions a case speaks of, from its words (`>=v56`, `<v46 (approx.)`, `v53-v54`, `newest master`, `all since …`). */
function versionsOf(words = 'all'): readonly (string | undefined)[] {
  const order = (text: string | undefined) => (text === undefined ? Number.POSITIVE_INFINITY : Number(text));
  const between = (low: number, high: number) => VERSIONS.filter((one) => order(one) >= low && order(one) <= high);
  const range = /^v(\d+)-v(\d+)/.exec(words);
  if (range) return between(Number(range[1]), Number(range[2]));
  const bound = /^(>=|<|=)v([\d.]+)/.exec(words);
  if (bound) {
    const at = Number(bound[2]);
    if (bound[1] === '>=') return between(Math.max(at, 46.8), Number.POSITIVE_INFINITY);
    if (bound[1] === '=') return between(at, at);
    return between(at === 46 ? 0 : 46.8, at - 0.01);
  }
  if (/^(newest|latest)/.test(words)) return [undefined];
  return /^some/.test(words) ? [undefined] : between(46.8, Number.POSITIVE_INFINITY);
}

const OUTCOMES: Readonly<Record<string, string>> = {
  login: 'allowed',
  reject: 'denied',
  'session-json': 'allowed',
  'idp-json': 'redirect',
  'redirect-to-idp': 'redirect',
  'redirect-to-saml': 'redirect',
};

function envelopeOf({ input }: Case): PayloadEnvelope {
  const { _features, _saml, _setupDone, ...settings } = input.settings;
  const jwt = input.jwt ?? 'aaa.bbb.ccc';
  const fill = (texts: Record<string, string> | undefined) =>
    texts && Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text.replace('<jwt>', jwt)]));
  const { request } = input;
  return {
    settings,
    state: {
      ...input.state,
      ...(_features && { features: _features }),
      ...(_saml && { saml: true }),
      ...(_setupDone === false && { setupDone: false }),
    },
    ...(input.jwt === undefined ? {} : { id_token: input.jwt }),
    ...(request && { request: { ...request, query: fill(request.query), headers: fill(request.headers) } }),
  };
}

const runnable = golden.cases.filter(
  (one) => OUTCOMES[one.expected.outcome] || one.expected.passwordLogin !== undefined,
);

for (const area of new Set(runnable.map((one) => one.area)))
  describe(area, () => {
    const cases = runnable
      .filter((one) => one.area === area)
      .flatMap((one) => versionsOf(one.versions).map((version) => [`${one.id} ${one.title}`, version, one] as const));
    it.each(cases)('%s (version %s)', async (_, version, one) => {
      const { expected, input } = one;
      const result = await resolve(envelopeOf(one), {
        product: 'dashboard',
        now: input.now ?? golden.fixture.now,
        ...(version === undefined ? {} : { productVersion: version }),
      });
      const user = result.user as Record<string, unknown> | null;
      const response = result['response'] as Record<string, unknown>;
      const wanted = OUTCOMES[expected.outcome];
      if (wanted) expect(result.outcome).toBe(wanted);
      if (expected.passwordLogin !== undefined) expect(result['passwordLogin']).toBe(expected.passwordLogin);
      if (expected.status) expect(response['status']).toBe(expected.status);
      if (expected.location) expect(response['location']).toBe(expected.location);
      if (expected.outcome === 'redirect-to-saml') expect(response['to']).toBe('saml');
      if (expected.message) expect(result.denial?.productMessage).toBe(expected.message);
      if (expected.statusKey) expect(response['statusKey']).toBe(expected.statusKey);
      if (expected.userAttributes) expect(user?.['attributes']).toEqual(expected.userAttributes);
      if (expected.groups) {
        const before: number[] = input.state.users[0].groups ?? [1];
        expect(user).toMatchObject({
          groups: expected.groups,
          added: expected.groups.filter((id: number) => !before.includes(id)),
          removed: before.filter((id) => !expected.groups.includes(id)),
        });
      }
      const facts = expected.user ?? {};
      for (const [key, field] of [
        ['email', 'email'],
        ['first_name', 'firstName'],
        ['last_name', 'lastName'],
        ['created', 'created'],
        ['is_active', 'reactivated'],
      ] as const)
        if (key in facts) expect(user?.[field]).toBe(facts[key]);
      if (expected.tenant !== undefined) expect(user?.['tenant']).toBe(expected.tenant);
      if (expected.tenantCreated) expect(user?.['tenantCreated']).toBe(true);
      if ('tenantAttributes' in expected) expect(user?.['tenantAttributes']).toEqual(expected.tenantAttributes);
      if (expected.cliWarning || expected.cliHint)
        expect(result.trace.some((step) => step.field === 'signature' || step.field === 'age')).toBe(true);
      if (one.certainty === 'inferred' && expected.status === null) expect(result.certainty).toBe('undetermined');
    });
  });
