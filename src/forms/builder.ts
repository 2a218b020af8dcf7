/** Collects what a file becomes. */
import type { Piece, PlacedText } from '../document/placed-ini.js';
import type { IniDocument } from '../document/types.js';
import type { PlacedVariable } from '../document/variable.js';
import { LineMap, type SourceFile, type Span } from '../text/source.js';
import type { FormId, FormNote, FormReading } from './types.js';

export interface NewVariable {
  readonly name: string;
  readonly value: string;
  readonly nameSpan: Span;
  /** Where the value is written, character for character of `value`; the name's place where there is none. */
  readonly piece?: Piece;
  readonly unknown?: boolean;
}

export class FormBuilder {
  readonly lines: LineMap;
  readonly notes: FormNote[] = [];
  readonly documents: IniDocument[] = [];
  readonly variables: PlacedVariable[] = [];
  readonly #spans = new WeakMap<PlacedVariable, { readonly name: Span; readonly value: Span }>();
  /** Names of the Grafanas in the file; this one first. */
  instances: readonly string[] = [];
  /** Objects whose variables Grafana also gets and that are not in the file. */
  readonly unread: string[] = [];
  /** Grafana runs in a container: files that settings name are not those of this machine. */
  container = false;

  constructor(
    readonly file: SourceFile,
    readonly form: FormId,
  ) {
    this.lines = new LineMap(file.text);
  }

  note(note: FormNote): void {
    this.notes.push(note);
  }

  document(text: PlacedText): void {
    if (text.text !== '') this.documents.push(text.document(this.file, this.lines));
  }

  /** A later variable of the same name takes the place of an earlier one. */
  variable(variable: NewVariable): void {
    this.variables.push(this.placed(variable));
  }

  placed({ name, value, nameSpan, piece, unknown }: NewVariable): PlacedVariable {
    const { lines } = this;
    const nameRange = lines.range(nameSpan);
    const valueSpan = piece && piece.span.end > piece.span.start ? piece.span : nameSpan;
    const placed: PlacedVariable = {
      name,
      value,
      path: this.file.path,
      nameRange,
      valueRange: lines.range(valueSpan),
      ...(unknown || piece?.unknown ? { unknown: true } : {}),
      within(at, length) {
        const characters = piece?.characters;
        const first = characters?.[at];
        const last = characters?.[at + Math.max(length, 1) - 1];
        return first && last && last.end > first.start ? lines.range({ start: first.start, end: last.end }) : undefined;
      },
    };
    this.#spans.set(placed, { name: nameSpan, value: valueSpan });
    return placed;
  }

  /** Where the value of a variable of this builder is written, or its name. */
  spanOf(variable: PlacedVariable, part: 'name' | 'value' = 'value'): Span {
    return this.#spans.get(variable)?.[part] ?? { start: 0, end: 0 };
  }

  reading(): FormReading {
    const { form, file, lines, documents, variables, notes, container, instances, unread } = this;
    return {
      form,
      file,
      lines,
      documents,
      variables,
      notes,
      ...(container ? { container } : {}),
      ...(unread.length > 0 ? { unread } : {}),
      ...(instances.length > 1 ? { instances } : {}),
    };
  }
}
