/** Fixes as reports show them: no more than what changes, and never a secret. */
import type { Fix, TextEdit } from '../../rules/rule.js';
import { secretValues } from '../../text/redact.js';
import { LineMap, type Span } from '../../text/source.js';
import type { CheckedFile } from './format.js';

/**
 * Shows the fixes of one file: edits are narrowed to what they insert and remove, so that a value that is only put in quotes is not
 * repeated. An edit that would still spell out a secret of the file is left out, and with it all the others: `withheld`.
 */
export class FixView {
  readonly #text: string;
  #lines: LineMap | undefined;
  #secrets: readonly string[] | undefined;

  constructor(file: CheckedFile) {
    this.#text = file.text;
  }

  show(fix: Fix): Fix & { readonly withheld?: true } {
    this.#lines ??= new LineMap(this.#text);
    this.#secrets ??= secretValues(this.#text);
    const edits = fix.edits.flatMap((edit) => narrow(edit, this.#text, this.#lines!));
    const tells = edits.some(({ newText }) => this.#secrets!.some((secret) => newText.includes(secret)));
    return tells ? { ...fix, edits: [], withheld: true } : { ...fix, edits };
  }
}

function narrow(edit: TextEdit, text: string, lines: LineMap): readonly TextEdit[] {
  const offset = ({ line, column }: { line: number; column: number }) => lines.lineStart(line) + column - 1;
  const span: Span = { start: offset(edit.range.start), end: offset(edit.range.end) };
  const old = text.slice(span.start, span.end);
  const at = old === '' ? -1 : edit.newText.indexOf(old);
  if (at === -1) return [edit];
  const insert = (where: number, newText: string): TextEdit[] =>
    newText === '' ? [] : [{ range: lines.range({ start: where, end: where }), newText }];
  return [...insert(span.start, edit.newText.slice(0, at)), ...insert(span.end, edit.newText.slice(at + old.length))];
}
