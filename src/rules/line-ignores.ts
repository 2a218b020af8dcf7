/**
 * Comments that switch rules off in files where a comment is a line of its own beginning with `#` or `//` (YAML, environment
 * files): `# auth-cli-ignore RULE`, several rules between commas or blanks, without a rule all of them. They hold for the next
 * line that is neither blank nor a comment.
 */
import type { SourceFile } from '../text/source.js';
import type { Finding } from './rule.js';

const DIRECTIVE = /^(?:#+|\/\/)\s*auth-cli-ignore(?:\s*:)?(?:\s+(.*))?$/;

/** Whether a comment of its file switches a finding off; undefined where no file has such a comment. */
export function lineIgnores(files: readonly SourceFile[]): ((finding: Finding) => boolean) | undefined {
  const byPath = new Map<string, Map<number, ReadonlySet<string>>>();
  for (const { path, text } of files) {
    if (!text.includes('auth-cli-ignore')) continue;
    const targets = new Map<number, ReadonlySet<string>>();
    let pending: string[] | undefined;
    text.split('\n').forEach((raw, index) => {
      const line = raw.trim();
      const match = DIRECTIVE.exec(line);
      if (match) pending = [...(pending ?? []), ...(match[1] ?? '*').split(/[\s,]+/).filter((word) => word !== '')];
      else if (line !== '' && !line.startsWith('#') && !line.startsWith('//') && pending) {
        targets.set(index + 1, new Set(pending));
        pending = undefined;
      }
    });
    byPath.set(path, targets);
  }
  if (byPath.size === 0) return undefined;
  return ({ path, range, rule }) => {
    const rules = path === undefined || !range ? undefined : byPath.get(path)?.get(range.start.line);
    return rules !== undefined && (rules.has('*') || rules.has(rule));
  };
}
