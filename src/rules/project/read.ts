/** Reads a project file: settings with their types, and what is wrong with them, each with its place. */
import { parseYaml, type YamlEntry, type YamlMapping, type YamlNode } from '../../document/yaml.js';
import type { LineMap, Range, SourceFile, Span } from '../../text/source.js';
import { closest } from '../../text/suggest.js';
import type { Severity } from '../rule.js';
import { DATE, PROJECT_SETTINGS, type ProjectSetting, type SettingType, VERSION } from './schema.js';

/** Settings that hold for all files, or for those of an override. Paths are as written. */
export interface FileSettings {
  readonly product?: string;
  readonly form?: string;
  readonly grafanaVersion?: string;
  readonly dashboardVersion?: string;
  readonly gemVersion?: string;
  readonly config?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly envFile?: readonly string[];
  readonly forms?: Readonly<Record<string, unknown>>;
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
}

export interface ProjectIgnore {
  readonly rule: string;
  readonly files?: readonly string[];
  readonly option?: string;
  readonly reason?: string;
  readonly until?: string;
  /** Where it stands. */
  readonly range: Range;
}

export interface ProjectSettings extends FileSettings {
  readonly files?: readonly string[];
  readonly exclude?: readonly string[];
  readonly failOn?: Severity | 'never';
  readonly maxWarnings?: number;
  readonly format?: string;
  readonly baseline?: string;
  readonly requireIgnoreReason?: boolean;
  readonly overrides?: readonly (FileSettings & { readonly files: readonly string[] })[];
  readonly ignore?: readonly ProjectIgnore[];
}

export type ProjectProblemKind = 'syntax' | 'unknown-setting' | 'wrong-type' | 'unknown-rule';

export interface ProjectProblem {
  readonly kind: ProjectProblemKind;
  readonly message: string;
  readonly help?: string;
  readonly suggestions?: readonly string[];
  readonly range: Range;
}

export interface Project {
  readonly source: SourceFile;
  /** Without what is wrong. */
  readonly settings: ProjectSettings;
  readonly problems: readonly ProjectProblem[];
}

/**
 * Never throws.
 * @param rules ids of all rules
 */
export function readProject(source: SourceFile, rules: ReadonlySet<string>): Project {
  const document = parseYaml(source);
  const reader = new Reader(document.lines, rules);
  for (const { message, span, fatal } of document.problems)
    if (fatal) reader.problem('syntax', span, message.replace(/\.$/, ''));
  const [root, second] = document.roots;
  if (second) reader.problem('syntax', { start: second.span.start, end: second.span.start }, 'a second document');
  let settings: ProjectSettings = {};
  if (root?.kind === 'mapping') settings = reader.object(root, PROJECT_SETTINGS, []) as ProjectSettings;
  else if (root && !(root.kind === 'scalar' && root.plain === null))
    reader.problem('syntax', root.span, 'a project file is a mapping: settings with their values');
  return { source, settings, problems: reader.problems };
}

/** What a value was expected to be, in words. */
function inWords(type: SettingType): string {
  switch (type.kind) {
    case 'text':
      if (type.what === 'version') return 'a version such as 12.1';
      if (type.what === 'date') return 'a day such as 2030-12-31';
      return { path: 'a path', pattern: 'a path or pattern', rule: 'the name of a rule', text: 'a text' }[type.what];
    case 'choice':
      return `one of ${type.values.join(', ')}`;
    case 'count':
      return 'a whole number, 0 or more';
    case 'boolean':
      return 'true or false';
    case 'list':
      return 'a list';
    default:
      return 'a mapping';
  }
}

class Reader {
  readonly problems: ProjectProblem[] = [];
  readonly #lines: LineMap;
  readonly #rules: ReadonlySet<string>;

  constructor(lines: LineMap, rules: ReadonlySet<string>) {
    this.#lines = lines;
    this.#rules = rules;
  }

  problem(kind: ProjectProblemKind, span: Span, message: string, more: Partial<ProjectProblem> = {}): undefined {
    this.problems.push({ kind, message, range: this.#lines.range(span), ...more });
  }

  object(node: YamlMapping, settings: readonly ProjectSetting[], required: readonly string[]): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const entry of node.entries) {
      const setting = settings.find(({ key }) => key === entry.key);
      if (!setting) this.#unknown(entry, settings);
      else {
        const value = this.#value(entry.value, setting.type, setting.key);
        if (value !== undefined) result[setting.key] = value;
      }
    }
    for (const key of required)
      if (!node.entries.some((entry) => entry.key === key))
        this.problem('wrong-type', { start: node.span.start, end: node.span.start }, `"${key}" is missing here`);
    const end = node.entries[0]?.value.span.end ?? node.span.end;
    return { ...result, range: this.#lines.range({ start: node.span.start, end }) };
  }

  #unknown(entry: YamlEntry, settings: readonly ProjectSetting[]): void {
    const known = settings.map(({ key }) => key);
    const help = `it is one of ${known.join(', ')}`;
    const suggestions = closest(entry.key, known);
    this.problem('unknown-setting', entry.keySpan, `"${entry.key}" is no setting here`, orHelp(suggestions, help));
  }

  #wrong(node: YamlNode, type: SettingType, name: string): undefined {
    const near = type.kind === 'choice' && node.kind === 'scalar' ? closest(node.text, type.values) : [];
    const help = near.length > 0 ? { suggestions: near } : {};
    return this.problem('wrong-type', node.span, `${name} must be ${inWords(type)}`, help);
  }

  #value(node: YamlNode, type: SettingType, name: string): unknown {
    switch (type.kind) {
      case 'list':
        if (node.kind !== 'sequence') return this.#wrong(node, type, name);
        return node.items
          .map((item) => this.#value(item, type.of, `each of ${name}`))
          .filter((item) => item !== undefined);
      case 'map':
        return node.kind === 'mapping' ? this.#map(node, type, name) : this.#wrong(node, type, name);
      case 'object':
        if (node.kind !== 'mapping') return this.#wrong(node, type, name);
        return this.object(node, type.settings, type.required);
      case 'facts':
        return node.kind === 'mapping' ? facts(node) : this.#wrong(node, type, name);
      default:
        return this.#scalar(node, type, name);
    }
  }

  #scalar(node: YamlNode, type: SettingType, name: string): unknown {
    if (node.kind !== 'scalar' || node.plain === null) return this.#wrong(node, type, name);
    const { text, plain } = node;
    if (type.kind === 'boolean') return typeof plain === 'boolean' ? plain : this.#wrong(node, type, name);
    if (type.kind === 'count')
      return typeof plain === 'number' && Number.isInteger(plain) && plain >= 0 ? plain : this.#wrong(node, type, name);
    if (type.kind === 'choice') return type.values.includes(text) ? text : this.#wrong(node, type, name);
    if (type.kind !== 'text') return undefined;
    if (type.what === 'rule') return this.#rule(text, node.span) ? text : undefined;
    const fits = {
      version: VERSION.test(text),
      date: isDay(text),
      text: true,
      path: typeof plain === 'string' && text !== '',
      pattern: typeof plain === 'string' && text !== '',
    }[type.what];
    return fits ? text : this.#wrong(node, type, name);
  }

  #map(node: YamlMapping, type: Extract<SettingType, { kind: 'map' }>, name: string): Record<string, unknown> {
    const result: Record<string, unknown> = Object.create(null);
    for (const entry of node.entries) {
      if (type.keys === 'rule' && !this.#rule(entry.key, entry.keySpan)) continue;
      const value = this.#value(entry.value, type.of, `${entry.key} of ${name}`);
      if (value !== undefined) result[entry.key] = value;
    }
    return result;
  }

  #rule(name: string, span: Span): boolean {
    if (this.#rules.has(name)) return true;
    const suggestions = closest(name, this.#rules);
    const more = orHelp(suggestions, 'auth-cli explain rules lists all names');
    this.problem('unknown-rule', span, `no rule is named "${name}"`, more);
    return false;
  }
}

/** What to do: what was meant, else a word of help. */
function orHelp(suggestions: readonly string[], help: string): Partial<ProjectProblem> {
  return suggestions.length > 0 ? { suggestions } : { help };
}

function isDay(text: string): boolean {
  return DATE.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
}

/** Facts as they stand, texts as written. */
function facts(node: YamlNode): unknown {
  if (node.kind === 'sequence') return node.items.map(facts);
  if (node.kind === 'scalar') return typeof node.plain === 'boolean' ? node.plain : node.text;
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, facts(value)]));
}
