/** Files that a form names. */
import type { FormFacts } from './types.js';

/** The text of a file; `null` where there is none, undefined where files cannot be asked for. */
export async function readTextFile(facts: FormFacts, path: string): Promise<string | null | undefined> {
  if (!facts.readFile) return undefined;
  try {
    const content = await facts.readFile(path);
    return typeof content === 'string' ? content : new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
  } catch {
    return null;
  }
}

/** A path that stands in a file, as seen from the current folder. */
export function besideFile(file: string, path: string): string {
  if (/^(?:[\\/]|[A-Za-z]:[\\/])/.test(path)) return path;
  const folder = /^.*[\\/]/.exec(file)?.[0] ?? '';
  let rest = path;
  while (rest.startsWith('./')) rest = rest.slice(2);
  return folder + rest;
}
