/**
 * Units and drop-ins of systemd (`grafana-server.service`, `….service.d/*.conf`): `Environment=`, `EnvironmentFile=` and the `cfg:`
 * arguments of `ExecStart=`. Source: forms overview §6; systemd.exec(5), systemd.service(5), systemd.syntax(7).
 */
import { PlacedText } from '../document/placed-ini.js';
import { unknownValue } from '../document/variable.js';
import { envName } from '../settings/env-names.js';
import type { SourceFile, Span } from '../text/source.js';
import { LineMap } from '../text/source.js';
import { withoutStartScript } from './env-file.js';
import { type FileVariable, inFile, optionFacts, placeVariables } from './env-variable.js';
import { besideFile, readTextFile } from './files.js';
import { readSystemdEnv } from './systemd-env.js';
import { sliceTraced, type Traced, Tracing, tracedAt } from './traced.js';
import type { FormFacts, FormNote, FormReading } from './types.js';

/** One `Key=value` of the `[Service]` section, continued lines joined. */
interface Directive {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Traced;
}

/** Never throws. */
export async function readSystemdUnit(file: SourceFile, facts: FormFacts): Promise<FormReading> {
  const lines = new LineMap(file.text);
  const notes: FormNote[] = [];
  const alongside: SourceFile[] = [];
  const variables: FileVariable[] = [];
  let commands: Directive[] = [];
  let own: FileVariable[] = [];
  for (const directive of directives(file.text)) {
    const { key, keySpan, value } = directive;
    const isReset = value.text.trim() === '';
    if (key === 'Environment') {
      if (isReset) own = [];
      for (const word of words(value)) own.push(...assignment(word, notes, file.path, lines));
    } else if (key === 'EnvironmentFile' && !isReset) {
      const found = await environmentFile(value.text.trim(), keySpan, file, facts, notes);
      if (found) {
        alongside.push(found);
        const read = readSystemdEnv(found.text);
        notes.push(...read.notes.map((note) => ({ ...note, path: found.path })));
        variables.push(...inFile(read.variables, found.path, new LineMap(found.text)));
      }
    } else if (/^ExecStart$/.test(key)) {
      if (isReset) commands = [];
      else commands.push(directive);
    }
  }
  // A file beats what the unit itself says.
  const [kept, lost] = withoutStartScript([...own, ...variables]);
  notes.push(...lost);
  const known = new Map(kept.map((variable) => [variable.name, variable.value.text]));
  const text = new PlacedText();
  const set = new Map<string, Span>();
  for (const command of commands) readArguments(command, known, text, set, notes);
  const beaten = kept.filter(({ name }) => set.has(name));
  for (const { name, nameSpan, path } of beaten)
    notes.push({
      kind: 'form-overridden',
      ...(path === file.path ? {} : { path }),
      span: nameSpan,
      ...optionFacts(name),
      severity: 'warning',
      message: `${name} is overridden by an argument of ExecStart`,
      consequence: 'arguments that begin with cfg: beat the environment',
      help: 'keep one of the two',
    });
  const document = text.text === '' ? [] : [text.document({ ...file, form: 'systemd-unit' }, lines)];
  return {
    form: 'systemd-unit',
    file,
    lines,
    documents: document,
    variables: placeVariables(kept.filter((variable) => !beaten.includes(variable))),
    notes,
    ...(alongside.length === 0 ? {} : { alongside }),
  };
}

function* directives(text: string): Generator<Directive> {
  let section = '';
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length; ) {
    const end = endOfLine(text, at);
    const line = text.slice(at, end);
    const start = at;
    at = next(text, end);
    const header = /^\s*\[([^\]]*)\]\s*$/.exec(line);
    if (header) section = header[1]!;
    if (header || /^\s*(?:[#;]|$)/.test(line)) continue;
    const value = new Tracing();
    const equals = line.indexOf('=');
    let from = start + equals + 1;
    let stop = end;
    // A backslash at the end of a line stands for a blank; comments in between are left out.
    while (stop > from && text[stop - 1] === '\\') {
      value.add(tracedAt(text, from, stop - 1)).put(' ', { start: stop - 1, end: stop });
      do {
        from = at;
        stop = endOfLine(text, from);
        at = next(text, stop);
      } while (from < text.length && /^\s*[#;]/.test(text.slice(from, stop)));
    }
    value.add(tracedAt(text, from, stop));
    if (equals < 1 || (section !== 'Service' && section !== '')) continue;
    const key = line.slice(0, equals);
    const lead = key.length - key.trimStart().length;
    yield {
      key: key.trim(),
      keySpan: { start: start + lead, end: start + key.trimEnd().length },
      value: value.value,
    };
  }
}

function endOfLine(text: string, at: number): number {
  const feed = text.indexOf('\n', at);
  const end = feed === -1 ? text.length : feed;
  return end > at && text[end - 1] === '\r' ? end - 1 : end;
}

function next(text: string, end: number): number {
  const feed = text.indexOf('\n', end);
  return feed === -1 ? text.length : feed + 1;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', s: ' ' };

/** Words between blanks; quotes hold a word together, and are characters inside one. Escapes as in C; `%%` is a percent sign. */
function words(value: Traced): Traced[] {
  const found: Traced[] = [];
  const { text, places } = value;
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at]!)) {
      at++;
      continue;
    }
    const word = new Tracing();
    let quote = '';
    if (text[at] === '"' || text[at] === "'") quote = text[at++]!;
    while (at < text.length && (quote === '' ? !/\s/.test(text[at]!) : text[at] !== quote)) {
      const from = places[at];
      if (text[at] === '\\' && at + 1 < text.length) {
        const sign = text[at + 1]!;
        const to = places[at + 1];
        word.put(ESCAPES[sign] ?? sign, from && to ? { start: from.start, end: to.end } : from);
        at += 2;
      } else if (text.startsWith('%%', at)) {
        word.put('%', from);
        at += 2;
      } else {
        word.add(sliceTraced(value, at, at + 1));
        at++;
      }
    }
    if (quote !== '') at++;
    found.push(word.value);
  }
  return found;
}

function assignment(word: Traced, notes: FormNote[], path: string, lines: LineMap): readonly FileVariable[] {
  const equals = word.text.indexOf('=');
  const first = word.places[0];
  const last = word.places[word.places.length - 1];
  if (!first || !last) return [];
  const span = { start: first.start, end: last.end };
  if (equals < 1) {
    notes.push({
      kind: 'form-quotes',
      span,
      severity: 'warning',
      message: `"${word.text.slice(0, 30)}" is no NAME=value: Environment= is split at blanks`,
      consequence: 'systemd leaves it out, and the value before it ends there',
      help: 'put the whole assignment in quotes: Environment="NAME=a value with blanks"',
    });
    return [];
  }
  const value = sliceTraced(word, equals + 1);
  const nameEnd = word.places[equals - 1]!.end;
  return inFile(
    [
      {
        name: word.text.slice(0, equals),
        value,
        nameSpan: { start: first.start, end: nameEnd },
        valueSpan: { start: Math.min(nameEnd + 1, last.end), end: last.end },
        quote: 'none',
      },
    ],
    path,
    lines,
  );
}

async function environmentFile(
  name: string,
  span: Span,
  file: SourceFile,
  facts: FormFacts,
  notes: FormNote[],
): Promise<SourceFile | undefined> {
  const path = besideFile(file.path, name.replace(/^-/, '').replaceAll('%%', '%'));
  const text = await readTextFile(facts, path);
  if (typeof text === 'string') return { path, text };
  if (!name.startsWith('-'))
    notes.push({
      kind: 'form-template',
      span,
      severity: 'info',
      message: `${path} is not at hand, so nothing is known of the variables in it`,
      help: 'check that file as well',
    });
  return undefined;
}

/** `cfg:section.key=value`: the last dot in front of the first `=` parts section and key. */
function readArguments(
  { value }: Directive,
  known: ReadonlyMap<string, string>,
  text: PlacedText,
  set: Map<string, Span>,
  notes: FormNote[],
): void {
  for (const word of words(value)) {
    if (!word.text.startsWith('cfg:')) continue;
    const equals = word.text.indexOf('=');
    const name = word.text.slice('cfg:'.length, equals === -1 ? undefined : equals);
    // Arguments of this kind set what counts where nothing else says anything.
    if (name.startsWith('default.')) continue;
    const dot = name.lastIndexOf('.');
    const first = word.places[0]!;
    const span = { start: first.start, end: word.places[word.places.length - 1]!.end };
    const refused = equals === -1 || dot < 1 || word.text.indexOf('=', equals + 1) !== -1;
    if (refused) {
      notes.push({
        kind: 'form-refused',
        span,
        severity: 'error',
        stops: 'start',
        message:
          word.text.indexOf('=', equals + 1) === -1
            ? 'an argument that begins with cfg: must be section.key=value'
            : 'an argument that begins with cfg: has a second "="',
        consequence: 'Grafana does not start',
        help: 'set the option in grafana.ini or with a variable',
      });
      continue;
    }
    const section = name.slice(0, dot);
    const key = name.slice(dot + 1);
    const from = 'cfg:'.length;
    const piece = (start: number, end: number) => ({ span, characters: word.places.slice(start, end) });
    const filled = filledIn(sliceTraced(word, equals + 1), known);
    text
      .add('[')
      .add(section, piece(from, from + dot))
      .add(']\n')
      .add(key, piece(from + dot + 1, equals))
      .add(' = ')
      .add(filled.text, { span, ...filled.piece })
      .add('\n');
    set.set(envName(section, key), span);
  }
}

/** systemd fills in `${NAME}` from the environment of the unit; `$$` is one dollar. */
function filledIn(
  value: Traced,
  known: ReadonlyMap<string, string>,
): { readonly text: string; readonly piece: { characters?: Traced['places']; unknown?: boolean } } {
  if (!value.text.includes('$')) return { text: value.text, piece: { characters: value.places } };
  let unknown = false;
  const text = value.text.replace(/\$\$|\$\{(\w+)\}/g, (written, name?: string) => {
    if (name === undefined) return '$';
    const found = known.get(name);
    if (found === undefined) unknown = true;
    return found ?? unknownValue(written.slice(2, -1));
  });
  return { text, piece: unknown ? { unknown } : {} };
}
