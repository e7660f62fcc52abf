import { expect, test } from 'vitest';
import { byAisle } from './by-aisle.ts';

const items = ['milk dairy', 'flour baking', 'apples Fruit', 'pears fruit', 'nails hardware'];
const aisleOf = (item: string) => item.split(' ')[1] ?? '';

test('aisles stand in the order of the store, then in the usual one, then those that nobody knows', () => {
  const groups = byAisle(items, aisleOf, ['Dairy'], ['fruit', 'dairy', 'baking']);
  expect(groups.map(group => [group.position, group.aisle, group.items.length])).toEqual([
    [0, 'dairy', 1],
    [1, 'Fruit', 2],
    [2, 'baking', 1],
    [3, 'hardware', 1],
  ]);
});
