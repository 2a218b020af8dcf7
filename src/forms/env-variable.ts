/** Lines of environment files, whichever program reads them, and what can be said of their variables in any of them. */
import type { PlacedVariable } from '../document/variable.js';
import { optionOfVariable } from '../settings/env-option.js';
import type { LineMap, Span } from '../text/source.js';
import type { Interpolated } from './interpolate.js';
import { placedVariable, spanWithin, type Traced } from './traced.js';
import type { FormNote } from './types.js';

/** One assignment. */
export interface EnvVariable {
  readonly name: string;
  readonly value: Traced;
  readonly nameSpan: Span;
  /** With its quotes; empty behind `=` where nothing is written. */
  readonly valueSpan: Span;
  readonly quote: 'none' | 'single' | 'double';
}

export interface EnvText {
  readonly variables: readonly EnvVariable[];
  readonly notes: readonly FormNote[];
}

/** A variable with the file it is written in. */
export interface FileVariable extends EnvVariable {
  readonly path: string;
  readonly lines: LineMap;
}

export function inFile(variables: readonly EnvVariable[], path: string, lines: LineMap): readonly FileVariable[] {
  return variables.map((variable) => ({ ...variable, path, lines }));
}

export function placeVariables(variables: readonly FileVariable[]): readonly PlacedVariable[] {
  return variables.map(({ name, value, nameSpan, valueSpan, path, lines }) =>
    placedVariable(name, value, { path, lines, name: nameSpan, value: valueSpan }),
  );
}

/** Section and option a variable sets, for notes about it. */
export function optionFacts(name: string): { readonly section?: string; readonly option?: string } {
  const option = optionOfVariable(name);
  return option ? { section: option.section, option: option.key } : {};
}

export function isSecretVariable(name: string): boolean {
  return optionOfVariable(name)?.secret ?? /SECRET|PASSWORD|TOKEN|PRIVATE|_KEY$/i.test(name);
}

/** What the filling in of variables does to a value, where that is hardly meant. */
export function* interpolationNotes(
  name: string,
  written: Traced,
  { taken }: Interpolated,
  span: Span,
): Generator<FormNote> {
  for (const { name: taking, bare, at, length, outcome } of taken) {
    const place = spanWithin(written, at, length) ?? span;
    const facts = { kind: 'form-swallowed-variable' as const, span: place, ...optionFacts(name) };
    if (bare && /^__(?:file|env|vault)$/.test(taking) && written.text[at + length] === '{') {
      const dollar = spanWithin(written, at, 1);
      const close = written.text.indexOf('}', at);
      yield {
        ...facts,
        span: close === -1 ? place : (spanWithin(written, at, close + 1 - at) ?? place),
        severity: 'error',
        root: true,
        message: `Compose takes $${taking} for a variable of its own, which is empty`,
        consequence: `Grafana gets the braces and what is in them as the value of ${name}`,
        help: `write $$${taking}{…}`,
        ...(dollar && dollar.end - dollar.start === 1
          ? {
              fix: {
                description: 'write the dollar twice',
                edits: [{ span: { start: dollar.start, end: dollar.start }, newText: '$' }],
              },
            }
          : {}),
      };
      continue;
    }
    const whole = at === 0 && length === written.text.length;
    if (outcome === 'unset' || (outcome === 'undefined' && bare && !whole && isSecretVariable(name))) {
      const word = isSecretVariable(name) && bare && !whole ? 'what follows a $' : `$${taking}`;
      yield {
        ...facts,
        severity: 'warning',
        message: `${word} in ${name} is taken for a variable${outcome === 'unset' ? ' that is not set' : ''}`,
        consequence:
          outcome === 'unset'
            ? 'it becomes empty, with no more than a warning of Compose'
            : 'it is lost where that variable is not set',
        help: whole ? `set ${taking} in the shell or in .env` : 'write $$ for a dollar that belongs to the value',
      };
    }
  }
}
