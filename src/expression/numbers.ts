/**
 * Texts to numbers as Go's strconv.ParseFloat reads them: what `to_number` accepts.
 */

const DECIMAL = /^[+-]?(?:[0-9_]*\.?[0-9_]*)(?:[eE][+-]?[0-9][0-9_]*)?$/;
const HEXADECIMAL = /^([+-]?)0[xX]([0-9a-fA-F_]*)(?:\.([0-9a-fA-F_]*))?[pP]([+-]?[0-9][0-9_]*)$/;
const SPECIAL = /^(?:([+-]?)inf(?:inity)?|nan)$/i;

/** The number, or undefined where Go reports an error (also out of range). `inf`, `infinity` and `nan` are numbers. */
export function parseGoFloat(text: string): number | undefined {
  const special = SPECIAL.exec(text);
  if (special !== null) {
    if (/^nan$/i.test(text)) return Number.NaN;
    return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  if (text.includes('_') && !underscoresSeparateDigits(text)) return undefined;
  const plain = text.replaceAll('_', '');
  const hexadecimal = HEXADECIMAL.exec(plain);
  if (hexadecimal !== null) return hexadecimalFloat(hexadecimal);
  const mantissa = /^[+-]?([0-9]*\.?[0-9]*)/.exec(plain)![1]!;
  if (!DECIMAL.test(plain) || !/[0-9]/.test(mantissa)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

/** Each underscore stands between two digits, or between a base prefix and a digit. */
function underscoresSeparateDigits(text: string): boolean {
  const unsigned = text.replace(/^[+-]/, '');
  const prefix = /^0[box]/i.exec(unsigned)?.[0] ?? '';
  const digit = /x/i.test(prefix) ? /[0-9a-f]/i : /[0-9]/;
  const rest = prefix === '' ? unsigned : `0${unsigned.slice(2)}`;
  for (let at = rest.indexOf('_'); at !== -1; at = rest.indexOf('_', at + 1)) {
    if (!digit.test(rest[at - 1] ?? '') || !digit.test(rest[at + 1] ?? '')) return false;
  }
  return true;
}

/** Exact: the digits as one integer times a power of two, rounded once, ties to even. */
function hexadecimalFloat(match: RegExpExecArray): number | undefined {
  const [, sign, whole = '', fraction = '', exponentText = '0'] = match;
  if (whole.length + fraction.length === 0) return undefined;
  let mantissa = BigInt(`0x${whole}${fraction}`);
  let exponent = Math.max(-1e6, Math.min(1e6, Number(exponentText))) - 4 * fraction.length;
  const negative = sign === '-';
  if (mantissa === 0n) return negative ? -0 : 0;
  // Keep 64 bits and remember whether anything below them was not zero.
  const bits = mantissa.toString(2).length;
  const surplus = Math.max(bits - 64, 0);
  const lost = mantissa & ((1n << BigInt(surplus)) - 1n);
  mantissa >>= BigInt(surplus);
  exponent += surplus;
  if (lost !== 0n) mantissa |= 1n;
  const top = mantissa.toString(2).length + exponent;
  // Below 2^-1021 fewer than 53 bits remain.
  const keep = Math.min(53, 53 + (top + 1021));
  if (keep < 0) return negative ? -0 : 0;
  const drop = BigInt(Math.max(mantissa.toString(2).length - keep, 0));
  const half = drop > 0n ? 1n << (drop - 1n) : 0n;
  const rest = mantissa & ((1n << drop) - 1n);
  let rounded = mantissa >> drop;
  if (rest > half || (rest === half && drop > 0n && (rounded & 1n) === 1n)) rounded += 1n;
  const value =
    Number(rounded) * 2 ** Math.floor((exponent + Number(drop)) / 2) * 2 ** Math.ceil((exponent + Number(drop)) / 2);
  if (!Number.isFinite(value)) return undefined;
  return negative ? -value : value;
}
