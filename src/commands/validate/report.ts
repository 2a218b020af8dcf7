/** What `validate` found, in every form that was asked for, and the verdict on it. */
import { EXIT, type ExitCode } from '../../errors.js';
import type {
  CheckedFiles,
  Engine,
  FindingsSummary,
  FindingsWriter,
  FormatOptions,
} from '../../report/findings/format.js';
import { FINDINGS_FORMATS } from '../../report/findings/index.js';
import type { Style } from '../../report/style.js';
import type { Severity } from '../../rules/rule.js';
import type { CommandContext, ResultTarget } from '../command.js';

/** Worst first. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;

export interface VerdictOptions {
  /** Lowest severity that makes the verdict bad. */
  readonly failOn?: Severity | 'never';
  /** More warnings than this make it bad. */
  readonly maxWarnings?: number;
}

/** Results are handed on in pieces of this many characters. */
const PIECE = 1 << 16;

/** One form on its way to where it goes. */
class Stream {
  readonly #target: ResultTarget;
  readonly #writer: FindingsWriter;
  #pending: string;

  constructor(target: ResultTarget, writer: FindingsWriter) {
    this.#target = target;
    this.#writer = writer;
    this.#pending = writer.begin();
  }

  async add(checked: CheckedFiles): Promise<void> {
    this.#pending += this.#writer.files(checked);
    if (this.#pending.length >= PIECE) await this.#flush();
  }

  async end(summary: FindingsSummary): Promise<void> {
    this.#pending += this.#writer.end(summary);
    await this.#flush();
  }

  async #flush(): Promise<void> {
    const text = this.#pending;
    this.#pending = '';
    await this.#target.print(text);
  }
}

export class Report {
  readonly #context: CommandContext;
  readonly #verdict: VerdictOptions;
  readonly #streams: readonly Stream[];
  readonly #counts = { error: 0, warning: 0, info: 0 };
  readonly #rules = new Map<string, Severity>();
  #files = 0;
  #last: CheckedFiles | undefined;

  private constructor(context: CommandContext, verdict: VerdictOptions, streams: readonly Stream[]) {
    this.#context = context;
    this.#verdict = verdict;
    this.#streams = streams;
  }

  /** Begins every form of `context.results`. */
  static async open(context: CommandContext, verdict: VerdictOptions): Promise<Report> {
    const streams = context.results.map(async (target) => {
      const format = await FINDINGS_FORMATS[target.format]!();
      return new Stream(target, await format(formatOptions(context, verdict, target.style)));
    });
    return new Report(context, verdict, await Promise.all(streams));
  }

  async add(checked: CheckedFiles): Promise<void> {
    this.#files += checked.files.length;
    this.#last = checked;
    for (const list of [...checked.files.map((file) => file.findings), checked.environment])
      for (const finding of list) {
        this.#counts[finding.severity]++;
        if (!this.#rules.has(finding.rule)) this.#rules.set(finding.rule, finding.severity);
      }
    for (const stream of this.#streams) await stream.add(checked);
  }

  /**
   * Ends every form.
   * @param unread files that could not be read
   */
  async close(unread: number): Promise<ExitCode> {
    const rank = (severity: Severity) => SEVERITIES.indexOf(severity);
    const summary: FindingsSummary = {
      errors: this.#counts.error,
      warnings: this.#counts.warning,
      infos: this.#counts.info,
      files: this.#files,
      unread,
      ...(this.#last ? { last: this.#last } : {}),
      rules: [...this.#rules]
        .sort((a, b) => rank(a[1]) - rank(b[1]))
        .slice(0, 3)
        .map(([id]) => id),
    };
    for (const stream of this.#streams) await stream.end(summary);
    const { output } = this.#context.options;
    if (output !== undefined && output !== '-') {
      const { pretty } = await import('../../report/findings/pretty.js');
      const writer = await pretty(formatOptions(this.#context, this.#verdict, this.#context.errStyle));
      await this.#context.note(writer.end(summary).trimEnd());
    }
    return this.#code();
  }

  #code(): ExitCode {
    const { maxWarnings } = this.#verdict;
    if (SEVERITIES.some((severity) => this.#counts[severity] > 0 && fails(severity, this.#verdict))) return EXIT.failed;
    return maxWarnings !== undefined && this.#counts.warning > maxWarnings ? EXIT.failed : EXIT.ok;
  }
}

function fails(severity: Severity, { failOn = 'error' }: VerdictOptions): boolean {
  return failOn !== 'never' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
}

function formatOptions(
  { options, version, host }: CommandContext,
  verdict: VerdictOptions,
  style: Style,
): FormatOptions {
  return {
    style,
    quiet: options.quiet ?? false,
    version,
    windows: host.platform === 'win32',
    fails: (severity) => fails(severity, verdict),
    engine,
  };
}

async function engine(): Promise<Engine> {
  const [{ allRules }, { Fingerprints }] = await Promise.all([
    import('../reference.js'),
    import('../../rules/fingerprint.js'),
  ]);
  return { rules: await allRules(), fingerprints: (text) => new Fingerprints(text) };
}
