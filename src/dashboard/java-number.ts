/**
 * Numbers as the Java side writes them: whole numbers of any size as they stand, all others as doubles in the form of
 * `Double.toString` (shortest digits, as Java 19 and later give them).
 */

/** A number with its text in the JSON; reading it as a JavaScript number would lose digits and the difference of 1 and 1.0. */
export class NumberText {
  constructor(readonly text: string) {}

  /** No fraction and no exponent: read as a whole number of any size. */
  get whole(): boolean {
    return !this.text.includes('.') && !this.text.includes('e') && !this.text.includes('E');
  }

  get value(): number {
    return Number(this.text);
  }

  /** As `str` gives it. */
  toString(): string {
    if (!this.whole) return javaDouble(this.value);
    return this.text === '-0' ? '0' : this.text;
  }
}

/** Source: documentation of `java.lang.Double.toString`. */
export function javaDouble(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (size === Infinity) return `${sign}Infinity`;
  if (size === 0) return `${sign}0.0`;
  const [mantissa, exponentText] = size.toExponential().split('e') as [string, string];
  const digits = mantissa.replace('.', '');
  const exponent = Number(exponentText);
  if (size < 1e-3 || size >= 1e7) return `${sign}${digits[0]}.${digits.slice(1) || '0'}E${exponent}`;
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const before = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${before}.${digits.slice(exponent + 1) || '0'}`;
}
