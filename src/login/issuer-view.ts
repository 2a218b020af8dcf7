/**
 * The ID token held against its issuer: discovery document, keys, every check a client should make, and what a strict OpenID
 * client says. Advice beside Grafana's own verdict; a provider without discovery is a fact, not a failure.
 */
import type { ServerMetadata } from 'openid-client';
import type { Check } from '../claims/trace.js';
import { InterruptedError } from '../errors.js';
import { decodeToken } from '../token/decode.js';
import { keysOfJwks } from '../token/keys.js';
import { verifyToken } from '../token/verify.js';
import type { CodeFlowTokens } from './code-flow.js';
import type { Recorder } from './recorder.js';
import type { LoginStep } from './steps.js';
import { type StrictView, strictView } from './strict.js';

export interface IssuerView {
  readonly checks: readonly Check[];
  readonly metadata?: ServerMetadata;
  /** Null where there was nothing to ask a strict client about. */
  readonly strict: StrictView | null;
}

export interface IssuerViewInput {
  readonly tokens: CodeFlowTokens;
  /** Named by the person; otherwise the `iss` of the ID token. */
  readonly issuer: string | undefined;
  readonly recorder: Recorder;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly expectedNonce: string | undefined;
  onStep(step: LoginStep): void;
}

export async function viewIssuer(input: IssuerViewInput): Promise<IssuerView> {
  const { client, result } = input.tokens;
  const idToken = result.token[client.idTokenAttributeName];
  const skew = skewCheck(result.date, input.now);
  if (typeof idToken !== 'string' || idToken === '') {
    const asked = client.scopes.includes('openid');
    const missing: Check = {
      name: 'ID token',
      ok: asked ? false : null,
      because: asked
        ? `the token answer has no "${client.idTokenAttributeName}" although the scope openid was asked for`
        : 'the scope openid is not asked for, so there is none',
    };
    const issuer = input.issuer;
    const metadata = issuer === undefined ? undefined : await discover(issuer, input);
    const strict = metadata === undefined ? null : await strictly(input, metadata);
    return { checks: [missing, ...skew], strict, ...(metadata === undefined ? {} : { metadata }) };
  }
  const issuer = input.issuer ?? issuerOf(idToken);
  const metadata = issuer === undefined ? undefined : await discover(issuer, input);
  const keys = metadata === undefined ? undefined : await fetchKeys(metadata, input);
  const verification = await verifyToken(idToken, {
    keys: keys ?? [],
    keysFrom: metadata?.jwks_uri === undefined ? 'the issuer (no JWKS known)' : `the JWKS of ${metadata.jwks_uri}`,
    now: Math.floor(input.now / 1000),
    idToken: true,
    audience: client.clientId,
    ...(issuer === undefined ? {} : { issuer: metadata?.issuer ?? issuer }),
    ...(input.expectedNonce === undefined ? {} : { nonce: input.expectedNonce }),
    accessToken: String(result.token['access_token']),
  });
  const checks = keys === undefined ? withoutKeys(verification.checks) : verification.checks;
  input.onStep({
    step: 'verify',
    ok: checks.every((check) => check.ok !== false),
    notes: checks.filter((check) => check.ok === false).map((check) => `${check.name}: ${check.because ?? 'failed'}`),
  });
  const strict = metadata === undefined ? null : await strictly(input, metadata);
  return { checks: [...checks, ...skew], strict, ...(metadata === undefined ? {} : { metadata }) };
}

/** A missing key is no fault of the token where nobody could be asked for keys. */
function withoutKeys(checks: readonly Check[]): Check[] {
  return checks.map((check) =>
    ['key', 'signature', 'algorithm'].includes(check.name) && check.ok === false
      ? { name: check.name, ok: null, because: 'the issuer has no discovery document, so its keys are not known here' }
      : check,
  );
}

function issuerOf(idToken: string): string | undefined {
  const decoded = decodeToken(idToken);
  const issuer = 'token' in decoded ? decoded.token.claims?.['iss'] : undefined;
  return typeof issuer === 'string' && /^https?:\/\//i.test(issuer) && URL.canParse(issuer) ? issuer : undefined;
}

async function discover(issuer: string, input: IssuerViewInput): Promise<ServerMetadata | undefined> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const found = await getJson(url, 'discovery', input);
  if (found.object === undefined) {
    input.onStep({
      step: 'discovery',
      ok: true,
      request: `GET ${url}`,
      ...(found.status === undefined ? {} : { status: found.status }),
      notes: [`no discovery document: ${found.problem}; Grafana needs none`],
    });
    return undefined;
  }
  const same = found.object['issuer'] === issuer;
  input.onStep({
    step: 'discovery',
    ok: same,
    request: `GET ${url}`,
    status: found.status ?? 0,
    elapsed: found.elapsed ?? 0,
    notes: same
      ? []
      : [`the document names the issuer ${JSON.stringify(found.object['issuer'])}, not ${JSON.stringify(issuer)}`],
  });
  if (typeof found.object['issuer'] !== 'string') return undefined;
  return found.object as unknown as ServerMetadata;
}

async function fetchKeys(metadata: ServerMetadata, input: IssuerViewInput) {
  if (typeof metadata.jwks_uri !== 'string' || !URL.canParse(metadata.jwks_uri)) return undefined;
  const found = await getJson(metadata.jwks_uri, 'verify', input);
  return found.object === undefined ? undefined : keysOfJwks(found.object);
}

interface Found {
  readonly object?: Record<string, unknown>;
  readonly status?: number;
  readonly elapsed?: number;
  readonly problem?: string;
}

async function getJson(url: string, step: string, input: IssuerViewInput): Promise<Found> {
  try {
    const answer = await input.recorder.send({ step, method: 'GET', url });
    const common = { status: answer.status, elapsed: answer.elapsed };
    if (answer.status !== 200) return { ...common, problem: `HTTP ${answer.status}` };
    const parsed: unknown = JSON.parse(answer.text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
      return { ...common, problem: 'no JSON object' };
    return { ...common, object: parsed as Record<string, unknown> };
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    if (error instanceof SyntaxError) return { problem: 'the answer is no JSON' };
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

async function strictly(input: IssuerViewInput, metadata: ServerMetadata): Promise<StrictView | null> {
  const { client, request, callback, result } = input.tokens;
  if (result.raw === undefined) return null;
  return strictView({ client, metadata, callback, request, answer: result.raw, recorder: input.recorder });
}

/** Seconds two clocks may differ before logins with short-lived tokens break. */
const SKEW_LIMIT = 30;

function skewCheck(date: string | undefined, now: number): Check[] {
  const theirs = date === undefined ? Number.NaN : Date.parse(date);
  if (Number.isNaN(theirs)) return [];
  const seconds = Math.round((now - theirs) / 1000);
  const ok = Math.abs(seconds) <= SKEW_LIMIT;
  return [
    {
      name: 'clock',
      ok,
      expected: `at most ${SKEW_LIMIT} seconds apart`,
      actual: `${Math.abs(seconds)} seconds ${seconds < 0 ? 'behind' : 'ahead of'} the provider`,
      ...(ok ? {} : { because: 'times in tokens are judged by this clock' }),
    },
  ];
}
