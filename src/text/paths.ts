/** Paths as text, with `/` between their parts; where a path or its folder has a drive letter, `\` separates them too. */

/** A path without `.`, `..` and empty parts, as far as that can be told; `.` for nothing. */
export function normalPath(path: string): string {
  const plain = withSlashes(path);
  const root = rootOf(plain);
  const parts: string[] = [];
  for (const part of plain.slice(root.length).split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..' || parts.length === 0 || parts.at(-1) === '..') {
      if (part !== '..' || root === '') parts.push(part);
    } else parts.pop();
  }
  return root + parts.join('/') || '.';
}

export function isAbsolutePath(path: string): boolean {
  return rootOf(withSlashes(path)) !== '';
}

/** A path as seen from a folder; what is absolute stays as it is. */
export function joinPath(folder: string, path: string): string {
  const known = isWindows(folder) ? path.replaceAll('\\', '/') : path;
  return isAbsolutePath(known) ? normalPath(known) : normalPath(`${folder}/${known}`);
}

/** The folder of a file; `.` where the path has none. */
export function folderOf(path: string): string {
  const plain = withSlashes(path);
  const at = plain.lastIndexOf('/');
  if (at === -1) return '.';
  return at < rootOf(plain).length ? rootOf(plain) : plain.slice(0, at);
}

/** How a path is written from a folder (an absolute one); the path itself where the two have no root in common. */
export function relativePath(from: string, path: string): string {
  const [base, target] = [normalPath(from), joinPath(from, path)];
  const root = rootOf(base);
  if (root === '' || rootOf(target) !== root) return target;
  const [down, up] = [target.slice(root.length).split('/'), base.slice(root.length).split('/').filter(Boolean)];
  let common = 0;
  while (common < up.length && up[common] === down[common]) common++;
  return [...up.slice(common).map(() => '..'), ...down.slice(common)].join('/') || '.';
}

function isWindows(path: string): boolean {
  return /^[A-Za-z]:[\\/]|^\\\\/.test(path);
}

function withSlashes(path: string): string {
  return isWindows(path) ? path.replaceAll('\\', '/') : path;
}

function rootOf(path: string): string {
  return /^(?:[A-Za-z]:)?\/+/.exec(path)?.[0].replace(/\/+$/, '/') ?? '';
}
