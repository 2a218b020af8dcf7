/**
 * Units and drop-ins of systemd that start Grafana: `Environment=`, `EnvironmentFile=` and the `cfg:` arguments of `ExecStart=`.
 * Source: forms §6; systemd.exec(5), systemd.syntax(7).
 */
import type { IniDocument } from '../document/types.js';
import { unknownValue } from '../document/variable.js';
import { envName } from '../settings/env-names.js';
import { LineMap, type SourceFile, type Span } from '../text/source.js';
import { withoutStartScript } from './env-file.js';
import { type EnvVariable, type FileVariable, inFile, optionFacts, placeVariables } from './env-variable.js';
import { besideFile, readTextFile } from './files.js';
import { interpolate } from './interpolate.js';
import { RawSection } from './stored.js';
import { readSystemdEnv } from './systemd-env.js';
import { sliceTraced, spanWithin, type Traced, Tracing, tracedAt } from './traced.js';
import type { FormFacts, FormNote, FormReader } from './types.js';

/** `systemd-unit`. */
export const readSystemdUnit: FormReader = async (file, facts) => {
  const unit = new Unit(file.text);
  const alongside: SourceFile[] = [];
  const lines = new LineMap(file.text);
  const written: FileVariable[] = [...inFile(unit.environment, file.path, lines)];
  const notes: FormNote[] = [...unit.notes];
  for (const named of unit.files) {
    const read = await environmentFile(named, file, facts, notes);
    if (!read) continue;
    alongside.push(read);
    const { variables, notes: said } = readSystemdEnv(read.text);
    notes.push(...said.map((note) => ({ ...note, path: read.path })));
    written.push(...inFile(variables, read.path, new LineMap(read.text)));
  }
  const kept = written.filter((variable) => {
    const [rest, dropped] = withoutStartScript([variable]);
    notes.push(...dropped.map((note) => ({ ...note, path: variable.path })));
    return rest.length > 0;
  });
  const values = new Map(kept.map(({ name, value }) => [name, value.text]));
  const { documents, names, refusals } = cfgArguments(unit.command, values, file, lines);
  notes.push(...refusals);
  // Arguments win over variables.
  const variables = kept.filter(({ name, nameSpan, path }) => {
    if (!names.has(name)) return true;
    notes.push({
      kind: 'form-overridden',
      span: nameSpan,
      path,
      ...optionFacts(name),
      severity: 'warning',
      message: `${name} loses to the argument of ExecStart that sets the same option`,
      consequence: 'Grafana never sees the value of the variable',
      help: 'keep one of the two',
    });
    return false;
  });
  return {
    form: 'systemd-unit',
    file,
    lines,
    documents,
    variables: placeVariables(variables),
    notes,
    ...(alongside.length === 0 ? {} : { alongside }),
  };
};

async function environmentFile(
  named: Traced,
  file: SourceFile,
  facts: FormFacts,
  notes: FormNote[],
): Promise<SourceFile | undefined> {
  const optional = named.text.startsWith('-');
  const path = optional ? named.text.slice(1) : named.text;
  if (path.includes('$__from{') || /[*?[]/.test(path)) return undefined;
  const text = await readTextFile(facts, besideFile(file.path, path));
  if (typeof text === 'string') return { path: besideFile(file.path, path), text, form: 'systemd-env' };
  if (!path.startsWith('/'))
    notes.push({
      kind: 'form-refused',
      span: spanWithin(named, 0, named.text.length) ?? { start: 0, end: 0 },
      severity: 'error',
      message: `${path} is no absolute path`,
      consequence: 'systemd leaves the line out, so none of the variables of the file is set',
      help: 'write the whole path of the file',
    });
  return undefined;
}

interface Arguments {
  readonly documents: readonly IniDocument[];
  /** Variables that set the same options. */
  readonly names: ReadonlySet<string>;
  readonly refusals: readonly FormNote[];
}

/** `cfg:section.key=value`: the last dot before the first `=` ends the section. `cfg:default.…` lies below the files. */
function cfgArguments(
  words: readonly Traced[],
  environment: ReadonlyMap<string, string>,
  file: SourceFile,
  lines: LineMap,
): Arguments {
  const documents: IniDocument[] = [];
  const names = new Set<string>();
  const refusals: FormNote[] = [];
  for (const word of words) {
    if (!word.text.startsWith('cfg:') || word.text.startsWith('cfg:default.')) continue;
    const filled = interpolate(word, (name) => environment.get(name)).value;
    const span = spanWithin(word, 0, word.text.length) ?? { start: 0, end: 0 };
    const equals = filled.text.indexOf('=');
    const dot = filled.text.lastIndexOf('.', equals);
    if (equals === -1) continue;
    if (filled.text.indexOf('=', equals + 1) !== -1) {
      refusals.push({
        kind: 'form-refused',
        span,
        severity: 'error',
        message: 'an argument that begins with cfg: has a second "="',
        consequence: 'Grafana ends at once and does not start',
        help: 'set the option in grafana.ini or by a variable',
        stops: 'grafana',
      });
      continue;
    }
    if (dot < 4) continue;
    const section = filled.text.slice(4, dot);
    const key = filled.text.slice(dot + 1, equals);
    const value = sliceTraced(filled, equals + 1);
    const keySpan = spanWithin(filled, dot + 1, key.length) ?? span;
    const made = new RawSection(section, spanWithin(filled, 4, section.length) ?? span);
    made.add(key, keySpan, value, spanWithin(value, 0, value.text.length) ?? keySpan);
    documents.push(made.document(file, lines));
    names.add(envName(section, key));
  }
  return { documents, names, refusals };
}

/** What the `[Service]` section says. */
class Unit {
  environment: EnvVariable[] = [];
  files: Traced[] = [];
  command: readonly Traced[] = [];
  readonly notes: FormNote[] = [];

  constructor(text: string) {
    let section = '';
    for (const line of logicalLines(text)) {
      const header = /^\[([^\]]*)\]\s*$/.exec(line.text);
      if (header) {
        section = header[1]!;
        continue;
      }
      const equals = line.text.indexOf('=');
      if (equals === -1 || (section !== '' && section !== 'Service')) continue;
      const name = line.text.slice(0, equals).trim();
      const start = equals + 1 + /^\s*/.exec(line.text.slice(equals + 1))![0].length;
      this.#setting(name, sliceTraced(line, start, Math.max(start, line.text.trimEnd().length)));
    }
  }

  #setting(name: string, value: Traced): void {
    if (name === 'Environment') {
      if (value.text === '') this.environment = [];
      for (const { word, quoted } of splitWords(value)) this.#assignment(withoutSpecifiers(word), quoted);
    } else if (name === 'EnvironmentFile') {
      if (value.text === '') this.files = [];
      else this.files.push(withoutSpecifiers(value));
    } else if (name === 'ExecStart') {
      this.command = splitWords(value).map(({ word }) => withoutSpecifiers(word));
    }
  }

  #assignment(word: Traced, quoted: boolean): void {
    const equals = word.text.indexOf('=');
    const span = spanWithin(word, 0, word.text.length) ?? { start: 0, end: 0 };
    const name = word.text.slice(0, Math.max(0, equals));
    if (equals === -1 || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      this.#note('form-quotes', span, word.text, {
        message: 'this word of Environment= is no assignment',
        consequence: 'systemd splits at blanks and leaves the word out',
        help: 'write the whole assignment in quotes: Environment="NAME=a b"',
      });
      return;
    }
    const value = sliceTraced(word, equals + 1);
    if (!quoted && /^["']/.test(value.text))
      this.#note('form-quotes', spanWithin(value, 0, value.text.length) ?? span, name, {
        message: `the quotes begin behind the "=" of ${name}`,
        consequence: 'systemd documents quotes around a whole assignment only',
        help: `write Environment="${name}=…"`,
      });
    const nameSpan = spanWithin(word, 0, equals) ?? span;
    const valueSpan = spanWithin(value, 0, value.text.length) ?? nameSpan;
    this.environment.push({ name, value, nameSpan, valueSpan, quote: 'none' });
  }

  #note(kind: FormNote['kind'], span: Span, name: string, said: Pick<FormNote, 'message' | 'consequence' | 'help'>) {
    this.notes.push({ kind, span, ...optionFacts(name), severity: 'error', ...said });
  }
}

/** Lines without comments; a backslash at the end joins the next one with a blank between. */
function* logicalLines(text: string): Generator<Traced> {
  let pending: Tracing | undefined;
  for (let start = 0; start < text.length; ) {
    const feed = text.indexOf('\n', start);
    const end = feed === -1 ? text.length : feed;
    const stop = end > start && text[end - 1] === '\r' ? end - 1 : end;
    const isComment = /^\s*[#;]/.test(text.slice(start, stop));
    if (!isComment) {
      const continued = text[stop - 1] === '\\' && stop > start;
      const made: Tracing = pending ?? new Tracing();
      made.add(tracedAt(text, start, continued ? stop - 1 : stop));
      if (continued) pending = made.put(' ', { start: stop - 1, end: stop });
      else {
        yield made.value;
        pending = undefined;
      }
    }
    start = end + 1;
  }
  if (pending) yield pending.value;
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
  s: ' ',
};

/** Words at blanks; quotes around a whole word keep its blanks; escapes as in C. */
function splitWords(line: Traced): { readonly word: Traced; readonly quoted: boolean }[] {
  const { text } = line;
  const words: { word: Traced; quoted: boolean }[] = [];
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text[at]!)) {
      at++;
      continue;
    }
    const quote = text[at] === '"' || text[at] === "'" ? text[at] : undefined;
    if (quote !== undefined) at++;
    const made = new Tracing();
    while (at < text.length && (quote === undefined ? !/\s/.test(text[at]!) : text[at] !== quote)) {
      const short = text[at] === '\\' ? ESCAPES[text[at + 1] ?? ''] : undefined;
      const code = text[at] === '\\' ? /^\\(?:x([0-9a-fA-F]{2})|([0-7]{3}))/.exec(text.slice(at, at + 4)) : null;
      if (short !== undefined) {
        made.put(short, spanWithin(line, at, 2));
        at += 2;
      } else if (code) {
        made.put(String.fromCharCode(Number.parseInt(code[1] ?? code[2]!, code[1] ? 16 : 8)), spanWithin(line, at, 4));
        at += 4;
      } else {
        made.add(sliceTraced(line, at, at + 1));
        at++;
      }
    }
    if (quote !== undefined) at++;
    words.push({ word: made.value, quoted: quote !== undefined });
  }
  return words;
}

/** `%%` is a percent sign; what other specifiers stand for only the machine knows. */
function withoutSpecifiers(word: Traced): Traced {
  if (!word.text.includes('%')) return word;
  const made = new Tracing();
  for (let at = 0; at < word.text.length; at++) {
    const next = word.text[at] === '%' ? word.text[at + 1] : undefined;
    if (next === undefined || !/[%A-Za-z]/.test(next)) made.add(sliceTraced(word, at, at + 1));
    else {
      made.put(next === '%' ? '%' : unknownValue(`systemd: %${next}`), spanWithin(word, at, 2));
      at++;
    }
  }
  return made.value;
}
