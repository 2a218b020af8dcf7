/**
 * What Go's `fmt.Sprintf` makes of a text when it is (by mistake) used as the format and no arguments follow: every verb becomes
 * `%!x(MISSING)`. Grafana up to 11.3 builds the URLs behind `/emails`, `/teams` and `/orgs` that way.
 */

/** Go gives up on widths beyond this. */
const MAX_NUMBER = 1_000_000;

/** The text as Sprintf prints it; never throws. */
export function formatWithoutArguments(format: string): string {
  if (!format.includes('%')) return format;
  let result = '';
  let at = 0;
  while (at < format.length) {
    const percent = format.indexOf('%', at);
    if (percent === -1) return result + format.slice(at);
    result += format.slice(at, percent);
    const verb = readVerb(format, percent + 1);
    result += verb.text;
    at = verb.end;
  }
  return result;
}

function readVerb(format: string, start: number): { text: string; end: number } {
  let at = start;
  let text = '';
  let afterIndex = false;
  let badIndex = false;

  /** `[3]`: there is no argument to point at, so any index is bad. */
  const index = () => {
    afterIndex = false;
    if (format[at] !== '[') return;
    badIndex = true;
    const close = format.indexOf(']', at + 1);
    if (close === -1 || format.length - at < 3) {
      at += 1;
      return;
    }
    afterIndex = number(format.slice(at + 1, close)) !== undefined;
    at = close + 1;
  };
  /** Digits; a number too large swallows the rest. Returns whether there was one. */
  const digits = (): boolean => {
    const from = at;
    while (at < format.length && format[at]! >= '0' && format[at]! <= '9') {
      if (Number(format.slice(from, at)) > MAX_NUMBER) {
        at = format.length;
        return false;
      }
      at++;
    }
    return at > from;
  };

  while (at < format.length && '#0+- '.includes(format[at]!)) at++;
  index();
  if (format[at] === '*') {
    at++;
    text += '%!(BADWIDTH)';
    afterIndex = false;
  } else if (digits() && afterIndex) badIndex = true;
  if (format[at] === '.') {
    at++;
    if (afterIndex) badIndex = true;
    index();
    if (format[at] === '*') {
      at++;
      text += '%!(BADPREC)';
      afterIndex = false;
    } else digits();
  }
  if (!afterIndex) index();

  if (at >= format.length) return { text: `${text}%!(NOVERB)`, end: format.length };
  const verb = String.fromCodePoint(format.codePointAt(at)!);
  const end = at + verb.length;
  if (verb === '%') return { text: `${text}%`, end };
  return { text: `${text}%!${verb}(${badIndex ? 'BADINDEX' : 'MISSING'})`, end };
}

function number(text: string): number | undefined {
  return /^\d+$/.test(text) && Math.floor(Number(text) / 10) <= MAX_NUMBER ? Number(text) : undefined;
}
