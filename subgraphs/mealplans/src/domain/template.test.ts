import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayCount, plusDays } from './dates.ts';
import { planInput } from './plan-input.ts';
import { requestHash } from './request-hash.ts';
import { planFrom, templateOf } from './template.ts';

const item = fc.record({ dayOffset: fc.nat(13), servings: fc.integer({ min: 1, max: 9 }) });
const template = fc.array(item, { maxLength: 10 }).map(items => ({
  name: 'Fortnight',
  dayCount: 14,
  items: items.map(({ dayOffset, servings }) => ({
    ...{ dayOffset, servings, mealType: 'LUNCH' as const, recipeId: null, note: 'soup' },
  })),
}));

describe('a template', () => {
  it('becomes a plan that becomes the same template', () => {
    fc.assert(
      fc.property(template, fc.nat(400), (given, later) => {
        const plan = planFrom(given, plusDays('2026-11-23', later));
        expect(planInput.parse(plan)).toEqual(plan);
        expect(dayCount(plan.startDate, plan.endDate)).toBe(14);
        const items = plan.items.map((meal, position) => ({
          ...{ ...meal, servings: meal.servings ?? 0, _id: String(position), position },
          ...{ recipeVersion: null, cookedAt: null },
        }));
        expect(templateOf({ ...plan, items, skippedDays: [] })).toEqual({ dayCount: 14, items: given.items });
      }),
    );
  });

  it('cannot start where the calendar ends', () => {
    expect(() => planFrom({ name: 'Two days', dayCount: 2, items: [] }, '9999-12-31')).toThrow('9999');
  });
});

describe('the hash of a request', () => {
  const input = { startDate: '2026-11-23', endDate: '2026-11-29' };

  it('is the same for what means the same', () => {
    const spelt = {
      generateShoppingList: true,
      items: [],
      name: ' ',
      endDate: input.endDate,
      startDate: input.startDate,
    };
    expect(requestHash(planInput.parse(spelt))).toBe(requestHash(planInput.parse(input)));
  });

  it('differs where anything else is asked for', () => {
    const hashes = [
      input,
      { ...input, endDate: '2026-11-30' },
      { ...input, name: 'Week' },
      { ...input, generateShoppingList: false },
      { ...input, items: [{ date: '2026-11-23', mealType: 'LUNCH', note: 'soup' }] },
      { ...input, items: [{ date: '2026-11-23', mealType: 'LUNCH', note: 'soup', servings: 2 }] },
    ].map(each => requestHash(planInput.parse(each)));
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
