/**
 * Remembers what a pure function of a text gave. The oldest half is forgotten when `limit` answers are kept, and long texts are
 * not kept at all, so memory stays bounded whatever is read.
 */
export function memoize<Result>(compute: (text: string) => Result, limit = 512): (text: string) => Result {
  let recent = new Map<string, Result>();
  let older = new Map<string, Result>();
  return (text) => {
    if (text.length > 1024) return compute(text);
    const known = recent.get(text);
    if (known !== undefined || recent.has(text)) return known as Result;
    const result = older.has(text) ? (older.get(text) as Result) : compute(text);
    if (recent.size >= limit / 2) {
      older = recent;
      recent = new Map();
    }
    recent.set(text, result);
    return result;
  };
}

/** Something that keeps what was found out about it. */
export interface Remembering {
  readonly remembered: Map<unknown, unknown>;
}

/**
 * Computes once for each subject. The answer is kept by the subject itself: a WeakMap would keep every subject, and all it leads to,
 * alive until the next full collection, which makes checking thousands of files twice as slow.
 */
export function oncePer<Subject extends Remembering, Result>(
  compute: (subject: Subject) => Result,
): (subject: Subject) => Result {
  return (subject) => {
    const { remembered } = subject;
    if (remembered.has(compute)) return remembered.get(compute) as Result;
    const result = compute(subject);
    remembered.set(compute, result);
    return result;
  };
}
