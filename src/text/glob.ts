/**
 * File name patterns, for shells that leave them alone (quoted ones, and Windows): `*`, `?`, `[abc]`, `{a,b}`, and `**` for any depth.
 */

/** Whether a path contains a sign that only patterns need. */
export function isGlob(path: string): boolean {
  return /[*?]|\[.+\]|\{.*,.*\}/.test(path);
}

/** The folder below which a pattern can match, and a test for paths. */
export function compileGlob(pattern: string): { readonly base: string; readonly matches: (path: string) => boolean } {
  const parts = pattern.split('/');
  const fixed = parts.findIndex((part) => isGlob(part) || part === '**');
  const base = parts.slice(0, fixed === -1 ? parts.length - 1 : fixed).join('/');
  const expression = compile(pattern);
  const matches = (path: string) => (expression === undefined ? path === pattern : expression.test(path));
  return { base: base === '' && pattern.startsWith('/') ? '/' : base, matches };
}

/** Undefined for what is no pattern after all, such as `[z-a]` or a brace that is never closed. */
function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^${toExpression(pattern)}$`, 'u');
  } catch {
    return undefined;
  }
}

function toExpression(pattern: string): string {
  let result = '';
  let depth = 0;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]!;
    if (char === '*' && pattern[at + 1] === '*') {
      const wholePart = (at === 0 || pattern[at - 1] === '/') && pattern[at + 2] === '/';
      result += wholePart ? '(?:[^/]+/)*' : '.*';
      at += wholePart ? 2 : 1;
    } else if (char === '*') result += '[^/]*';
    else if (char === '?') result += '[^/]';
    else if (char === '[' && pattern.indexOf(']', at + 2) !== -1) {
      const end = pattern.indexOf(']', at + 2);
      const inside = pattern.slice(at + 1, end).replace(/[\\[\]^]/g, '\\$&');
      result += `[${inside.startsWith('!') ? `^${inside.slice(1)}` : inside}]`;
      at = end;
    } else if (char === '{' && pattern.indexOf('}', at) !== -1) {
      depth++;
      result += '(?:';
    } else if (char === '}' && depth > 0) {
      depth--;
      result += ')';
    } else if (char === ',' && depth > 0) result += '|';
    else result += char.replace(/[\\^$.|?*+()[\]{}/]/g, '\\$&');
  }
  return result;
}
