/**
 * Environment files as `docker run --env-file` reads them, and Compose with `format: raw`: nothing in a line is interpreted.
 * Source: forms §5.4, golden case of the command.
 */
import { unknownValue } from '../document/variable.js';
import type { EnvText, EnvVariable } from './env-variable.js';
import { isSecretVariable, optionFacts } from './env-variable.js';
import { tracedAt, tracedFrom } from './traced.js';
import type { FormNote } from './types.js';

type Shell = Readonly<Record<string, string | undefined>> | undefined;

/**
 * Reads a text; never throws.
 * @param tool what gives up over a bad name (`docker`, `compose`)
 */
export function readDockerEnv(text: string, shell: Shell, tool = 'docker'): EnvText {
  const variables: EnvVariable[] = [];
  const notes: FormNote[] = [];
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (start < text.length) {
    const feed = text.indexOf('\n', start);
    const end = feed === -1 ? text.length : feed;
    readLine(start, end > start && text[end - 1] === '\r' ? end - 1 : end);
    start = end + 1;
  }
  return { variables, notes };

  function readLine(lineStart: number, end: number): void {
    let from = lineStart;
    while (from < end && /\s/.test(text[from]!)) from++;
    if (from === end || text[from] === '#') return;
    const equals = text.slice(from, end).indexOf('=');
    const nameEnd = equals === -1 ? end : from + equals;
    const name = text.slice(from, nameEnd);
    const nameSpan = { start: from, end: nameEnd };
    if (name === '' || /\s/.test(name)) {
      notes.push({
        kind: 'form-refused',
        span: name === '' ? { start: from, end } : nameSpan,
        severity: 'error',
        message: name === '' ? 'there is no name in front of the "="' : 'there is a blank in the name of a variable',
        consequence: `${tool === 'docker' ? 'docker run' : 'Compose'} refuses the file`,
        help: 'write NAME=value, without "export" and without blanks around the "="',
        stops: tool,
      });
      return;
    }
    if (equals === -1) {
      const found = shell ? shell[name] : unknownValue(`the shell: ${name}`);
      if (found !== undefined)
        variables.push({
          name,
          value: tracedFrom(found, undefined),
          nameSpan,
          valueSpan: { start: end, end },
          quote: 'none',
        });
      return;
    }
    const valueSpan = { start: nameEnd + 1, end };
    const value = tracedAt(text, valueSpan.start, end);
    variables.push({ name, value, nameSpan, valueSpan, quote: 'none' });
    const comment = /[ \t]#/.exec(value.text);
    if (comment && name.startsWith('GF_'))
      notes.push({
        kind: 'form-quotes',
        span: { start: valueSpan.start + comment.index + 1, end },
        ...optionFacts(name),
        severity: isSecretVariable(name) ? 'info' : 'warning',
        message: `what looks like a comment behind the value of ${name} is part of it`,
        consequence: 'docker run takes the line as it stands',
        help: 'put the comment on a line of its own',
      });
  }
}
