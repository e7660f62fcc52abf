import { mealType, type MealType } from '@mealprep360/contracts/vocabulary';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { daysOf } from './dates.ts';
import {
  addMeal,
  changeMeal,
  cookMeal,
  removeMeal,
  skipDay,
  unskipDay,
  type MealPatch,
  type Plan,
  type PlannedMeal,
} from './plan.ts';

// Any life of a plan, beside a model of it: meals as lists of ids by day and meal, days as a map of reasons.

const START = '2026-11-23';
const END = '2026-11-27';
const blank: Plan = { startDate: START, endDate: END, items: [], skippedDays: [] };

type Command =
  | { act: 'add'; date: string; mealType: MealType; leftOf: number | null }
  | { act: 'change'; which: number; patch: MealPatch }
  | { act: 'remove'; which: number }
  | { act: 'cook'; which: number; leftoverServings: number | null }
  | { act: 'skip'; date: string; reason: string | null }
  | { act: 'unskip'; date: string };

// a day more at each end, which is not of the plan
const day = fc.constantFrom(...daysOf('2026-11-22', '2026-11-28'));
const meal = fc.constantFrom(...mealType.options.slice(0, 2));
const which = fc.nat(12);
const patch: fc.Arbitrary<MealPatch> = fc.record(
  {
    date: day,
    mealType: meal,
    position: fc.nat(4),
    servings: fc.constantFrom(2, 3),
    note: fc.constantFrom('note', null),
    recipeId: fc.constantFrom('r', null),
  },
  { requiredKeys: [] },
);
const anyCommands: fc.Arbitrary<Command[]> = fc.array(
  fc.oneof(
    fc.record({ act: fc.constant('add' as const), date: day, mealType: meal, leftOf: fc.option(which) }),
    fc.record({ act: fc.constant('change' as const), which, patch }),
    fc.record({ act: fc.constant('remove' as const), which }),
    fc.record({ act: fc.constant('cook' as const), which, leftoverServings: fc.constantFrom(null, 1, 2) }),
    fc.record({ act: fc.constant('skip' as const), date: day, reason: fc.constantFrom(null, 'away', 'ill') }),
    fc.record({ act: fc.constant('unskip' as const), date: day }),
  ),
  { maxLength: 10, size: 'max' },
);

/** The id that a number stands for: of an item that is there, or, for one in twelve, of none. */
const idOf = (plan: Plan, number: number): string =>
  (number === 12 ? undefined : plan.items[number % Math.max(1, plan.items.length)])?._id ?? 'nobody';

function given(plan: Plan, command: Command, index: number): Plan {
  switch (command.act) {
    case 'add': {
      const leftoverOfId = command.leftOf === null ? null : idOf(plan, command.leftOf);
      const { date, mealType: at } = command;
      const item = {
        date,
        mealType: at,
        recipeId: null,
        recipeVersion: null,
        note: 'note',
        servings: 2,
        cookedAt: null,
      };
      return addMeal(plan, { ...item, _id: `m${index}`, leftoverOfId });
    }
    case 'change':
      return changeMeal(plan, idOf(plan, command.which), command.patch);
    case 'remove':
      return removeMeal(plan, idOf(plan, command.which));
    case 'cook': {
      const { leftoverServings } = command;
      return cookMeal(plan, idOf(plan, command.which), {
        at: new Date(index),
        leftoverServings,
        leftoverId: `m${index}`,
      });
    }
    case 'skip':
      return skipDay(plan, command.date, command.reason);
    case 'unskip':
      return unskipDay(plan, command.date);
  }
}

interface Step {
  command: Command;
  before: Plan;
  /** null when it was refused */
  after: Plan | null;
  /** why it was refused */
  code: string | null;
  index: number;
}

function live(commands: readonly Command[], seen: (step: Step) => void): void {
  let plan = blank;
  commands.forEach((command, index) => {
    const before = structuredClone(plan);
    try {
      const after = given(plan, command, index);
      seen({ command, before: plan, after, code: null, index });
      // what was there is not written over, whatever came of it
      expect(plan).toEqual(before);
      plan = after;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      expect(plan).toEqual(before);
      seen({ command, before: plan, after: null, code: String(error.code), index });
    }
  });
}
const holds = (seen: (step: Step) => void) => {
  fc.assert(
    fc.property(anyCommands, commands => {
      live(commands, seen);
    }),
    { numRuns: 1000 },
  );
};
const slotsOf = ({ items }: Plan): Record<string, string[]> => {
  const slots: Record<string, string[]> = {};
  for (const { date, mealType: at, _id } of items) (slots[`${date} ${at}`] ??= []).push(_id);
  return slots;
};
const byId = ({ items }: Plan) => new Map(items.map(item => [item._id, item]));
const isInside = (date: string) => date >= START && date <= END;

test('a plan never holds what may not be: days outside, empty items, leftovers without or before their dish', () => {
  holds(({ after }) => {
    if (after === null) return;
    const items = byId(after);
    expect(items.size).toBe(after.items.length);
    for (const item of after.items) {
      expect(isInside(item.date)).toBe(true);
      expect([item.recipeId, item.note, item.leftoverOfId].some(what => what !== null)).toBe(true);
      const dish = items.get(item.leftoverOfId ?? '');
      if (dish === undefined) continue;
      expect([dish.leftoverOfId, dish.date <= item.date]).toEqual([null, true]);
    }
    const days = after.skippedDays.map(({ date }) => date);
    expect(days).toEqual([...new Set(days)].toSorted());
    expect(days.every(isInside)).toBe(true);
  });
});

test('meals stand where they were put, one after the other, and the others stay where they are', () => {
  holds(({ command, before, after, index }) => {
    if (after === null) return;
    const model = slotsOf(before);
    const put = (item: { date: string; mealType: MealType }, id: string, place = Infinity): void => {
      const slot = (model[`${item.date} ${item.mealType}`] ??= []);
      slot.splice(Math.min(place, slot.length), 0, id);
    };
    const id = 'which' in command ? idOf(before, command.which) : `m${index}`;
    const item = byId(before).get(id);
    const without = (gone: (id: string) => boolean): void => {
      for (const [slot, ids] of Object.entries(model)) model[slot] = ids.filter(each => !gone(each));
    };
    if (command.act === 'add') put(command, id);
    if (command.act === 'remove') without(each => each === id || byId(before).get(each)?.leftoverOfId === id);
    if (command.act === 'change' && item !== undefined) {
      const there = { ...item, ...command.patch };
      const stays = there.date === item.date && there.mealType === item.mealType;
      without(each => each === id);
      put(there, id, command.patch.position ?? (stays ? item.position : Infinity));
    }
    const left = after.items.find(({ _id }) => _id === `m${index}`);
    if (command.act === 'cook' && left !== undefined) put(left, left._id);
    const filled = Object.fromEntries(Object.entries(model).filter(([, ids]) => ids.length > 0));
    expect(slotsOf(after)).toEqual(filled);
    for (const slot of Map.groupBy(after.items, each => `${each.date} ${each.mealType}`).values()) {
      expect(slot.map(({ position }) => position)).toEqual([...slot.keys()]);
    }
  });
});

test('a change touches the fields that it names, of the item that it names', () => {
  holds(({ command, before, after }) => {
    if (after === null || (command.act !== 'change' && command.act !== 'cook')) return;
    const id = idOf(before, command.which);
    const free = ({ position: _, ...item }: PlannedMeal) => item;
    const there = byId(after);
    for (const item of before.items) {
      const now = there.get(item._id);
      expect(now).toBeDefined();
      if (now === undefined) continue;
      if (command.act === 'cook') {
        const isLeft = item.leftoverOfId === id && command.leftoverServings !== null;
        expect({ ...free(now), cookedAt: null, servings: 0 }).toEqual({ ...free(item), cookedAt: null, servings: 0 });
        expect(now.cookedAt === null).toBe(item.cookedAt === null && item._id !== id);
        if (item.cookedAt !== null) expect(now.cookedAt).toEqual(item.cookedAt);
        if (!isLeft) expect(now.servings).toBe(item.servings);
      } else {
        const { position: _, ...named } = item._id === id ? command.patch : {};
        const isDish = named.recipeId != null;
        expect(free(now)).toEqual({ ...free(item), ...named, ...(isDish && { leftoverOfId: null }) });
      }
    }
  });
});

test('leftovers are planned once for a dish, for a day that is cooked on, after it', () => {
  holds(({ command, before, after, index }) => {
    if (command.act !== 'cook' || after === null) return;
    const left = byId(after).get(`m${index}`);
    if (left === undefined) return;
    const dish = byId(after).get(idOf(before, command.which));
    expect(before.items.filter(item => item.leftoverOfId === dish?._id)).toEqual([]);
    expect(left).toMatchObject({ leftoverOfId: dish?._id, servings: command.leftoverServings, cookedAt: null });
    expect(left.date > (dish?.date ?? END)).toBe(true);
    expect(before.skippedDays.map(({ date }) => date)).not.toContain(left.date);
    expect(
      daysOf(dish?.date ?? END, left.date)
        .slice(1, -1)
        .every(date => before.skippedDays.some(day => day.date === date)),
    ).toBe(true);
  });
});

test('a skipped day has the last reason that was given, until it is unskipped', () => {
  fc.assert(
    fc.property(anyCommands, commands => {
      const model = new Map<string, string | null>();
      live(commands, ({ command, after }) => {
        if (after === null) return;
        if (command.act === 'skip') model.set(command.date, command.reason ?? model.get(command.date) ?? null);
        if (command.act === 'unskip') model.delete(command.date);
        expect(new Map(after.skippedDays.map(({ date, reason }) => [date, reason]))).toEqual(model);
      });
    }),
    { numRuns: 1000 },
  );
});

test('what changes nothing answers the plan itself, so that nothing is said of it', () => {
  holds(({ before, after, command, index }) => {
    if (after === null) return;
    expect(after === before).toBe(isDeepStrictEqual(after, before));
    // a day that is skipped, or is not, is so once more
    if (command.act === 'skip' || command.act === 'unskip') expect(given(after, command, index)).toBe(after);
  });
});

test('what is refused says why, and only for a reason', () => {
  holds(({ command, before, code }) => {
    const dates = 'date' in command ? [command.date] : command.act === 'change' ? [command.patch.date ?? START] : [];
    const isKnown = !('which' in command) || byId(before).has(idOf(before, command.which));
    if (isKnown && !dates.every(isInside)) expect(code).toBe('DATE_OUTSIDE_PLAN');
    else if (command.act === 'skip' || command.act === 'unskip' || command.act === 'remove') expect(code).toBeNull();
    else expect([null, 'EMPTY_ITEM', 'INVALID_LEFTOVER', 'NO_DAY_FOR_LEFTOVERS']).toContain(code);
  });
});
