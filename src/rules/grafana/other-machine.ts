/**
 * Configurations are often checked on another machine than the one Grafana runs on, where the files they name do not exist.
 */
import type { ReadFile } from './subject.js';

/**
 * Whether a file belongs to another machine, as far as one can tell: the folder it would lie in does not exist here either.
 * Where the folder is here, or says anything else than "not found", the file is missed in earnest.
 */
export async function isElsewhere(readFile: ReadFile, path: string): Promise<boolean> {
  const folder = /^(.+)[\\/][^\\/]+$/.exec(path)?.[1];
  return folder !== undefined && (await isAbsent(readFile, path)) && (await isAbsent(readFile, folder));
}

async function isAbsent(readFile: ReadFile, path: string): Promise<boolean> {
  try {
    await readFile(path);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT';
  }
}
