/** Applies the fixes of findings to texts, and again to what comes out, until nothing is left to fix. */
import { applyEdits } from '../text/edits.js';
import type { SourceFile } from '../text/source.js';
import type { Finding } from './rule.js';

/** Fixes of the last round can allow others; a text that needs more rounds than these has fixes that contradict each other. */
const MAX_ROUNDS = 10;

export interface FixRun<Result> {
  /** The files with their new texts, in their order; unchanged ones are the same objects. */
  readonly files: readonly SourceFile[];
  /** What `check` says of them. */
  readonly result: Result;
  /** Findings whose fix was applied, by path, in the order in which that happened. */
  readonly fixed: ReadonlyMap<string, readonly Finding[]>;
}

/**
 * Checks files, applies the fixes found, and checks again. Fixes that touch another one wait for the next round.
 * @param check looks at the files as they are in this round
 * @param findingsOf all findings of such a result; those with a `path` that `mayChange` accepts are fixed
 */
export async function fixUntilStable<Result>(
  files: readonly SourceFile[],
  check: (files: readonly SourceFile[]) => Promise<Result>,
  findingsOf: (result: Result) => Iterable<Finding>,
  mayChange: (file: SourceFile) => boolean,
): Promise<FixRun<Result>> {
  const fixed = new Map<string, Finding[]>();
  let current = files;
  let result = await check(current);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const byPath = fixable(findingsOf(result));
    if (byPath.size === 0) break;
    const next = current.map((file) => {
      const findings = mayChange(file) ? byPath.get(file.path) : undefined;
      if (!findings) return file;
      const { text, taken } = applyEdits(
        file.text,
        findings.map(({ fix }) => fix!.edits),
      );
      if (text === file.text) return file;
      fixed.set(file.path, [...(fixed.get(file.path) ?? []), ...findings.filter((_finding, at) => taken[at])]);
      return { ...file, text };
    });
    if (next.every((file, at) => file === current[at])) break;
    current = next;
    result = await check(current);
  }
  return { files: current, result, fixed };
}

function fixable(findings: Iterable<Finding>): Map<string, Finding[]> {
  const byPath = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (!finding.fix || finding.path === undefined) continue;
    const list = byPath.get(finding.path);
    if (list) list.push(finding);
    else byPath.set(finding.path, [finding]);
  }
  return byPath;
}
