/**
 * What a payload given beside a configuration tells: tokens, claims, the request, each with its place. Such a file is the
 * envelope `eval-role` reads, as JSON or YAML.
 */
import type { YamlDocument, YamlMapping, YamlNode } from '../document/yaml.js';
import { entryOf, parseYaml } from '../document/yaml.js';
import type { Range, SourceFile } from '../text/source.js';
import type { JsonObject } from './json.js';
import { fromPlain, isJsonObject, parseJson } from './json.js';
import { readToken } from './token.js';

/** A piece of evidence and where it stands. */
export interface Piece<Value> {
  readonly value: Value;
  readonly path: string;
  /** The range of the piece, or of a part of it by keys. */
  range(...keys: readonly string[]): Range;
}

export interface TokenEvidence {
  readonly text: string;
  readonly header: JsonObject;
}

export interface RequestEvidence {
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

export interface DashboardEvidence {
  readonly tokens: readonly Piece<TokenEvidence>[];
  readonly claims: readonly Piece<JsonObject>[];
  readonly requests: readonly Piece<RequestEvidence>[];
}

const KEYS: readonly string[] = ['id_token', 'id_token_claims', 'request'];

/** Collects the evidence of all files. */
export function readEvidence(files: readonly SourceFile[]): DashboardEvidence {
  const tokens: Piece<TokenEvidence>[] = [];
  const claims: Piece<JsonObject>[] = [];
  const requests: Piece<RequestEvidence>[] = [];
  for (const file of files) {
    if (!KEYS.some((key) => file.text.includes(key))) continue;
    const document = parseYaml(file);
    for (const root of document.roots) {
      if (root.kind !== 'mapping') continue;
      addToken(root, document, tokens, claims);
      const given = entryOf(root, 'id_token_claims')?.value;
      if (given !== undefined) {
        const value = given.kind === 'scalar' ? parseJson(given.text) : fromPlain(given.plain);
        if (isJsonObject(value)) claims.push(piece(value, given, document));
      }
      const request = entryOf(root, 'request')?.value;
      if (request?.kind === 'mapping')
        requests.push(
          piece(
            { query: textsOf(entryOf(request, 'query')?.value), headers: textsOf(entryOf(request, 'headers')?.value) },
            request,
            document,
          ),
        );
    }
  }
  return { tokens, claims, requests };
}

function addToken(
  root: YamlMapping,
  document: YamlDocument,
  tokens: Piece<TokenEvidence>[],
  claims: Piece<JsonObject>[],
): void {
  const node = entryOf(root, 'id_token')?.value;
  if (node?.kind !== 'scalar') return;
  const token = readToken(node.text);
  if (token === undefined) return;
  tokens.push(piece({ text: node.text, header: token.header }, node, document));
  claims.push(piece(token.claims, node, document));
}

function piece<Value>(value: Value, node: YamlNode, document: YamlDocument): Piece<Value> {
  return {
    value,
    path: document.source.path,
    range: (...keys) => {
      let at = node;
      for (const key of keys) at = entryOf(at, key)?.value ?? at;
      return document.lines.range(at.span);
    },
  };
}

function textsOf(node: YamlNode | undefined): Record<string, string> {
  if (node?.kind !== 'mapping') return {};
  return Object.fromEntries(
    node.entries.flatMap(({ key, value }) => (value.kind === 'scalar' ? [[key, value.text] as const] : [])),
  );
}
