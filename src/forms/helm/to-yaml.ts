/** Values as Go's YAML writer puts them, for charts that passed every value through `toYaml`. */
import { byBytes, scalarText } from '../go-values.js';
import type { Value } from '../values.js';
import { resolvePlain } from '../yaml-types.js';

/** Lines are folded at the first blank behind this column. */
const WIDTH = 80;

export function asYaml(value: Value, indent = ''): string {
  if (value.kind === 'list')
    return value.items.length === 0
      ? '[]'
      : value.items.map((item) => `- ${asYaml(item, `${indent}  `)}`).join(`\n${indent}`);
  if (value.kind === 'map')
    return value.fields.length === 0
      ? '{}'
      : [...value.fields]
          .sort((a, b) => byBytes(a.key, b.key))
          .map(({ key, value: inner }) =>
            inner.kind === 'scalar'
              ? `${key}: ${asYaml(inner)}`
              : `${key}:\n${indent}  ${asYaml(inner, `${indent}  `)}`,
          )
          .join(`\n${indent}`);
  const text = scalarText(value);
  if (text === undefined) return 'null';
  return value.value.type === 'string' ? textAsYaml(text) : text;
}

function textAsYaml(text: string): string {
  if (text.includes('\n')) return `|-\n${text.replace(/\n$/, '').replace(/^/gm, '  ')}`;
  if (resolvePlain(text, 'go-yaml-v2').type !== 'string') return JSON.stringify(text);
  return fold(isPlain(text) ? text : `'${text.replaceAll("'", "''")}'`);
}

function isPlain(text: string): boolean {
  return (
    /^(?:[^\s"'#%&*!|>@`,[\]{}?:-]|[-?:](?=\S))/.test(text) &&
    !/: |:$| #|^\s|\s$/.test(text) &&
    !/^(?:---|\.\.\.)/.test(text)
  );
}

function fold(text: string): string {
  let column = 0;
  let folded = '';
  for (let at = 0; at < text.length; at++) {
    const isBreak =
      text[at] === ' ' && column > WIDTH && text[at - 1] !== ' ' && text[at + 1] !== ' ' && at + 1 < text.length;
    folded += isBreak ? '\n  ' : text[at];
    column = isBreak ? 2 : column + 1;
  }
  return folded;
}
