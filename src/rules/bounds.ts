/** Version bounds of rules: `>=10.3 <11.1`. */

interface Bound {
  readonly operator: string;
  readonly order: number;
}

const BOUND = /^(>=|<=|>|<|=)?(\d+)\.(\d+)(?:\.\d+)?$/;

/** The parts of `>=10.3 <11.1`. Throws on anything else: bounds are written by us. */
export function parseBounds(text: string): readonly Bound[] {
  return text
    .split(' ')
    .filter((part) => part !== '')
    .map((part) => {
      const match = BOUND.exec(part);
      if (!match) throw new Error(`version bound ${JSON.stringify(part)} is not understood`);
      return { operator: match[1] ?? '=', order: Number(match[2]) * 1000 + Number(match[3]) };
    });
}

/** Whether a version (major * 1000 + minor) lies within bounds such as `>=10.3 <11.1`; absent bounds hold everywhere. */
export function withinBounds(bounds: string | undefined, order: number): boolean {
  if (bounds === undefined) return true;
  return cachedBounds(bounds).every(({ operator, order: limit }) => {
    if (operator === '>=') return order >= limit;
    if (operator === '<') return order < limit;
    if (operator === '>') return order > limit;
    if (operator === '<=') return order <= limit;
    return order === limit;
  });
}

const boundsCache = new Map<string, readonly Bound[]>();

function cachedBounds(text: string): readonly Bound[] {
  let bounds = boundsCache.get(text);
  if (!bounds) {
    bounds = parseBounds(text);
    boundsCache.set(text, bounds);
  }
  return bounds;
}

/** "Grafana before 11.1" for `<11.1`, "Grafana 9.5 to before 10.2" for `>=9.5 <10.2`. */
export function olderVersions(bounds: string): string | undefined {
  const upper = cachedBounds(bounds).find((bound) => bound.operator === '<');
  if (!upper) return undefined;
  return `before ${Math.floor(upper.order / 1000)}.${upper.order % 1000}`;
}
