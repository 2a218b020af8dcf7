/**
 * Exit status and the few error classes. The table is a promise to users (`auth-cli help exit-codes` prints it).
 */

export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  remote: 3,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_CODES: readonly { readonly code: ExitCode; readonly meaning: string }[] = [
  {
    code: EXIT.ok,
    meaning:
      'the thing checked is in order: no finding at or above --fail-on, login and access allowed, expectation met',
  },
  {
    code: EXIT.failed,
    meaning:
      'it is not: findings, access denied, token invalid, expectation not met, impact beyond what --allow permits',
  },
  { code: EXIT.usage, meaning: 'the question could not be asked: bad usage, unreadable or unparsable input' },
  {
    code: EXIT.remote,
    meaning: 'a remote party failed: unreachable, TLS, timeout, protocol error, the identity provider refused',
  },
  { code: EXIT.interrupted, meaning: 'interrupted' },
];

/** The worst of several results: interrupted, then remote, usage, failed, ok. */
export function worst(codes: Iterable<ExitCode>): ExitCode {
  let result: ExitCode = EXIT.ok;
  for (const code of codes) if (code > result) result = code;
  return result;
}

export interface CliErrorOptions {
  /** Why, in one line. */
  because?: string;
  /** What to do, in one line. */
  hint?: string;
  /** Known names near to what was typed, best first. */
  suggestions?: readonly string[];
  cause?: unknown;
}

/** An error we can explain: printed as a sentence without a stack. */
export class CliError extends Error {
  readonly exitCode: ExitCode;
  readonly because: string | undefined;
  readonly hint: string | undefined;
  readonly suggestions: readonly string[];

  constructor(message: string, exitCode: ExitCode, options: CliErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.exitCode = exitCode;
    this.because = options.because;
    this.hint = options.hint;
    this.suggestions = options.suggestions ?? [];
  }
}

/** The question could not be asked: bad usage, unreadable or unparsable input (exit 2). */
export class UsageError extends CliError {
  constructor(message: string, options?: CliErrorOptions) {
    super(message, EXIT.usage, options);
  }
}

/** A remote party failed (exit 3). */
export class RemoteError extends CliError {
  constructor(message: string, options?: CliErrorOptions) {
    super(message, EXIT.remote, options);
  }
}

/** The person stopped it (exit 130). */
export class InterruptedError extends CliError {
  constructor(message = 'Cancelled.') {
    super(message, EXIT.interrupted);
  }
}
