/** Comparison of configurations that are lists of entries with places: Dashboard and GEM. */

import type { PreparedResolver } from '../claims/resolver.js';
import type { Range } from '../text/source.js';
import type { ProductComparison, SettingDifference } from './product.js';

interface Entry {
  readonly value: string;
  readonly path?: string;
  readonly valueRange?: Range;
  readonly source?: string;
}

export interface ComparedSide<E extends Entry> {
  readonly entries: readonly E[];
  /** As it is shown. */
  readonly version: string;
}

export interface EntryTraits<E extends Entry> {
  /** Name of the product. */
  readonly product: string;
  /** What an entry sets; entries of one name are layers of one setting. */
  nameOf(entry: E): string;
  isSecret(entry: E): boolean;
  readonly asking: ReadonlySet<string>;
  /** A resolver over entries, read as the old or the new version does. */
  prepare(entries: readonly E[], newVersion: boolean): Promise<PreparedResolver>;
}

export function compareEntries<E extends Entry>(
  before: ComparedSide<E>,
  after: ComparedSide<E>,
  traits: EntryTraits<E>,
): ProductComparison {
  const names = new Set([...after.entries, ...before.entries].map(traits.nameOf));
  const layers = (side: ComparedSide<E>, name: string) => side.entries.filter((entry) => traits.nameOf(entry) === name);
  const differences: SettingDifference[] = [];
  if (before.version !== after.version)
    differences.push({
      kind: 'version',
      option: traits.product,
      before: before.version,
      after: after.version,
      secret: false,
      decides: true,
      asks: false,
    });
  for (const option of names) {
    const [old, now] = [layers(before, option), layers(after, option)];
    if (JSON.stringify(old.map(({ value }) => value)) === JSON.stringify(now.map(({ value }) => value))) continue;
    const [last, next] = [old.at(-1), now.at(-1)];
    differences.push({
      kind: 'setting',
      option,
      before: last?.value,
      after: next?.value,
      ...(last ? { beforeAt: placeOf(last) } : {}),
      ...(next ? { afterAt: placeOf(next) } : {}),
      secret: [...old, ...now].some(traits.isSecret),
      decides: true,
      asks: traits.asking.has(option),
    });
  }
  return {
    versions: [before.version, after.version],
    differences,
    prepare(taken) {
      const chosen = taken.map((at) => differences[at]!);
      const swapped = new Set(chosen.filter(({ kind }) => kind === 'setting').map(({ option }) => option));
      const kept = before.entries.filter((entry) => !swapped.has(traits.nameOf(entry)));
      const entries = [...kept, ...after.entries.filter((entry) => swapped.has(traits.nameOf(entry)))];
      return traits.prepare(
        entries,
        chosen.some(({ kind }) => kind === 'version'),
      );
    },
  };
}

function placeOf({ path, valueRange, source }: Entry): string {
  if (source !== undefined) return source;
  return valueRange ? `${path}:${valueRange.start.line}` : (path ?? '');
}
