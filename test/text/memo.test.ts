import { expect, it, vi } from 'vitest';
import { memoize, oncePer } from '../../src/text/memo.js';

it('computes once for a text, also where the answer is undefined', () => {
  const compute = vi.fn((text: string) => (text === '' ? undefined : text.length));
  const measure = memoize(compute);
  expect([measure('ab'), measure('ab'), measure(''), measure('')]).toEqual([2, 2, undefined, undefined]);
  expect(compute).toHaveBeenCalledTimes(2);
});

it('forgets what was not asked for lately, and keeps no long texts', () => {
  const compute = vi.fn((text: string) => text.length);
  const measure = memoize(compute, 4);
  for (const text of ['a', 'b', 'c', 'a', 'd', 'e', 'f', 'b']) measure(text);
  expect(compute.mock.calls.filter(([text]) => text === 'a')).toHaveLength(1);
  expect(compute.mock.calls.filter(([text]) => text === 'b')).toHaveLength(2);
  const long = 'x'.repeat(2000);
  expect([measure(long), measure(long)]).toEqual([2000, 2000]);
  expect(compute.mock.calls.filter(([text]) => text === long)).toHaveLength(2);
});

it('computes once per subject, also where the answer is undefined', () => {
  const compute = vi.fn((subject: { remembered: Map<unknown, unknown>; name: string }) => subject.name || undefined);
  const nameOf = oncePer(compute);
  const [ada, nobody] = ['ada', ''].map((name) => ({ name, remembered: new Map<unknown, unknown>() }));
  expect([nameOf(ada!), nameOf(ada!), nameOf(nobody!), nameOf(nobody!)]).toEqual(['ada', 'ada', undefined, undefined]);
  expect(compute).toHaveBeenCalledTimes(2);
});
