/**
 * Files of environment variables, as `docker run --env-file` reads them: one `NAME=value` a line, everything behind the first `=`
 * is the value, quotes and `#` included; lines that begin with `#` are comments; a bare `NAME` takes the variable over.
 * Source: documentation of docker run, "Set environment variables".
 */
import type { SourceFile } from '../text/source.js';

export interface EnvFile {
  readonly variables: Readonly<Record<string, string>>;
  /** Lines Docker refuses, with the reason. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

/** @param inherited where bare names are looked up */
export function parseEnvFile(
  source: SourceFile,
  inherited: Readonly<Record<string, string | undefined>> = {},
): EnvFile {
  const variables: Record<string, string> = Object.create(null);
  const problems: { line: number; message: string }[] = [];
  source.text
    .replace(/^\ufeff/, '')
    .split('\n')
    .forEach((raw, at) => {
      const line = raw.replace(/\r$/, '').trimStart();
      if (line === '' || line.startsWith('#')) return;
      const equals = line.indexOf('=');
      const name = equals === -1 ? line : line.slice(0, equals);
      if (name === '') problems.push({ line: at + 1, message: 'there is no name before "="' });
      else if (/\s/.test(name)) problems.push({ line: at + 1, message: `the name "${name}" contains a blank` });
      else if (equals !== -1) variables[name] = line.slice(equals + 1);
      else if (inherited[name] !== undefined) variables[name] = inherited[name];
    });
  return { variables, problems };
}
