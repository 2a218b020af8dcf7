/**
 * Reads the authentication settings of Grafana Enterprise Metrics from whatever holds them: its YAML, Helm values or any
 * YAML with such a block inside, command-line flags. Every value keeps its place; what is misspelt is kept too, so that
 * rules can speak about it.
 */

import type { YamlDocument, YamlEntry, YamlMapping, YamlNode, YamlScalar } from '../document/yaml.js';
import { entryOf, parseYaml, plainTree, scalarSpan } from '../document/yaml.js';
import type { Range, SourceFile, Span } from '../text/source.js';
import { LineMap } from '../text/source.js';
import type { FlagToken } from './flags.js';
import { isGemFlag, readArguments, readFlags } from './flags.js';
import type { GemSetting } from './settings.js';
import { GEM_SETTINGS, gemSetting, gemSettingMeant, gemSettingOfFlag, OPEN_PATHS } from './settings.js';
import type { GemProfile } from './versions.js';

/** Why a key is not read by GEM although somebody meant it. */
export type Misspelling =
  /** Dashes in YAML. */
  | 'dashes'
  /** Underscores in a flag, or the path of the YAML as a flag. */
  | 'underscores'
  /** A dotted name as one YAML key. */
  | 'flat'
  /** `auth.cache.ttl.duration`, as the manual names the cache lifetime. */
  | 'manual-name'
  /** `auth.admin.oidc.url` of 1.4 and 1.5. */
  | 'old-name'
  | 'unknown';

export interface GemEntry {
  /** The setting that is set, or was meant; undefined for unknown keys. */
  readonly setting: GemSetting | undefined;
  /** The key as written, with its parents. */
  readonly written: string;
  readonly style: 'yaml' | 'flag';
  readonly value: string;
  /** Plain data of the value: a list or mapping where a text was expected. */
  readonly plain: unknown;
  readonly misspelt?: Misspelling;
  readonly path?: string;
  readonly keyRange?: Range;
  readonly valueRange?: Range;
  /** The range of a stretch of the value. */
  rangeWithin(span: Span): Range | undefined;
}

export interface GemConfigProblem {
  readonly message: string;
  readonly path: string;
  readonly range: Range;
}

/** A setting nobody set. */
const ABSENT = '';

export class GemConfig {
  constructor(
    /** Everything found, in order of reading. */
    readonly entries: readonly GemEntry[],
    readonly problems: readonly GemConfigProblem[],
    readonly paths: readonly string[],
  ) {}

  /** The entry that is in force: flags win over YAML, later over earlier. */
  get(path: string): GemEntry | undefined {
    let found: GemEntry | undefined;
    for (const entry of this.entries) {
      if (entry.setting?.path !== path || entry.misspelt !== undefined) continue;
      if (found === undefined || entry.style === 'flag' || found.style === 'yaml') found = entry;
    }
    return found;
  }

  /** Text in force; empty where the setting is absent. */
  value(path: string): string {
    return this.get(path)?.value ?? ABSENT;
  }

  /** As Go reads a boolean flag or YAML boolean; anything else counts as false. */
  flag(path: string): boolean {
    return ['true', '1', 't', 'yes', 'on', 'y'].includes(this.value(path).toLowerCase());
  }

  /** Something about OIDC is set, rightly spelt or not. */
  get mentionsOidc(): boolean {
    return this.entries.some(
      (entry) => entry.setting?.path.startsWith('auth.admin.oidc.') || entry.written.includes('auth.admin.oidc'),
    );
  }

  authType(profile: GemProfile): string {
    const written = this.value('auth.type');
    return written === '' ? profile.defaultAuthType : written;
  }

  /** In the documents of 1.4 and 1.5 the issuer stands under `url`. */
  issuer(profile: GemProfile): GemEntry | undefined {
    const found = this.get('auth.admin.oidc.issuer_url');
    if (found !== undefined || profile.issuerKey !== 'url') return found;
    return this.entries.findLast((entry) => entry.misspelt === 'old-name');
  }
}

/** Reads files, in order; later ones win. Texts that hold nothing of GEM give no entries. */
export function readGemFiles(files: readonly SourceFile[]): GemConfig {
  const entries: GemEntry[] = [];
  const problems: GemConfigProblem[] = [];
  for (const file of files) {
    if (looksLikeFlags(file)) {
      const lines = new LineMap(file.text);
      for (const token of readFlags(file.text)) entries.push(flagEntry(token, placesIn(file, lines)));
      continue;
    }
    const document = parseYaml(file);
    for (const problem of document.problems)
      problems.push({ message: problem.message, path: file.path, range: document.lines.range(problem.span) });
    collectDocument(document, entries);
  }
  return new GemConfig(
    entries,
    problems,
    files.map((file) => file.path),
  );
}

/** Reads the YAML as an object (`settings` of a payload); nothing has a place. */
export function readGemSettings(settings: unknown): GemConfig {
  const entries: GemEntry[] = [];
  collect(plainTree(settings), [], NOWHERE, entries, 0);
  return new GemConfig(entries, [], []);
}

/** Turns offsets into ranges of a file, or into nothing where the data came without a text. */
interface Places {
  readonly path?: string;
  /** Maps an offset span of the text being read to the file. */
  range(span: Span): Range | undefined;
  /** The text being read, for places inside scalars. */
  readonly text: string;
}

const NOWHERE: Places = { range: () => undefined, text: '' };

function placesIn(file: SourceFile, lines: LineMap): Places {
  return { path: file.path, range: (span) => lines.range(span), text: file.text };
}

function looksLikeFlags(file: SourceFile): boolean {
  if (file.form === 'gem-flags') return true;
  let some = false;
  for (const raw of file.text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const name = line.startsWith('--') ? line.slice(2) : line.startsWith('-') ? line.slice(1) : line;
    if (line.startsWith('-') && isGemFlag(name)) return true;
    const equals = line.indexOf('=');
    const colon = line.indexOf(':');
    if (!some && isGemFlag(name) && equals !== -1 && (colon === -1 || equals < colon)) return true;
    // A command line: a program, then flags.
    if (!line.includes(': ') && (line.includes(' -auth.') || line.includes(' --auth.')) && !line.startsWith('-'))
      return true;
    some = true;
  }
  return false;
}

function collectDocument(document: YamlDocument, entries: GemEntry[]): void {
  const places = placesIn(document.source, document.lines);
  for (const root of document.roots) collect(root, [], places, entries, 0);
}

const MAX_DEPTH = 12;

/** Looks for blocks of settings anywhere in a tree: a chart's values hold them below other keys. */
function collect(node: YamlNode, parents: readonly string[], places: Places, entries: GemEntry[], depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (node.kind === 'sequence') {
    const scalars = node.items.filter((item): item is YamlScalar => item.kind === 'scalar');
    if (scalars.some((item) => isGemFlag(stripDashes(item.text)) && item.text.startsWith('-')))
      for (const token of readArguments(scalars.map((item) => ({ text: item.text, span: unquoted(item) }))))
        entries.push(flagEntry(token, places));
    for (const item of node.items) if (item.kind !== 'scalar') collect(item, parents, places, entries, depth + 1);
    return;
  }
  if (node.kind === 'scalar') {
    if (node.text.includes('\n') && node.text.includes('auth')) collectNested(node, places, entries);
    return;
  }
  const name = parents[parents.length - 1] ?? '';
  const isArguments = name === 'extraArgs' || name === 'args' || name === 'extra_args';
  for (const entry of node.entries) {
    const { key, value } = entry;
    if (isGemFlag(stripDashes(key)) && value.kind === 'scalar') entries.push(flatEntry(entry, isArguments, places));
    else if (key === 'auth' && isAuthBlock(value, depth)) flatten(value as YamlMapping, ['auth'], places, entries);
    else if (key === 'auth' && depth === 0 && value.kind === 'scalar') entries.push(yamlEntry(entry, ['auth'], places));
    else if (key === 'admin_client' || key === 'admin-client') {
      const inner = entryOf(value, 'disable_default_admin_policy') ?? entryOf(value, 'disable-default-admin-policy');
      if (inner !== undefined) entries.push(yamlEntry(inner, [key, inner.key], places));
    } else collect(value, [...parents, key], places, entries, depth + 1);
  }
}

const AUTH_KEYS = ['type', 'admin', 'override', 'required_for_metrics', 'required-for-metrics', 'cache', 'oidc'];

/** At the root any `auth` is meant; deeper only one that looks like GEM's. */
function isAuthBlock(value: YamlNode, depth: number): boolean {
  if (value.kind !== 'mapping') return false;
  if (depth === 0) return true;
  return value.entries.some((entry) => AUTH_KEYS.includes(entry.key) && entry.key !== 'type') || isTypeWord(value);
}

function isTypeWord(value: YamlMapping): boolean {
  const type = entryOf(value, 'type')?.value;
  return value.entries.length === 1 && type?.kind === 'scalar' && (type.text === 'enterprise' || type.text === 'trust');
}

function flatten(node: YamlMapping, parents: readonly string[], places: Places, entries: GemEntry[]): void {
  for (const entry of node.entries) {
    const path = [...parents, entry.key];
    const inner = entry.value;
    if (inner.kind === 'mapping' && gemSetting(path.join('.')) === undefined) {
      if (inner.entries.length > 0) flatten(inner, path, places, entries);
      continue;
    }
    entries.push(yamlEntry(entry, path, places));
  }
}

function yamlEntry(entry: YamlEntry, path: readonly string[], places: Places): GemEntry {
  const written = path.join('.');
  const known = gemSetting(written);
  if (known !== undefined) return made(known, written, 'yaml', undefined, entry, places);
  if (written === 'auth.admin.oidc.url')
    return made(gemSetting('auth.admin.oidc.issuer_url'), written, 'yaml', 'old-name', entry, places);
  if (OPEN_PATHS.some((open) => written.startsWith(`${open}.`)))
    return made(undefined, written, 'yaml', undefined, entry, places);
  const meant = gemSettingMeant(written);
  const misspelt: Misspelling =
    meant === undefined
      ? 'unknown'
      : meant.path === 'auth.admin.cache_ttl' && written.startsWith('auth.cache')
        ? 'manual-name'
        : 'dashes';
  return made(meant, written, 'yaml', misspelt, entry, places);
}

/** A dotted name as one key: right below `extraArgs`, where keys are flags; elsewhere YAML does not split it. */
function flatEntry(entry: YamlEntry, isArguments: boolean, places: Places): GemEntry {
  const name = stripDashes(entry.key);
  if (isArguments) {
    const { setting, misspelt } = flagMeaning(name);
    return made(setting, name, 'flag', misspelt, entry, places);
  }
  const meant = gemSetting(name) ?? gemSettingOfFlag(name) ?? gemSettingMeant(name);
  const misspelt: Misspelling =
    name === 'auth.cache.ttl.duration' ? 'manual-name' : meant === undefined ? 'unknown' : 'flat';
  return made(meant, name, 'yaml', misspelt, entry, places);
}

function flagMeaning(name: string): { setting: GemSetting | undefined; misspelt?: Misspelling } {
  const setting = gemSettingOfFlag(name);
  if (setting !== undefined) return { setting };
  if (name === 'auth.admin.oidc.url')
    return { setting: gemSetting('auth.admin.oidc.issuer_url'), misspelt: 'old-name' };
  if (name.startsWith('auth.cache.refresh.')) return { setting: undefined };
  const meant = gemSettingMeant(name);
  if (meant === undefined) return { setting: undefined, misspelt: 'unknown' };
  return { setting: meant, misspelt: name === 'auth.cache.ttl.duration' ? 'manual-name' : 'underscores' };
}

function made(
  setting: GemSetting | undefined,
  written: string,
  style: 'yaml' | 'flag',
  misspelt: Misspelling | undefined,
  entry: YamlEntry,
  places: Places,
): GemEntry {
  const node = entry.value;
  const scalar = node.kind === 'scalar' ? node : undefined;
  return {
    setting,
    written,
    style,
    value: scalar?.text ?? '',
    plain: node.plain,
    ...(misspelt === undefined ? {} : { misspelt }),
    ...(places.path === undefined ? {} : { path: places.path }),
    keyRange: places.range(entry.keySpan),
    valueRange: places.range(node.span),
    rangeWithin: (span) =>
      scalar === undefined || places.path === undefined
        ? places.range(node.span)
        : places.range(scalarSpan(scalar, places.text, span.start, span.end - span.start)),
  };
}

function flagEntry(token: FlagToken, places: Places): GemEntry {
  const { setting, misspelt } = flagMeaning(token.name);
  return {
    setting,
    written: token.name,
    style: 'flag',
    value: token.value,
    plain: token.value,
    ...(misspelt === undefined ? {} : { misspelt }),
    ...(places.path === undefined ? {} : { path: places.path }),
    keyRange: places.range(token.nameSpan),
    valueRange: places.range(token.valueSpan),
    rangeWithin(span) {
      const at = places.text.indexOf(token.value, token.valueSpan.start);
      if (at === -1 || at + token.value.length > token.valueSpan.end) return places.range(token.valueSpan);
      return places.range({ start: at + span.start, end: at + span.end });
    },
  };
}

/** A configuration as text inside another (`config: |`, a ConfigMap's data): its places are those of the outer file. */
function collectNested(node: YamlScalar, places: Places, entries: GemEntry[]): void {
  const inner: Places = {
    ...(places.path === undefined ? {} : { path: places.path }),
    text: node.text,
    range: (span) => places.range(scalarSpan(node, places.text, span.start, Math.max(span.end - span.start, 0))),
  };
  const file: SourceFile = { path: places.path ?? '', text: node.text };
  if (looksLikeFlags(file)) {
    for (const token of readFlags(node.text)) entries.push(flagEntry(token, inner));
    return;
  }
  // A template is not YAML before it is rendered; only what reads as YAML is looked at, without complaint.
  for (const root of parseYaml(file).roots) collect(root, [], inner, entries, 0);
}

function stripDashes(text: string): string {
  return text.startsWith('--') ? text.slice(2) : text.startsWith('-') ? text.slice(1) : text;
}

/** A scalar's text starts behind its quote. */
function unquoted(node: YamlScalar): Span {
  const quote = node.style === 'single' || node.style === 'double' ? 1 : 0;
  return { start: node.span.start + quote, end: node.span.end - quote };
}

/** Every setting of the table with the value in force, for `show` and `explain`. */
export function effectiveGemSettings(
  config: GemConfig,
): readonly { setting: GemSetting; entry: GemEntry | undefined }[] {
  return GEM_SETTINGS.map((setting) => ({ setting, entry: config.get(setting.path) }));
}
