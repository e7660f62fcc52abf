import fc from 'fast-check';
import { expect, test } from 'vitest';
import { here, saga, unfinished } from '../../src/saga.ts';
import { begun, move } from '../../src/saga-engine.ts';
import { anySaga, anyTurns, keepers, live, type DrawnSaga, type DrawnStep, type Life } from './saga-world.ts';

// Any saga, moved in any order that faults can bring about: answers that come late, twice or not before the deadline,
// participants that refuse, transactions that are lost before they commit. Whatever happens, it ends as it should.

const holds = (check: (life: Life, drawn: DrawnSaga) => void) =>
  fc.assert(
    fc.asyncProperty(anySaga, anyTurns, async (drawn, turns) => {
      check(await live(drawn, turns), drawn);
    }),
    { numRuns: 1000 },
  );

const deedsOf = (step: DrawnStep, index: number): string[] => {
  if (step.kind === 'all') return keepers.map(keeper => `do ${index} ${keeper}`);
  return step.kind === 'here' || step.isWanted ? [`do ${index}`] : [];
};

test('every saga ends, with a reason when it came to nothing, and waits for nobody any more', () =>
  holds(({ row, versions }) => {
    expect(['COMPLETED', 'COMPENSATED']).toContain(row.state);
    expect(row.undoing).toEqual([]);
    expect(row.failure === null).toBe(row.state === 'COMPLETED');
    expect(versions).toEqual(versions.map((_, index) => index + 1));
    expect(row.version).toBe(versions.length);
  }));

test('sagas are drawn that end in each way, so that what is said here of an end is said of many', async () => {
  const ends = { COMPLETED: 0, NO: 0, DEADLINE: 0, 'several undone': 0 };
  await holds(({ row, saidBack }) => {
    if (row.state === 'COMPLETED') ends.COMPLETED += 1;
    if (row.failure?.code === 'NO') ends.NO += 1;
    if (row.failure?.code === 'DEADLINE') ends.DEADLINE += 1;
    if (saidBack.length > 1) ends['several undone'] += 1;
  });
  expect(Math.min(...Object.values(ends)), JSON.stringify(ends)).toBeGreaterThan(10);
});

test('a saga that is completed has done each of its steps once, and taken none back', () =>
  holds(({ row, deeds }, { steps }) => {
    if (row.state === 'COMPLETED') expect(deeds.toSorted()).toEqual(steps.flatMap(deedsOf).toSorted());
  }));

test('steps are done one after the other: only what is told, or asked of many, is not waited for', () =>
  holds(({ deeds }, { steps }) => {
    const inTurn = deeds.filter(deed => deed.startsWith('do')).map(deed => parseInt(deed.slice(3)));
    const awaited = inTurn.filter(index => steps[index]?.kind !== 'tell');
    expect(awaited).toEqual(awaited.toSorted((one, other) => one - other));
  }));

test('a saga that came to nothing has taken back once each step that it did, after it was done', () =>
  holds(({ row, deeds, times }, { steps, pivot }) => {
    if (row.state !== 'COMPENSATED') return;
    steps.forEach(({ hasUndo }, index) => {
      expect(times(`do ${index}`)).toBeLessThanOrEqual(index < pivot ? 1 : 0);
      expect(times(`undo ${index}`)).toBe(hasUndo ? times(`do ${index}`) : 0);
      expect(deeds.indexOf(`do ${index}`)).toBeLessThanOrEqual(
        deeds.indexOf(`undo ${index}`) + (hasUndo ? 0 : Infinity),
      );
    });
  }));

test('what is taken back is taken back from the last step to the first, each said once', () =>
  holds(({ saidBack }) => {
    expect(saidBack).toEqual([...new Set(saidBack)].toSorted((one, other) => other - one));
  }));

test('nothing is taken back after the pivot, and nothing that stands behind it is done before it', () =>
  holds(({ row, deeds, saidBack, times }, { pivot }) => {
    if (times(`do ${pivot}`) > 0) expect([row.state, saidBack]).toEqual(['COMPLETED', []]);
    const behind = deeds.findIndex(deed => deed.startsWith('do') && parseInt(deed.slice(3)) > pivot);
    if (behind >= 0) expect(deeds.slice(0, behind)).toContain(`do ${pivot}`);
  }));

test('a saga comes to nothing when a step of it is refused, and else only when its time is over', () =>
  holds(({ row }, { steps, pivot, within, perStep }) => {
    const mayRefuse = steps.slice(0, pivot + 1).filter(step => step.kind === 'here' || step.isWanted);
    if (mayRefuse.some(step => step.isRefused)) expect(row.state).toBe('COMPENSATED');
    // a refusal behind the pivot is one before it when both are done in one transaction
    else if (steps.some(({ trouble }) => trouble.includes('refused'))) return;
    else if (within === null && perStep === null) expect(row.state).toBe('COMPLETED');
  }));

test('a step that stands before the pivot, or is it, is done in one go', async () => {
  const parts = saga('Parts', { within: null, perStep: null }, [
    here('prepare', () => Promise.resolve(unfinished), { pivot: true }),
  ]);
  const actor = { userId: null, correlationId: 'c', causationId: null, traceparent: null };
  const work = { now: new Date(0), emit: () => undefined };
  const row = begun(parts, { id: 's', input: null }, { ...work, actor });
  await expect(move(row, parts, work)).rejects.toThrow('prepare stands before the pivot, or is it');
});
