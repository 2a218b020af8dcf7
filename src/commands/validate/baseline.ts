/** The baseline: findings that are known and not reported, so that a check can be taken up without mending everything first. */
import { UsageError } from '../../errors.js';
import type { CheckedFiles } from '../../report/findings/format.js';
import { plural } from '../../report/findings/pretty.js';
import { Fingerprints } from '../../rules/fingerprint.js';
import type { Finding } from '../../rules/rule.js';
import { folderOf, joinPath, relativePath } from '../../text/paths.js';
import type { CommandContext } from '../command.js';
import { decodeText, unreadable, unwritable } from '../inputs.js';

const FORMAT_VERSION = 1;

/** Path of a file (`''` for the environment) → rule and fingerprint → how many there are. */
type Entries = Map<string, Map<string, number>>;

export class Baseline {
  readonly #context: CommandContext;
  readonly #path: string;
  readonly #updates: boolean;
  /** What is in the file. */
  readonly #known: Entries;
  /** What was found by this run. */
  readonly #found: Entries = new Map();

  private constructor(context: CommandContext, path: string, updates: boolean, known: Entries) {
    this.#context = context;
    this.#path = path;
    this.#updates = updates;
    this.#known = known;
  }

  /**
   * @param updates whether the file is written anew; then it need not be there
   * @throws UsageError for a file that cannot be read
   */
  static async open(context: CommandContext, path: string, updates: boolean): Promise<Baseline> {
    let text: string | undefined;
    try {
      text = decodeText(await context.host.readFile(path), path);
    } catch (error) {
      if (!isMissing(error)) throw unreadable(path, error);
      if (!updates) throw new UsageError(`there is no baseline ${path}`, { hint: 'make one with --update-baseline' });
    }
    return new Baseline(context, path, updates, text === undefined ? new Map() : parse(text, path));
  }

  /** The findings that are not known. When the file is written anew all are known. */
  filter(checked: CheckedFiles): CheckedFiles {
    const files = checked.files.map((file) => {
      const findings = this.#new(this.#name(file.path), new Fingerprints(file.text), file.findings);
      return { ...file, findings };
    });
    return { ...checked, files, environment: this.#new('', new Fingerprints(''), checked.environment) };
  }

  /** From the folder of the baseline, so that it does not matter where the call is made. */
  #name(path: string): string {
    const { cwd } = this.#context.host;
    return relativePath(joinPath(cwd, folderOf(this.#path)), joinPath(cwd, path));
  }

  #new(path: string, prints: Fingerprints, findings: readonly Finding[]): readonly Finding[] {
    const known = this.#known.get(path);
    let found = this.#found.get(path);
    if (!found) {
      found = new Map();
      this.#found.set(path, found);
    }
    return findings.filter((finding) => {
      const key = `${finding.rule} ${prints.base(finding)}`;
      const count = (found.get(key) ?? 0) + 1;
      found.set(key, count);
      return !this.#updates && count > (known?.get(key) ?? 0);
    });
  }

  /**
   * Tells what is gone, or writes the file.
   * @param isWhole everything was checked: files of the baseline that were not met are gone
   */
  async close(isWhole: boolean): Promise<void> {
    const gone = this.#gone(isWhole);
    if (this.#updates) return this.#write(isWhole, gone.length);
    if (gone.length === 0) return;
    const count = gone.reduce((sum, one) => sum + one.count, 0);
    await this.#context.note(
      `${plural(count, 'finding')} of ${this.#path} ${count === 1 ? 'is' : 'are'} gone; --update-baseline takes ${count === 1 ? 'it' : 'them'} out`,
    );
    for (const { path, rule } of gone) await this.#context.detail(`  ${path}: ${rule}`);
  }

  #gone(isWhole: boolean): { path: string; rule: string; count: number }[] {
    return [...this.#known].flatMap(([path, entries]) => {
      const found = this.#found.get(path);
      if (!found && !isWhole) return [];
      return [...entries].flatMap(([key, count]) => {
        const missing = count - (found?.get(key) ?? 0);
        return missing > 0 ? [{ path, rule: key.split(' ')[0]!, count: missing }] : [];
      });
    });
  }

  async #write(isWhole: boolean, gone: number): Promise<void> {
    const entries: Entries = new Map([...(isWhole ? [] : this.#known), ...this.#found]);
    try {
      await this.#context.host.writeFile(this.#path, render(entries));
    } catch (error) {
      throw unwritable(this.#path, error);
    }
    let total = 0;
    for (const found of entries.values()) for (const count of found.values()) total += count;
    await this.#context.note(`${this.#path} has ${plural(total, 'finding')} now${gone > 0 ? `; ${gone} gone` : ''}`);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && (error as Error & { code?: string }).code === 'ENOENT';
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}

/** One finding a line, sorted, so that differences are easy to read. */
function render(entries: Entries): string {
  const files = [...entries]
    .filter(([, found]) => found.size > 0)
    .sort(byName)
    .map(([path, found]) => {
      const lines = [...found].sort(byName).map(([key, count]) => {
        const [rule, fingerprint] = key.split(' ');
        return `      ${JSON.stringify({ rule, fingerprint, count })}`;
      });
      return `    ${JSON.stringify(path)}: [\n${lines.join(',\n')}\n    ]`;
    });
  return `{\n  "formatVersion": ${FORMAT_VERSION},\n  "files": {${files.length === 0 ? '' : `\n${files.join(',\n')}\n  `}}\n}\n`;
}

/** @throws UsageError for what is no baseline */
function parse(text: string, path: string): Entries {
  const refuse = (because: string): never => {
    throw new UsageError(`${path} is no baseline`, { because, hint: 'make one with --update-baseline' });
  };
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return refuse('it is no JSON');
  }
  if (!isObject(data) || !isObject(data['files'])) return refuse('it has no "files"');
  if (data['formatVersion'] !== FORMAT_VERSION) return refuse(`its formatVersion is not ${FORMAT_VERSION}`);
  const entries: Entries = new Map();
  for (const [file, list] of Object.entries(data['files'])) {
    const known = new Map<string, number>();
    for (const entry of Array.isArray(list) ? list : refuse(`what stands under "${file}" is no list`)) {
      const { rule, fingerprint, count } = isObject(entry) ? entry : {};
      if (typeof rule !== 'string' || typeof fingerprint !== 'string' || !Number.isInteger(count))
        return refuse(`an entry under "${file}" has no rule, fingerprint and count`);
      known.set(`${rule} ${fingerprint}`, count as number);
    }
    entries.set(file, known);
  }
  return entries;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
