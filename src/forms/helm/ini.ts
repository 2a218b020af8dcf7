/** `grafana.ini` of the chart's values as the INI text of the ConfigMap. Source: forms, "Rendering rules". */
import { parseAllDocuments } from 'yaml';
import { type Piece, PlacedText } from '../../document/placed-ini.js';
import { knownSections, PROVIDER_SECTIONS } from '../../settings/catalog.js';
import { byBytes, jsonText, printed, scalarText, toJson } from '../go-values.js';
import { noteList, noteScalar, type Target } from '../value-notes.js';
import { type Field, isNull, keyPiece, type ListValue, type MapValue, type Value } from '../values.js';
import { type HelmContext, type TextWithPlace, templatedScalar } from './context.js';
import { asYaml } from './to-yaml.js';

/** The section go-ini has for keys before any header. */
const TOP = 'DEFAULT';

interface Line {
  readonly field: Field;
  readonly section: string;
  readonly parts: readonly TextWithPlace[];
}

interface Section {
  readonly field: Field | undefined;
  readonly lines: readonly Line[];
}

/** Reads the map; adds the document and notes to the builder. */
export function readGrafanaIni(context: HelmContext, field: Field): void {
  const { builder, chart } = context;
  const { value } = field;
  if (value.kind !== 'map') {
    builder.note({
      kind: isNull(value) ? 'form-null' : 'form-type',
      span: isNull(value) ? field.keySpan : value.span,
      severity: 'error',
      stops: 'render',
      message: isNull(value)
        ? 'grafana.ini is null, which deletes the settings the chart needs itself'
        : 'grafana.ini is no map of sections',
      consequence: 'helm gives up: the templates of the chart look for paths in it',
      help: 'write the sections below it, or remove the key',
    });
    return;
  }
  for (const name of ['paths', 'unified_storage']) noteNeededSection(context, value, name);
  noteDuplicates(context, value, 'grafana.ini');
  const sorted = [...value.fields].sort((a, b) => byBytes(a.key, b.key));
  const top = sorted.filter((one) => one.value.kind !== 'map');
  const sections: Section[] = [
    { field: undefined, lines: top.map((one) => readLine(context, TOP, one)) },
    ...sorted.flatMap((one) => (one.value.kind === 'map' ? [readSection(context, one, one.value)] : [])),
  ];
  for (const one of top) noteTopLevel(context, one);
  builder.document(write(sections, survival(context, sections)));
  if (chart.printing === 'yaml') noteExtraQuotes(context, sections);
}

function readSection(context: HelmContext, field: Field, value: MapValue): Section {
  noteDuplicates(context, value, `[${field.key}]`);
  const sorted = [...value.fields].sort((a, b) => byBytes(a.key, b.key));
  return { field, lines: sorted.map((one) => readLine(context, field.key, one)) };
}

function readLine(context: HelmContext, section: string, field: Field): Line {
  const { value } = field;
  const target: Target = { section, key: field.key, name: field.key };
  return { field, section, parts: readValue(context, target, field, value) };
}

function readValue(context: HelmContext, target: Target, field: Field, value: Value): TextWithPlace[] {
  const { builder, chart } = context;
  if (value.kind === 'map') {
    const odd = value.fields.find((one) => one.isOddKey);
    if (odd) noteOddKey(context, target, odd);
    else noteNested(context, target, field);
    return [{ text: chart.printing === 'yaml' ? asYaml(value) : printed(value), piece: { span: value.span } }];
  }
  if (value.kind === 'list') {
    if (chart.printing === 'yaml') noteList(builder, target, value, 'go');
    else noteList(builder, target, value, chart.lists);
    if (chart.printing === 'yaml') return [{ text: asYaml(value), piece: { span: value.span } }];
    return chart.lists === 'json' ? jsonParts(value) : [{ text: printed(value), piece: { span: value.span } }];
  }
  const text = scalarText(value);
  if (text === undefined) return [];
  noteScalar(builder, target, value, text);
  if (chart.printing === 'plain') return [{ text, piece: value.piece }];
  const shown = `${target.key} of ${target.section === TOP ? 'the top level' : `[${target.section}]`}`;
  const setting = { section: target.section, option: target.key };
  if (chart.printing === 'template') return [templatedScalar(context, value, text, shown, setting)];
  const asWritten = asYaml(value);
  if (asWritten === text) return [templatedScalar(context, value, text, shown, setting)];
  return [{ text: asWritten, piece: { span: value.span } }];
}

/** `["a","b"]` with a place for every item. */
function jsonParts(list: ListValue): TextWithPlace[] {
  const { start, end } = list.span;
  const bracket = (text: string, at: number): TextWithPlace => ({
    text,
    piece: { span: list.span, characters: [{ start: at, end: at + 1 }] },
  });
  return [
    bracket('[', start),
    ...list.items.flatMap((item, index): TextWithPlace[] => [
      ...(index === 0 ? [] : [{ text: ',', piece: { span: list.span } }]),
      { text: toJson(item), piece: itemPiece(item) },
    ]),
    bracket(']', Math.max(end - 1, start)),
  ];
}

function itemPiece(item: Value): Piece {
  if (item.kind !== 'scalar' || item.value.type !== 'string') return { span: item.span };
  const { text, piece } = item;
  const json = jsonText(text);
  return {
    span: item.span,
    get characters() {
      return json.length === text.length + 2 && piece.characters
        ? [undefined, ...piece.characters, undefined]
        : undefined;
    },
    rewrite(changed) {
      try {
        const parsed: unknown = JSON.parse(changed);
        return typeof parsed === 'string' ? piece.rewrite?.(parsed) : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

// ── Notes ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function noteNeededSection({ builder, chart }: HelmContext, ini: MapValue, name: string): void {
  const field = ini.field(name);
  if (!field || field.value.kind === 'map') return;
  // Only the newest chart is known to look into this one.
  if (name !== 'paths' && chart.version !== undefined) return;
  builder.note({
    kind: isNull(field.value) ? 'form-null' : 'form-type',
    span: field.keySpan,
    section: name,
    severity: 'error',
    stops: 'render',
    message: `${name} is ${isNull(field.value) ? 'null, which deletes what the chart sets in it' : 'no map'}`,
    consequence: `helm gives up: the templates of the chart look into ${name}`,
    help: 'remove the key',
  });
}

function noteTopLevel({ builder, chart }: HelmContext, field: Field): void {
  const { key, value } = field;
  if (!chart.topLevel) {
    builder.note({
      kind: 'form-refused',
      span: value.span.end > value.span.start ? value.span : field.keySpan,
      severity: 'error',
      stops: 'render',
      message: `${key} stands beside the sections, which the chart knows from 6.29.7 on`,
      consequence: 'helm gives up: the template walks through a text as if it were a section',
      help: 'upgrade the chart, or set it by a variable',
    });
    return;
  }
  const looksLikeSection = knownSections().has(key) || /^auth[._]/.test(key);
  if (!looksLikeSection) return;
  builder.note({
    kind: isNull(value) ? 'form-null' : 'form-type',
    span: field.keySpan,
    section: key,
    severity: 'warning',
    message: isNull(value) ? `the section ${key} has nothing below it` : `the section ${key} is no map`,
    consequence: `the chart writes "${key} =" before the first section, where it means nothing`,
    help: 'write the options below it, one indentation deeper',
  });
}

function noteNested({ builder }: HelmContext, { section, key }: Target, field: Field): void {
  const provider = (PROVIDER_SECTIONS as readonly string[]).includes(`${section}.${key}`);
  builder.note({
    kind: 'form-nested-section',
    span: field.keySpan,
    section,
    option: key,
    severity: 'error',
    ...(provider ? { failShut: true } : {}),
    message: `${key} is a map inside the section ${section}`,
    consequence: `the chart writes one line "${key} = map[…]" into [${section}], and none of the options in it is read`,
    help: `write the section's whole name as one key: "${section}.${key}:", beside ${section}`,
  });
}

/** An unquoted `{{ … }}` is a map whose key is a map. */
function noteOddKey({ builder }: HelmContext, { section, key }: Target, field: Field): void {
  builder.note({
    kind: 'form-refused',
    span: field.keySpan,
    section,
    option: key,
    severity: 'error',
    stops: 'values',
    message: 'a key of this map is itself a map: YAML takes braces without quotes for maps',
    consequence: 'helm cannot read the values file',
    help: 'put the text in quotes: "{{ … }}"',
  });
}

export function noteDuplicates({ builder }: Pick<HelmContext, 'builder'>, map: MapValue, where: string): void {
  for (const field of map.fields)
    for (const lost of field.shadowed)
      builder.note({
        kind: 'form-duplicate',
        span: lost.keySpan,
        severity: 'warning',
        ...(where.startsWith('[') ? { section: where.slice(1, -1), option: field.key } : {}),
        message: `${field.key} is given again in ${where}, on line ${builder.lines.position(field.keySpan.start).line}`,
        consequence: 'the last one counts, and nothing is said about this one',
        help: 'delete one of them',
      });
}

function noteExtraQuotes({ builder }: HelmContext, sections: readonly Section[]): void {
  for (const { lines } of sections)
    for (const { field, section, parts } of lines) {
      const { value } = field;
      if (value.kind !== 'scalar' || value.value.type !== 'string' || parts.length !== 1) continue;
      const text = parts[0]!.text;
      if (text === value.text || !/^'.*'$/s.test(text)) continue;
      builder.note({
        kind: 'form-quotes',
        span: value.span,
        section,
        option: field.key,
        severity: 'warning',
        message: `${field.key} is written in another pair of quotes by this version of the chart`,
        consequence: 'quotes inside the text are doubled, and where it ends in a quote the outer pair stays',
        help: 'upgrade the chart to 6.7.5 or newer',
      });
    }
}

// ── Lines that break out of the ConfigMap ───────────────────────────────────────────────────────────────────────────

/** What the ConfigMap leaves of the text. */
interface Survival {
  /** Helm cannot read the ConfigMap at all. */
  readonly refused: boolean;
  /** Lines of the text that are still in it. */
  readonly lines: number;
}

const ALL: Survival = { refused: false, lines: Number.POSITIVE_INFINITY };

/** A value of several lines may end the block of YAML that the text is written in. */
function survival(context: HelmContext, sections: readonly Section[]): Survival {
  const broken = sections.flatMap(({ lines }) => lines).filter(({ parts }) => hasSecondLine(textOf(parts)));
  if (broken.length === 0) return ALL;
  const ini = parseConfigMap(configMap(sections));
  const left: Survival = ini === undefined ? { ...ALL, refused: true } : { refused: false, lines: lineCount(ini) };
  let at = 0;
  for (const { field, lines } of sections) {
    if (field) at++;
    for (const line of lines) {
      const own = lineCount(`${textOf(line.parts)}\n`);
      if (broken.includes(line)) noteMultiLine(context, line, left.refused, at, at + own, left.lines);
      at += own;
    }
  }
  return left;
}

function textOf(parts: readonly TextWithPlace[]): string {
  return parts.map((part) => part.text).join('');
}

function hasSecondLine(text: string): boolean {
  return text.replace(/\n+$/, '').includes('\n');
}

function lineCount(text: string): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
}

/** As the chart's template puts it: a block in a map, four blanks deep; later lines of a value start where they start. */
function configMap(sections: readonly Section[]): string {
  let text = 'apiVersion: v1\nkind: ConfigMap\ndata:\n  grafana.ini: |\n';
  for (const { field, lines } of sections) {
    if (field) text += `    [${field.key}]\n`;
    for (const { field: one, parts } of lines) text += `    ${one.key} = ${textOf(parts)}\n`;
  }
  return text;
}

/** The INI text in a ConfigMap; undefined where the text is no YAML. */
function parseConfigMap(text: string): string | undefined {
  const documents = parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
  if (!Array.isArray(documents) || documents.length !== 1) return undefined;
  const [document] = documents;
  if (!document || document.errors.length > 0) return undefined;
  const ini: unknown = document.getIn(['data', 'grafana.ini']);
  return typeof ini === 'string' ? ini : undefined;
}

/** The text as Grafana gets it. Where helm gives up, lines are joined, so that the rest can be judged as it is meant. */
function write(sections: readonly Section[], { refused, lines: limit }: Survival): PlacedText {
  const made = new PlacedText();
  let at = 0;
  for (const { field, lines } of sections) {
    if (at >= limit) break;
    if (field) {
      made.add('[').add(field.key, keyPiece(field)).add(']\n');
      at++;
    }
    for (const { field: one, parts } of lines) {
      if (at >= limit) break;
      made.add(one.key, keyPiece(one)).add(' = ');
      for (const { text, piece } of parts) {
        if (!hasSecondLine(text)) made.add(text, piece);
        else if (refused) made.add(text.replace(/\s*\n\s*/g, ' ').trim(), { span: piece.span });
        else
          made.add(
            text
              .split('\n')
              .slice(0, limit - at)
              .map(dedented)
              .join('\n'),
            { span: piece.span },
          );
      }
      made.add('\n');
      at += lineCount(`${textOf(parts)}\n`);
    }
  }
  return made;
}

/** Later lines that are deep enough to stay in the block lose the block's indentation. */
function dedented(line: string, index: number): string {
  return index === 0 ? line : line.replace(/^ {1,4}/, '');
}

/** `from` to `to` are the lines of the text that the value takes, `left` those that are still there. */
function noteMultiLine(
  { builder }: HelmContext,
  { field, section }: Line,
  refused: boolean,
  from: number,
  to: number,
  left: number,
): void {
  const { value } = field;
  const isBlock = value.kind === 'scalar' && (value.style === 'literal' || value.style === 'folded');
  const endsBlock = from < left && left < to;
  const consequence = refused
    ? 'its second line stands outside that block: helm gives up with an error of YAML about the ConfigMap'
    : endsBlock
      ? 'its second line ends that block, and all lines of the configuration behind it are lost, without a word'
      : left <= from
        ? 'an earlier value ends that block, so this one never reaches Grafana'
        : 'its later lines become lines of the configuration of their own';
  builder.note({
    kind: 'form-multi-line',
    span: value.span,
    section,
    option: field.key,
    severity: 'error',
    ...(refused ? { stops: 'configmap-yaml' } : {}),
    message: `${field.key} of [${section}] has several lines, and the chart puts them into a block of YAML as they are`,
    consequence,
    help: isBlock
      ? 'write it with >- and without empty or deeper indented lines, which makes one line of it'
      : 'write it on one line',
  });
}
