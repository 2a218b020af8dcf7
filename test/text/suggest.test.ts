import { expect, it } from 'vitest';
import { closest } from '../../src/text/suggest.js';

it.each([
  ['role_atribute_strict', ['role_attribute_strict', 'role_attribute_path'], ['role_attribute_strict']],
  ['client-id', ['client_id', 'client_secret'], ['client_id']],
  ['hepl', ['help', 'show'], ['help']],
  ['Enabled', ['enabled', 'name'], ['enabled']],
  ['xyzzy', ['help', 'show', 'validate'], []],
  ['a', ['b', 'ab'], []],
])('%s is near to %s: %s', (typed, known, expected) => {
  expect(closest(typed, known)).toEqual(expected);
});

it('gives the best first and at most three', () => {
  expect(closest('option5', ['option7', 'option6', 'option1', 'option2', 'options', 'option'])).toHaveLength(3);
  expect(closest('scope', ['scopes', 'slope', 'scoped'])[0]).toBe('scoped');
});
