/**
 * What a payload or discovery document given beside a configuration tells: headers, tokens, claims, provider, policies, each
 * with its place. Such a file is the envelope `eval-role` reads, as JSON or YAML.
 */

import type { YamlDocument, YamlEntry, YamlMapping, YamlNode } from '../document/yaml.js';
import { entryOf, parseYaml } from '../document/yaml.js';
import type { Range, SourceFile } from '../text/source.js';
import type { CredentialResult } from './credentials.js';
import { readHeaders, readToken } from './credentials.js';
import type { Claims, TokenParts } from './jwt.js';
import { claimsOf, parseToken } from './jwt.js';
import type { PolicyTable } from './policy.js';
import { policyTable } from './policy.js';

/** A piece of evidence and where it stands; no place where it was handed over as data. */
export interface Piece<Value> {
  readonly value: Value;
  readonly path?: string;
  readonly range?: Range;
  /** The range of a part of it, by keys and indexes; that of the piece where it has no place of its own. */
  readonly within?: (...keys: readonly string[]) => Range | undefined;
}

export interface ProviderEvidence {
  readonly issuer: string | undefined;
  readonly algorithms: readonly string[] | undefined;
}

export interface TokenEvidence {
  readonly text: string;
  /** Undefined for opaque and encrypted tokens. */
  readonly parts: TokenParts | undefined;
}

export interface GemEvidence {
  readonly credentials: readonly Piece<CredentialResult>[];
  readonly tokens: readonly Piece<TokenEvidence>[];
  readonly claims: readonly Piece<Claims>[];
  readonly providers: readonly Piece<ProviderEvidence>[];
  readonly policies: readonly Piece<PolicyTable>[];
}

const KEYS: readonly string[] = [
  'headers',
  'id_token',
  'id_token_claims',
  'provider',
  'policies',
  'access_token',
  'jwks_uri',
];

/** Whether a text is such a payload rather than a configuration. */
export function isEvidence(root: YamlNode | undefined): root is YamlMapping {
  return root?.kind === 'mapping' && root.entries.some((entry) => KEYS.includes(entry.key));
}

/** Collects the evidence of all files; `discovery` is a discovery document that was fetched. */
export function readEvidence(files: readonly SourceFile[], discovery?: unknown): GemEvidence {
  const evidence = {
    credentials: [] as Piece<CredentialResult>[],
    tokens: [] as Piece<TokenEvidence>[],
    claims: [] as Piece<Claims>[],
    providers: [] as Piece<ProviderEvidence>[],
    policies: [] as Piece<PolicyTable>[],
  };
  for (const file of files) {
    if (!KEYS.some((key) => file.text.includes(key))) continue;
    const document = parseYaml(file);
    for (const root of document.roots) if (isEvidence(root)) collect(root, document, evidence);
  }
  const fetched = providerOf(discovery);
  if (fetched !== undefined) evidence.providers.push({ value: fetched });
  return evidence;
}

type Collected = { -readonly [Key in keyof GemEvidence]: GemEvidence[Key][number][] };

function collect(root: YamlMapping, document: YamlDocument, evidence: Collected): void {
  const piece = <Value>(value: Value, entry: YamlEntry): Piece<Value> => ({
    value,
    path: document.source.path,
    range: document.lines.range(entry.value.span),
    within: (...keys) => document.lines.range(nodeWithin(entry.value, keys).span),
  });
  const headers = entryOf(root, 'headers');
  const token = entryOf(root, 'id_token') ?? entryOf(root, 'access_token');
  if (headers?.value.kind === 'mapping') {
    const text = token?.value.kind === 'scalar' ? token.value.text : undefined;
    const plain = headers.value.plain as Record<string, unknown>;
    const result = readHeaders(text === undefined ? plain : withToken(plain, text));
    evidence.credentials.push(piece(result, headers));
    if (result.credentials.token !== null && result.refused === undefined && text === undefined)
      addToken(result.credentials.token, headers);
  }
  if (token?.value.kind === 'scalar') {
    const result = readToken(token.value.text);
    if (result.credentials.tenant !== null) evidence.credentials.push(piece(result, token));
    addToken(result.credentials.token ?? '', token);
  }
  const claims = entryOf(root, 'id_token_claims');
  const given = claims === undefined ? undefined : claimsOf(claims.value.plain);
  if (given !== undefined) evidence.claims.push(piece(given, claims!));
  const provider = entryOf(root, 'provider');
  const described = providerOf(provider?.value.plain);
  if (described !== undefined) evidence.providers.push(piece(described, provider!));
  const own = providerOf(root.plain);
  if (own !== undefined && entryOf(root, 'jwks_uri') !== undefined)
    evidence.providers.push(piece(own, entryOf(root, 'issuer') ?? entryOf(root, 'jwks_uri')!));
  const policies = entryOf(root, 'policies');
  const table = policies === undefined ? undefined : policyTable(policies.value.plain);
  if (table !== undefined) evidence.policies.push(piece(table, policies!));

  function addToken(text: string, entry: YamlEntry): void {
    // Samples and redacted payloads hold something in place of the token.
    if (text === '' || text.includes('<') || text.includes('…')) return;
    const parsed = parseToken(text);
    const parts = parsed.ok && parsed.token.header !== undefined ? parsed.token : undefined;
    evidence.tokens.push(piece({ text, parts }, entry));
    if (parts !== undefined) evidence.claims.push({ ...piece(parts.claims, entry), within: undefined });
  }
}

function nodeWithin(node: YamlNode, keys: readonly string[]): YamlNode {
  let at = node;
  for (const key of keys) {
    const next =
      at.kind === 'mapping' ? entryOf(at, key)?.value : at.kind === 'sequence' ? at.items[Number(key)] : undefined;
    if (next === undefined) return at;
    at = next;
  }
  return at;
}

function providerOf(value: unknown): ProviderEvidence | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = value as Readonly<Record<string, unknown>>;
  const issuer = fields['issuer'];
  const listed = fields['algorithms'] ?? fields['id_token_signing_alg_values_supported'];
  if (typeof issuer !== 'string' && !Array.isArray(listed)) return undefined;
  return {
    issuer: typeof issuer === 'string' ? issuer : undefined,
    algorithms: Array.isArray(listed) ? listed.filter((one): one is string => typeof one === 'string') : undefined,
  };
}

function withToken(headers: Readonly<Record<string, unknown>>, token: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.split('<jwt>').join(token) : value,
    ]),
  );
}
