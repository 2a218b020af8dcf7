/** `--fix` and `--fix-dry-run`: applies the fixes of findings, or shows them as a patch. */
import { EXIT, type ExitCode, UsageError, worst } from '../../errors.js';
import type { CheckedFiles } from '../../report/findings/format.js';
import { plural } from '../../report/findings/pretty.js';
import { fixUntilStable } from '../../rules/fixing.js';
import type { Finding } from '../../rules/rule.js';
import { joinPath, relativePath } from '../../text/paths.js';
import { hiddenLines } from '../../text/redact.js';
import type { SourceFile } from '../../text/source.js';
import type { CommandContext } from '../command.js';
import { decodeText, unreadable, unwritable } from '../inputs.js';
import { findingsOf } from './check.js';

export type FixMode = 'write' | 'dry-run';

export class Fixer {
  code: ExitCode = EXIT.ok;
  readonly #context: CommandContext;
  readonly #mode: FixMode;
  #zeroContext = false;

  constructor(context: CommandContext, mode: FixMode) {
    this.#context = context;
    this.#mode = mode;
  }

  /**
   * Checks files and fixes the last one, or all of them where `all` is set.
   * @returns what remains; where a file cannot be fixed that is reported, and all of its findings remain
   */
  async fix(
    files: readonly SourceFile[],
    check: (files: readonly SourceFile[]) => Promise<CheckedFiles>,
    { all = false, isStdin = false }: { readonly all?: boolean; readonly isStdin?: boolean } = {},
  ): Promise<CheckedFiles> {
    const last = files.at(-1)!;
    const run = await fixUntilStable(files, check, findingsOf, ({ path }) => all || path === last.path);
    const kept: SourceFile[] = [];
    for (const [at, file] of run.files.entries()) {
      const before = files[at]!;
      try {
        await this.#handOn(before, file, run.fixed.get(file.path) ?? [], isStdin && before === last);
        kept.push(file);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        this.code = worst([this.code, await this.#context.report(error)]);
        kept.push(before);
      }
    }
    return kept.every((file, at) => file === run.files[at]) ? run.result : check(kept);
  }

  /** What is to be said once all files are done. */
  async close(): Promise<void> {
    if (this.#zeroContext)
      await this.#context.note(
        'lines with secrets are left out of the patch, also around changes: apply it with git apply --unidiff-zero, or patch -p1',
      );
  }

  async #handOn(before: SourceFile, after: SourceFile, fixed: readonly Finding[], isStdin: boolean): Promise<void> {
    const { host } = this.#context;
    const isChanged = before.text !== after.text;
    if (isStdin) {
      if (before.text.includes('\ufffd')) throw notUtf8(before.path);
      if (this.#mode === 'write') await host.stdout.write(after.text);
    } else if (isChanged) await this.#confirm(before);
    if (!isChanged) return;
    if (this.#mode === 'dry-run') await this.#show(before, after);
    else if (!isStdin)
      try {
        await host.writeFile(before.path, after.text);
      } catch (error) {
        throw unwritable(before.path, error);
      }
    await this.#context.note(`${this.#mode === 'write' ? 'fixed' : 'would fix'} ${summary(fixed)} in ${before.path}`);
    for (const { rule, fix, range } of fixed)
      await this.#context.detail(`  ${rule}, line ${range?.start.line ?? 1}: ${fix!.description}`);
  }

  /** @throws UsageError where the file is not what was checked any more, or writing its text would change other bytes. */
  async #confirm({ path, text }: SourceFile): Promise<void> {
    let bytes: Uint8Array;
    try {
      bytes = await this.#context.host.readFile(path);
    } catch (error) {
      throw unreadable(path, error);
    }
    if (decodeText(bytes, path) !== text) throw new UsageError(`${path} changed while it was checked; it is not fixed`);
    if (text.includes('\ufffd') && !equals(new TextEncoder().encode(text), bytes)) throw notUtf8(path);
  }

  async #show(before: SourceFile, after: SourceFile): Promise<void> {
    const { makePatch } = await import('../../text/patch.js');
    const [old, now] = [hiddenLines(before.text), hiddenLines(after.text, before.text)];
    const path = patchPath(this.#context.host.cwd, before.path);
    const patch = makePatch(path, before.text, after.text, (side, line) => (side === 'before' ? old : now).has(line));
    await this.#context.host.stdout.write(patch.text);
    if (patch.needsZeroContext) this.#zeroContext = true;
    if (patch.withheld > 0)
      await this.#context.note(
        `${before.path}: ${plural(patch.withheld, 'change')} left out of the patch, since a secret stands there; --fix applies ${patch.withheld === 1 ? 'it' : 'them'}`,
      );
  }
}

/** From the current folder; what lies outside of it, from the root: such a patch applies there. */
function patchPath(cwd: string, path: string): string {
  const relative = relativePath(cwd, path);
  return relative.startsWith('../') ? joinPath(cwd, path).replace(/^(?:[A-Za-z]:)?\/+/, '') : relative;
}

function notUtf8(path: string): UsageError {
  return new UsageError(`cannot fix ${path}`, {
    because: 'it is not valid UTF-8, and writing it would change what is not',
    hint: 'save it as UTF-8 first',
  });
}

function equals(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/** `3 problems: smart-quotes (2), wrong-case`. */
function summary(fixed: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const { rule } of fixed) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const rules = [...counts].map(([rule, count]) => (count === 1 ? rule : `${rule} (${count})`));
  return `${plural(fixed.length, 'problem')} (${rules.join(', ')})`;
}
