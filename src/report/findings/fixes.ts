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
  #secrets: Secrets | undefined;

  constructor(file: CheckedFile) {
    this.#text = file.text;
  }

  show(fix: Fix): Fix & { readonly withheld?: true } {
    this.#lines ??= new LineMap(this.#text);
    this.#secrets ??= new Secrets(secretValues(this.#text));
    const edits = fix.edits.flatMap((edit) => narrow(edit, this.#text, this.#lines!));
    const tells = edits.some(({ newText }) => this.#secrets!.standIn(newText));
    return tells ? { ...fix, edits: [], withheld: true } : { ...fix, edits };
  }
}

/** Looks for any of many secrets at once: a file may have thousands of them, and as many fixes. */
class Secrets {
  readonly #byLength = new Map<number, Set<string>>();

  constructor(values: readonly string[]) {
    for (const value of values) {
      const alike = this.#byLength.get(value.length) ?? new Set();
      this.#byLength.set(value.length, alike.add(value));
    }
  }

  standIn(text: string): boolean {
    for (const [length, alike] of this.#byLength)
      for (let at = 0; at + length <= text.length; at++) if (alike.has(text.slice(at, at + length))) return true;
    return false;
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
