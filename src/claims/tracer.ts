/** Collects the steps of one dry run. Absent where nobody will read them. */
import type { ExpressionError } from '../expression/compile.js';
import type { AttributePath, PathResult } from './attribute-path.js';
import type { StepStatus, TraceStep } from './trace.js';

export class Tracer {
  readonly steps: TraceStep[] = [];

  add(step: TraceStep): void {
    this.steps.push(step);
  }

  /** The evaluation of a path. `status` is found from the result where it is not given. */
  path(
    step: Omit<TraceStep, 'option' | 'expression' | 'result' | 'error' | 'status'> & { status?: StepStatus },
    path: AttributePath,
    result: PathResult,
  ): void {
    const { status, ...rest } = step;
    this.steps.push({
      ...rest,
      option: path.option,
      expression: path.expression,
      ...(!result.ok ? { error: errorOf(result.error) } : canBeShown(result.value) ? { result: result.value } : {}),
      status: status ?? (result.ok ? 'empty' : 'error'),
      ...(path.random && {
        note: [step.note, RANDOM].filter(Boolean).join('; '),
        certainty: 'undetermined' as const,
      }),
    });
  }
}

/** Go walks objects in an order of its own. */
const RANDOM =
  'the result follows the order of an object, which Grafana takes at random: it can differ from login to login';

/** Elements and levels of a value that is still worth showing. */
const MOST = 10_000;
const DEEPEST = 100;

/** Not so large or so deep that nobody would read it, and that writing it could fail. */
function canBeShown(value: unknown): boolean {
  let left = MOST;
  const fits = (item: unknown, depth: number): boolean => {
    if (--left < 0 || depth > DEEPEST) return false;
    if (typeof item !== 'object' || item === null) return true;
    for (const inner of Object.values(item)) if (!fits(inner, depth + 1)) return false;
    return true;
  };
  return fits(value, 0);
}

export function errorOf(error: ExpressionError): NonNullable<TraceStep['error']> {
  return {
    message: error.message,
    ...(error.offset !== undefined && { offset: error.offset }),
    ...(error.panic && { panic: true }),
  };
}

export const SOURCE_NAMES: Readonly<Record<string, string>> = {
  id_token: 'the ID token',
  userinfo: 'UserInfo',
  access_token: 'the access token',
};

/** A value as a note shows it: short, on one line. */
export function show(value: unknown): string {
  if (!canBeShown(value)) return 'a very large value';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

/** What kind of JSON value it is, with its article. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
