/** Where findings stand, as programs read it: a path and a range for each, even for what belongs to no file. */
import type { Finding } from '../../rules/rule.js';
import type { Range } from '../../text/source.js';
import { oneLine } from './compact.js';
import type { CheckedFile, CheckedFiles } from './format.js';

export interface PlacedFinding {
  readonly finding: Finding;
  /** The checked file it stands in; undefined for variables and for files that were not given. */
  readonly file: CheckedFile | undefined;
  /**
   * Path of the file it is shown at. A variable that stands in no file is shown at the first file of its check, since most programs
   * refuse or lose what has no file; undefined where there is no file at all.
   */
  readonly path: string | undefined;
}

/** The findings of a check, file by file, those that belong to no file last. */
export function* placed({ files, environment }: CheckedFiles): Generator<PlacedFinding> {
  for (const file of files) for (const finding of file.findings) yield { finding, file, path: file.path };
  for (const finding of environment) yield { finding, file: undefined, path: finding.path ?? files[0]?.path };
}

/** The beginning of a file, for what concerns it as a whole. */
const BEGINNING: Range = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };

/** Its range, where it is a range of the file it is shown at; else the beginning. */
export function rangeOf({ finding, file }: PlacedFinding): Range {
  const isOfFile = file !== undefined || finding.path !== undefined;
  return (isOfFile ? finding.range : undefined) ?? BEGINNING;
}

/** A path with `/`, without `./` in front. */
export function slashed(path: string, windows: boolean): string {
  const plain = windows ? path.replaceAll('\\', '/') : path;
  return plain.replace(/^(?:\.\/+)+(?=[^/])/, '');
}

/** What to tell of a finding below its message, as label and text. */
export function details({
  consequence,
  failOpen,
  failShut,
  help,
  suggestions,
}: Finding): (readonly [label: string, text: string])[] {
  const result: (readonly [string, string])[] = [];
  if (consequence) result.push(['Effect', oneLine(consequence)]);
  if (failOpen) result.push(['Opens', 'a gate meant to keep people out lets them in']);
  if (failShut) result.push(['Shuts', 'nobody can log in this way']);
  if (help) result.push(['Try', oneLine(help)]);
  else if (suggestions && suggestions.length > 0)
    result.push(['Try', oneLine(suggestions.map((name) => `"${name}"`).join(' or '))]);
  return result;
}

/** The whole finding in a few lines of plain text. */
export function asText(finding: Finding): string {
  return [oneLine(finding.message), ...details(finding).map(([label, text]) => `${label}: ${text}`)].join('\n');
}
