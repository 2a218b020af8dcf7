/** The environment of a Compose service: its `env_file`s, then `environment` as a map or a list, with what it extends below. */
import { unknownValue } from '../document/variable.js';
import { nodeAt, type YamlEntry, type YamlNode, type YamlScalar } from '../document/yaml.js';
import type { SourceFile, Span } from '../text/source.js';
import { LineMap } from '../text/source.js';
import type { ComposeProject, ComposeService } from './compose-project.js';
import { readDockerEnv } from './docker-env.js';
import { readDotenv } from './dotenv.js';
import { type EnvVariable, type FileVariable, inFile, interpolationNotes, optionFacts } from './env-variable.js';
import { besideFile, readTextFile } from './files.js';
import { interpolate, type Lookup } from './interpolate.js';
import { scalarText, trimmedSpan } from './scalar-text.js';
import { sliceTraced, spanWithin, type Traced, tracedFrom } from './traced.js';
import type { FormFacts, FormNote } from './types.js';
import { resolveScalar, writeValue } from './yaml-types.js';

export class ComposeEnvironment {
  readonly notes: FormNote[] = [];
  /** The file that is being read. */
  #file: SourceFile;

  constructor(
    private readonly project: ComposeProject,
    private readonly lookup: Lookup,
    private readonly facts: FormFacts,
  ) {
    this.#file = project.origin.file;
  }

  /** Weakest first. */
  async of(service: ComposeService): Promise<readonly FileVariable[]> {
    const chain: ComposeService[] = [];
    for (let from: ComposeService | undefined = service; from; from = from.base) chain.unshift(from);
    const found: FileVariable[] = [];
    for (const from of chain) {
      this.#file = from.origin.file;
      found.push(...(await this.#files(nodeAt(from.node, 'env_file'))));
    }
    for (const from of chain) {
      const { file, lines } = from.origin;
      this.#file = file;
      found.push(...inFile(this.#written(nodeAt(from.node, 'environment')), file.path, lines));
    }
    return found;
  }

  async #files(node: YamlNode | undefined): Promise<FileVariable[]> {
    const found: FileVariable[] = [];
    for (const item of node === undefined ? [] : node.kind === 'sequence' ? node.items : [node]) {
      const named = item.kind === 'scalar' ? item : nodeAt(item, 'path');
      if (named?.kind !== 'scalar') continue;
      const required = nodeAt(item, 'required');
      const name = this.#fill(named.text);
      if (name.includes(unknownValue('').slice(0, -1))) continue;
      const path = besideFile(this.#file.path, name);
      const text = await readTextFile(this.facts, path);
      if (text === null && !(required?.kind === 'scalar' && required.text === 'false'))
        this.#refuse(`there is no file ${name}`, named.span, undefined, 'create it, or write required: false');
      if (typeof text !== 'string') continue;
      const format = nodeAt(item, 'format');
      const isRaw = format?.kind === 'scalar' && format.text === 'raw';
      const file = this.project.keep({ path, text, form: isRaw ? 'docker-env-file' : 'env-file' });
      const read = isRaw ? readDockerEnv(text, this.facts.shell, 'compose') : readDotenv(text, this.lookup);
      this.notes.push(...read.notes.map((note) => ({ ...note, path })));
      found.push(...inFile(read.variables, path, new LineMap(file.text)));
    }
    return found;
  }

  #written(node: YamlNode | undefined): EnvVariable[] {
    if (node === undefined) return [];
    if (node.kind === 'mapping') return node.entries.flatMap((entry) => this.#entry(entry) ?? []);
    if (node.kind === 'sequence') return this.#list(node.items);
    if (node.plain !== null) this.#refuse('environment is neither a map nor a list', node.span);
    return [];
  }

  #entry({ key, keySpan, value }: YamlEntry): EnvVariable | undefined {
    if (value.kind !== 'scalar') {
      this.#refuse(
        `${key} is a ${value.kind === 'sequence' ? 'list' : 'map'}, where Compose wants a text`,
        value.span.end > value.span.start ? trimmedSpan(value.span, this.#file.text) : keySpan,
        key,
        value.kind === 'sequence' ? 'write the list as one text in quotes' : 'write the value as one text in quotes',
      );
      return undefined;
    }
    const made = this.#value(key, value);
    return made && { name: key, value: made, nameSpan: keySpan, valueSpan: value.span, quote: quoteOf(value) };
  }

  /** What a value becomes; undefined where the variable is not set at all. */
  #value(name: string, node: YamlScalar): Traced | undefined {
    const value = resolveScalar(node, 'go-yaml-v3');
    if (value.type === 'null') return this.#inherited(name);
    if (value.type === 'invalid') {
      this.#refuse(value.message, node.span, name);
      return undefined;
    }
    const { text } = scalarText(node, this.#file.text);
    if (value.type === 'string') return this.#filled(name, text, node.span);
    const written = writeValue(value, 'go-yaml-v3') ?? '';
    if (written === node.text) return text;
    if (value.type !== 'boolean') this.#number(name, node, written);
    return tracedFrom(written, undefined);
  }

  #list(items: readonly YamlNode[]): EnvVariable[] {
    const found: EnvVariable[] = [];
    const byName = new Map<string, EnvVariable>();
    for (const item of items) {
      const variable = this.#item(item);
      if (!variable) continue;
      const before = byName.get(variable.name);
      if (before) this.#duplicate(before);
      byName.set(variable.name, variable);
      found.push(variable);
    }
    return found;
  }

  #item(node: YamlNode): EnvVariable | undefined {
    if (node.kind !== 'scalar' || resolveScalar(node, 'go-yaml-v3').type !== 'string') {
      const name = node.kind === 'mapping' ? (node.entries[0]?.key.split('=')[0] ?? '') : '';
      const isMap = node.kind === 'mapping';
      this.#refuse(
        isMap ? 'this entry of the list is a map' : 'this entry of the list is no text',
        trimmedSpan(node.span, this.#file.text),
        name,
        isMap && !node.entries[0]?.key.includes('=')
          ? 'write NAME=value, or environment as a map without the dashes'
          : 'write quotes around the whole entry: - "NAME=value"',
      );
      return undefined;
    }
    const { text } = scalarText(node, this.#file.text);
    const shown = node.text.slice(0, Math.max(0, node.text.indexOf('=')));
    const filled = this.#filled(shown, text, node.span);
    const equals = filled.text.indexOf('=');
    if (equals === -1) {
      const value = this.#inherited(filled.text);
      const nameSpan = spanWithin(text, 0, text.text.length) ?? node.span;
      return value && { name: filled.text, value, nameSpan, valueSpan: node.span, quote: 'none' };
    }
    const name = filled.text.slice(0, equals);
    const value = sliceTraced(filled, equals + 1);
    const nameSpan = spanWithin(filled, 0, equals) ?? node.span;
    const valueSpan = value.text === '' ? nameSpan : (spanWithin(value, 0, value.text.length) ?? node.span);
    this.#blanks(name, value, nameSpan);
    return { name, value, nameSpan, valueSpan, quote: 'none' };
  }

  /** A name alone, or with nothing behind it: its value is the shell's, and without one there it is not set. */
  #inherited(name: string): Traced | undefined {
    const found = this.lookup(name);
    if (found === null) return undefined;
    return tracedFrom(found ?? unknownValue(`the shell: ${name}`), undefined);
  }

  #filled(name: string, text: Traced, span: Span): Traced {
    const filled = interpolate(text, this.lookup);
    this.#note(...interpolationNotes(name, text, filled, span));
    return filled.value;
  }

  #fill(text: string): string {
    return interpolate({ text, places: [] }, this.lookup).value.text;
  }

  #blanks(name: string, value: Traced, nameSpan: Span): void {
    if (name !== name.trimEnd())
      this.#note({
        kind: 'form-unknown-name',
        span: nameSpan,
        ...optionFacts(name.trimEnd()),
        severity: 'error',
        message: `the blank in front of the "=" belongs to the name of the variable`,
        consequence: `${name.trimEnd()} is not set; newer versions of Compose refuse the file`,
        help: 'write NAME=value without blanks around the "="',
      });
    const blanks = value.text.length - value.text.trimStart().length;
    if (blanks === 0 || blanks === value.text.length) return;
    this.#note({
      kind: 'form-quotes',
      span: spanWithin(value, 0, value.text.length) ?? nameSpan,
      ...optionFacts(name.trimEnd()),
      severity: 'warning',
      message: `the blank behind the "=" is part of the value of ${name.trimEnd()}`,
      consequence: 'Compose takes everything behind the "=" as it stands',
      help: 'write NAME=value without blanks around the "="',
    });
  }

  #number(name: string, node: YamlScalar, written: string): void {
    this.#note({
      kind: 'form-number',
      span: node.span,
      ...optionFacts(name),
      severity: name.startsWith('GF_') ? 'error' : 'warning',
      message: `${node.text} without quotes is ${/[-:]/.test(node.text.slice(1)) && !/e/i.test(node.text) ? 'a date' : 'a number'} to Compose, and becomes ${written}`,
      consequence: `${name} has that text`,
      help: `write it in quotes: "${node.text}"`,
      fix: { description: 'write it in quotes', edits: [{ span: node.span, newText: `"${node.text}"` }] },
    });
  }

  #duplicate(loser: EnvVariable): void {
    this.#note({
      kind: 'form-duplicate',
      span: loser.nameSpan,
      ...optionFacts(loser.name),
      severity: 'warning',
      message: `${loser.name} is given again further down`,
      consequence: 'the last entry of the list counts',
      help: 'remove one of them',
    });
  }

  #refuse(message: string, span: Span, name?: string, help?: string): void {
    this.#note({
      kind: 'form-refused',
      span,
      ...(name === undefined ? {} : optionFacts(name)),
      severity: 'error',
      message,
      consequence: 'Compose refuses the file and starts nothing',
      ...(help === undefined ? {} : { help }),
      stops: 'compose',
    });
  }

  #note(...notes: FormNote[]): void {
    const path = this.#file === this.project.origin.file ? {} : { path: this.#file.path };
    for (const note of notes) this.notes.push({ ...note, ...path });
  }
}

function quoteOf({ style }: YamlScalar): EnvVariable['quote'] {
  return style === 'single' || style === 'double' ? style : 'none';
}
