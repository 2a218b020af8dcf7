/** Questions that options answer as well: asked on a terminal, otherwise collected, so that one error names all that is missing. */
import { UsageError } from '../../errors.js';
import type { Question } from '../../host.js';
import type { CommandContext } from '../command.js';

export class Asker {
  /** Flags whose answers are missing. */
  readonly #missing: string[] = [];
  readonly #why: string | undefined;
  readonly #context: CommandContext;

  constructor(context: CommandContext, input: boolean) {
    const { host } = context;
    this.#context = context;
    this.#why = !input
      ? '--no-input'
      : !host.stdin.isTTY
        ? 'stdin is not a terminal'
        : !host.stderr.isTTY
          ? 'stderr is not a terminal'
          : host.env['CI']
            ? 'CI is set'
            : undefined;
  }

  get canAsk(): boolean {
    return this.#why === undefined;
  }

  /** The answer; undefined where nobody can be asked, which `finish` then says. `flag` is how it is given on the command line. */
  async text(
    flag: string,
    message: string,
    validate: (text: string) => true | string,
    preset?: string,
  ): Promise<string | undefined> {
    const answer = await this.#ask(flag, {
      type: 'input',
      message,
      validate: (text) => validate(text.trim()),
      ...(preset === undefined ? {} : { default: preset }),
    });
    return answer?.trim();
  }

  async choice(flag: string, message: string, choices: NonNullable<Question['choices']>): Promise<string | undefined> {
    return this.#ask(flag, { type: 'select', message, choices });
  }

  /** A text that may be empty: an end, or nothing. Asked on a terminal only. */
  async optional(message: string, validate: (text: string) => true | string): Promise<string> {
    const answer = await this.#context.host.ask({ type: 'input', message, validate: (text) => validate(text.trim()) });
    return String(answer).trim();
  }

  missing(flag: string): void {
    this.#missing.push(flag);
  }

  async #ask(flag: string, question: Question): Promise<string | undefined> {
    if (this.canAsk) return String(await this.#context.host.ask(question));
    this.#missing.push(flag);
    return undefined;
  }

  /** @throws UsageError where answers are missing and nobody could be asked. */
  finish(): void {
    const [...flags] = this.#missing;
    if (flags.length === 0) return;
    const last = flags.pop()!;
    throw new UsageError(`init needs ${flags.length === 0 ? last : `${flags.join(', ')} and ${last}`}`, {
      because: `it cannot ask: ${this.#why}`,
    });
  }
}

export const required = (text: string): true | string => (text === '' ? 'an answer is needed' : true);
