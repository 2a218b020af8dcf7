import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findCause } from '../../src/claims/attribution.js';

it('finds each difference that does it alone', async () => {
  const changes = async (taken: readonly number[]) => taken.includes(1) || taken.includes(4);
  expect(await findCause({ candidates: [0, 1, 2, 3, 4], changes })).toEqual({ kind: 'alone', differences: [1, 4] });
});

it('finds a smallest set where none does it alone: it is enough, and nothing in it can be left out', async () => {
  const sets = fc.array(fc.uniqueArray(fc.nat(7), { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(sets, async (ways) => {
      const enough = (taken: readonly number[]) => ways.some((way) => way.every((one) => taken.includes(one)));
      const cause = await findCause({ candidates: [0, 1, 2, 3, 4, 5, 6, 7], changes: async (taken) => enough(taken) });
      expect(cause.kind).toBe('together');
      const { differences } = cause as { differences: readonly number[] };
      expect(enough(differences)).toBe(true);
      for (const one of differences) expect(enough(differences.filter((other) => other !== one))).toBe(false);
    }),
  );
});

it('says so where not even all of them make the change', async () => {
  const cause = await findCause({ candidates: [0, 1], changes: async () => false });
  expect(cause.kind).toBe('unknown');
  expect((await findCause({ candidates: [], changes: async () => true })).kind).toBe('unknown');
});

it('does not blame the only difference where it is not the cause', async () => {
  expect((await findCause({ candidates: [0], changes: async () => false })).kind).toBe('unknown');
});

it('gives up where trying each of them would take too long', async () => {
  let asked = 0;
  const candidates = Array.from({ length: 500 }, (_, at) => at);
  const cause = await findCause({ candidates, changes: async () => ++asked > 0 });
  expect([cause.kind, asked]).toEqual(['unknown', 0]);
});
