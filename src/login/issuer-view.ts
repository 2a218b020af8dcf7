/**
 * The ID token held against its issuer: discovery document, keys, every check a client should make, and what a strict OpenID
 * client says. Advice beside Grafana's own verdict; a provider without discovery is a fact, not a failure.
 */
import type { ServerMetadata } from 'openid-client';
import type { Check } from '../claims/trace.js';
import { decodeToken } from '../token/decode.js';
import { keysOfJwks } from '../token/keys.js';
import { verifyToken } from '../token/verify.js';
import { difference } from '../token/words.js';
import type { CodeFlowTokens } from './code-flow.js';
import { discover, fetchJson } from './discovery.js';
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
    const metadata = issuer === undefined ? undefined : await metadataOf(issuer, input);
    const strict = metadata === undefined ? null : await strictly(input, metadata);
    return { checks: [missing, ...skew], strict, ...(metadata === undefined ? {} : { metadata }) };
  }
  const issuer = input.issuer ?? issuerOf(idToken);
  const metadata = issuer === undefined ? undefined : await metadataOf(issuer, input);
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

async function metadataOf(issuer: string, input: IssuerViewInput): Promise<ServerMetadata | undefined> {
  const { attempts, document } = await discover(issuer, input.recorder.sender('discovery'));
  const asked = document === undefined ? attempts[0]! : attempts.at(-1)!;
  const said = document?.['issuer'];
  const notes: string[] = [];
  if (document === undefined) {
    const problems = new Set(attempts.map(({ problem }) => problem?.message));
    notes.push(`no discovery document: ${[...problems].join('; ')}. Grafana needs none`);
  } else if (typeof said !== 'string') notes.push('the document names no issuer');
  else if (said !== issuer) notes.push(`the document is of another issuer: ${difference(issuer, said)}`);
  input.onStep({
    step: 'discovery',
    ok: document === undefined || said === issuer,
    request: `GET ${asked.url}`,
    ...(asked.status === undefined ? {} : { status: asked.status, elapsed: asked.elapsed }),
    notes,
  });
  return typeof said === 'string' ? (document as unknown as ServerMetadata) : undefined;
}

async function fetchKeys(metadata: ServerMetadata, input: IssuerViewInput) {
  const url = metadata.jwks_uri;
  if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
  const { document, problem, status, elapsed } = await fetchJson(url, input.recorder.sender('jwks'));
  input.onStep({
    step: 'jwks',
    ok: document !== undefined,
    request: `GET ${url}`,
    ...(status === undefined ? {} : { status, elapsed }),
    notes: problem === undefined ? [] : [problem.message],
  });
  return document === undefined ? undefined : keysOfJwks(document);
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
