/**
 * Reads the settings of Dashboard JWT login from an environment file, the environment, anything in YAML that sets variables
 * (docker-compose, Kubernetes, chart values), or a `config.yml` with `config.settings`. Every value keeps its place.
 * An environment variable wins over config.yml, which only fills the database at start.
 */

import type { EnvEntry } from '../document/env-document.js';
import { parseEnvDocument } from '../document/env-document.js';
import type { YamlDocument, YamlEntry, YamlNode, YamlScalar } from '../document/yaml.js';
import { entryOf, parseYaml, scalarSpan } from '../document/yaml.js';
import type { LineMap, Range, SourceFile, Span } from '../text/source.js';
import type { DashboardSetting } from './settings.js';
import { dashboardSetting, dashboardSettingOfKey } from './settings.js';

export type EntryStyle = 'env-file' | 'compose' | 'config-yml' | 'environment' | 'object';

export interface DashboardEntry {
  /** Undefined for names that look like settings of JWT login and are none. */
  readonly setting: DashboardSetting | undefined;
  /** As written: a variable or a key of config.yml. */
  readonly written: string;
  readonly style: EntryStyle;
  readonly value: string;
  /** The line of an environment file behind `=`, as docker run takes it. */
  readonly literal?: string;
  readonly quote?: 'none' | 'single' | 'double';
  /** Holds `${…}` or `{{…}}` that could not be filled in: its content is not known. */
  readonly template: boolean;
  readonly path?: string;
  readonly keyRange?: Range;
  readonly valueRange?: Range;
  /** `env:NAME` where there is no file. */
  readonly source?: string;
  rangeWithin(span: Span): Range | undefined;
}

export interface DashboardConfigProblem {
  readonly message: string;
  readonly path: string;
  readonly range: Range;
}

type Environment = Readonly<Record<string, string | undefined>>;

const RANK: Readonly<Record<EntryStyle, number>> = {
  'config-yml': 0,
  object: 1,
  'env-file': 1,
  compose: 1,
  environment: 2,
};

export class DashboardConfig {
  constructor(
    /** In order of reading. */
    readonly entries: readonly DashboardEntry[],
    readonly problems: readonly DashboardConfigProblem[],
    readonly paths: readonly string[],
  ) {}

  /** The entry in force; the environment wins over files, variables over config.yml, later over earlier. */
  get(name: string): DashboardEntry | undefined {
    let found: DashboardEntry | undefined;
    for (const entry of this.entries)
      if (entry.setting?.name === name && (found === undefined || RANK[entry.style] >= RANK[found.style]))
        found = entry;
    return found;
  }

  /** Text in force; empty counts as unset, then the default of the table. */
  value(name: string): string {
    const written = this.get(name)?.value ?? '';
    return written === '' ? (dashboardSetting(name)?.default ?? '') : written;
  }

  isSet(name: string): boolean {
    return (this.get(name)?.value ?? '') !== '';
  }

  /** `true` and `false` in any case; anything else reads as the default. */
  flag(name: string): boolean {
    const word = this.value(name).toLowerCase();
    if (word === 'true') return true;
    if (word === 'false') return false;
    return dashboardSetting(name)?.default === 'true';
  }
}

/** Reads files in order, then the environment. */
export function readDashboardFiles(files: readonly SourceFile[], env: Environment = {}): DashboardConfig {
  const entries: DashboardEntry[] = [];
  const problems: DashboardConfigProblem[] = [];
  for (const file of files) {
    if (looksLikeEnvFile(file)) {
      const document = parseEnvDocument(file);
      // First: a value written down is the one that is known.
      for (const span of document.handedOn) {
        const name = file.text.slice(span.start, span.end);
        if (isOurs(name)) entries.push(handedOn(name, document.lines.range(span), file.path));
      }
      for (const entry of document.entries) {
        const made = envEntry(entry, file, document.lines);
        if (made !== undefined) entries.push(made);
      }
      for (const problem of document.problems)
        problems.push({ message: problem.message, path: file.path, range: document.lines.range(problem.span) });
      continue;
    }
    const document = parseYaml(file);
    for (const problem of document.problems)
      problems.push({ message: problem.message, path: file.path, range: document.lines.range(problem.span) });
    for (const root of document.roots) collect(root, document, entries, env, 0);
  }
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || !isOurs(name)) continue;
    entries.push({
      setting: dashboardSetting(name),
      written: name,
      style: 'environment',
      value,
      template: false,
      source: `env:${name}`,
      rangeWithin: () => undefined,
    });
  }
  return new DashboardConfig(
    entries,
    problems,
    files.map((file) => file.path),
  );
}

/** Reads `MB_*` name → value of a payload; null is unset, everything else text. */
export function readDashboardSettings(settings: Readonly<Record<string, unknown>>): DashboardConfig {
  const entries: DashboardEntry[] = [];
  for (const [name, value] of Object.entries(settings)) {
    if (value === null || value === undefined) continue;
    entries.push({
      setting: dashboardSetting(name) ?? dashboardSettingOfKey(name),
      written: name,
      style: 'object',
      value: typeof value === 'object' ? JSON.stringify(value) : String(value),
      template: false,
      rangeWithin: () => undefined,
    });
  }
  return new DashboardConfig(entries, [], []);
}

/** Variables this tool has something to say about. */
function isOurs(name: string): boolean {
  return dashboardSetting(name) !== undefined || name.startsWith('MB_JWT_');
}

function looksLikeEnvFile(file: SourceFile): boolean {
  if (file.form === 'env') return true;
  for (const raw of file.text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    return /^(?:export\s+)?[A-Za-z_][A-Za-z0-9_]*\s*=/.test(line);
  }
  return false;
}

function envEntry(entry: EnvEntry, file: SourceFile, lines: LineMap): DashboardEntry | undefined {
  if (!isOurs(entry.name)) return undefined;
  return {
    setting: dashboardSetting(entry.name),
    written: entry.name,
    style: 'env-file',
    value: entry.value,
    template: false,
    literal: entry.literal,
    quote: entry.quote,
    path: file.path,
    keyRange: lines.range(entry.nameSpan),
    valueRange: lines.range(entry.valueSpan),
    rangeWithin: (span) =>
      entry.verbatim
        ? lines.range({ start: entry.contentStart + span.start, end: entry.contentStart + span.end })
        : lines.range(entry.valueSpan),
  };
}

/** A name without `=`: its value is that of the shell, which where it is known comes in with the environment. */
function handedOn(name: string, range: Range, path: string): DashboardEntry {
  return {
    setting: dashboardSetting(name),
    written: name,
    style: 'env-file',
    value: `\${${name}}`,
    template: true,
    path,
    keyRange: range,
    valueRange: range,
    rangeWithin: () => range,
  };
}

const MAX_DEPTH = 20;

/** Variables wherever YAML may set them; keys below `config.settings`. */
function collect(
  node: YamlNode,
  document: YamlDocument,
  entries: DashboardEntry[],
  env: Environment,
  depth: number,
): void {
  if (depth > MAX_DEPTH || node.kind === 'scalar') return;
  if (node.kind === 'sequence') {
    for (const item of node.items) {
      if (item.kind === 'scalar') {
        const made = listItem(item, document, env);
        if (made !== undefined) entries.push(made);
        continue;
      }
      const name = entryOf(item, 'name')?.value;
      const value = entryOf(item, 'value');
      if (name?.kind === 'scalar' && value !== undefined && isOurs(name.text))
        entries.push(fromYaml(name.text, name.span, value.value, 'compose', document, env));
      else collect(item, document, entries, env, depth + 1);
    }
    return;
  }
  for (const entry of node.entries) {
    const settings = entry.key === 'config' ? entryOf(entry.value, 'settings') : undefined;
    if (settings?.value.kind === 'mapping') {
      for (const inner of settings.value.entries) {
        const made = configEntry(inner, document, env);
        if (made !== undefined) entries.push(made);
      }
    } else if (isOurs(entry.key))
      entries.push(fromYaml(entry.key, entry.keySpan, entry.value, 'compose', document, env));
    else collect(entry.value, document, entries, env, depth + 1);
  }
}

function configEntry(entry: YamlEntry, document: YamlDocument, env: Environment): DashboardEntry | undefined {
  const setting = dashboardSettingOfKey(entry.key);
  if (setting === undefined && !entry.key.startsWith('jwt-')) return undefined;
  const made = fromYaml(entry.key, entry.keySpan, entry.value, 'config-yml', document, env);
  return { ...made, setting };
}

/** `- NAME=VALUE` of a list. */
function listItem(item: YamlScalar, document: YamlDocument, env: Environment): DashboardEntry | undefined {
  const equals = item.text.indexOf('=');
  const name = equals === -1 ? '' : item.text.slice(0, equals);
  if (!isOurs(name)) return undefined;
  const text = document.source.text;
  const place = (span: Span) => document.lines.range(scalarSpan(item, text, span.start, span.end - span.start));
  const filled = fillCompose(item.text.slice(equals + 1), env);
  return {
    setting: dashboardSetting(name),
    written: name,
    style: 'compose',
    ...filled,
    path: document.source.path,
    keyRange: place({ start: 0, end: equals }),
    valueRange:
      equals + 1 < item.text.length
        ? place({ start: equals + 1, end: item.text.length })
        : document.lines.range(item.span),
    rangeWithin: (span) => place({ start: equals + 1 + span.start, end: equals + 1 + span.end }),
  };
}

function fromYaml(
  written: string,
  keySpan: Span,
  node: YamlNode,
  style: EntryStyle,
  document: YamlDocument,
  env: Environment,
): DashboardEntry {
  const scalar = node.kind === 'scalar' ? node : undefined;
  const text = scalar === undefined ? JSON.stringify(node.plain) : scalar.text;
  const filled = style === 'config-yml' ? fillTemplate(text, env) : fillCompose(text, env);
  return {
    setting: dashboardSetting(written),
    written,
    style,
    ...filled,
    path: document.source.path,
    keyRange: document.lines.range(keySpan),
    valueRange: document.lines.range(node.span),
    rangeWithin: (span) =>
      scalar === undefined || filled.value !== text
        ? document.lines.range(node.span)
        : document.lines.range(scalarSpan(scalar, document.source.text, span.start, span.end - span.start)),
  };
}

interface Filled {
  readonly value: string;
  readonly template: boolean;
}

/** `${NAME}` and `${NAME:-default}` of Compose, from the environment; `$$` is a dollar sign. */
function fillCompose(text: string, env: Environment): Filled {
  let template = false;
  const value = text.replace(
    /\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::?([-?+])([^}]*))?\}/g,
    (written: string, name: string | undefined, operator: string | undefined, word: string | undefined) => {
      if (name === undefined) return '$';
      const found = env[name];
      if (found !== undefined && found !== '') return operator === '+' ? (word ?? '') : found;
      if (operator === '-') return word ?? '';
      template = true;
      return written;
    },
  );
  return { value, template };
}

/** `{{env NAME}}` of config.yml. */
function fillTemplate(text: string, env: Environment): Filled {
  let template = false;
  const value = text.replace(/\{\{\s*env\s+([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g, (written: string, name: string) => {
    const found = env[name];
    if (found !== undefined) return found;
    template = true;
    return written;
  });
  return { value, template };
}
