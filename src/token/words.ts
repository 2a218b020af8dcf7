/** Words for what checks found. */

/** Where two texts part: `they differ at character 24: "/" instead of the end`. Characters count from 1. */
export function difference(expected: string, actual: string): string {
  let at = 0;
  while (at < expected.length && at < actual.length && expected[at] === actual[at]) at++;
  const sign = (text: string) =>
    at < text.length ? JSON.stringify(String.fromCodePoint(text.codePointAt(at)!)) : 'the end';
  return `they differ at character ${at + 1}: ${sign(actual)} instead of ${sign(expected)}`;
}

/** A stretch of time in the largest unit that fits, rounded down: `2 h 5 min`. */
export function span(seconds: number): string {
  const whole = Math.floor(Math.abs(seconds));
  const units: readonly (readonly [string, number])[] = [
    ['y', 31_557_600],
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ];
  const first = units.findIndex(([, size]) => whole >= size);
  if (first === -1) return '0 s';
  const [name, size] = units[first]!;
  const next = units[first + 1];
  const rest = next ? Math.floor((whole % size) / next[1]) : 0;
  return `${Math.floor(whole / size)} ${name}${next && rest > 0 ? ` ${rest} ${next[0]}` : ''}`;
}

export function oneOf(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}

export function shown(value: unknown): string {
  if (value === undefined) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
