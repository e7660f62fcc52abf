import { startHouse, type House } from '@mealprep360/dev-env/house';
import { freePortBase } from '@mealprep360/dev-env/ports';
import { readRooms } from '@mealprep360/dev-env/rooms';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signUp } from '../journeys/client.ts';
import { furnish } from './belongings.ts';
import { tableOf, writeTable, writtenTable, type Row } from './loss-table.ts';
import { differences } from './losses.ts';
import { operationsOf, type Asked, type Operation } from './operations.ts';

const services = (await readRooms(process.cwd())).map(({ name }) => name);
const parts = services.flatMap(service => [
  { service, process: service, part: service },
  { service, process: `mongodb-${service}`, part: `the database of ${service}` },
]);
/** stopped, killed, hung */
const ends = ['SIGTERM', 'SIGKILL', 'SIGSTOP'] as const;

const data = mkdtempSync(join(tmpdir(), 'mealprep360-dead-parts-'));
let house: House;
let operations: Operation[];
let healthy: unknown[];
const rows: Row[] = [];

beforeAll(async () => {
  house = await startHouse({ portBase: await freePortBase(), data, isolate: true });
}, 240_000);

afterAll(async () => {
  await house.stop();
  rmSync(data, { recursive: true, force: true });
}, 60_000);

const askAll = () => Promise.all(operations.map(operation => operation.ask()));

/** The answers when nothing fails and nothing is still on its way. */
async function settledAnswers(): Promise<unknown[]> {
  let last: unknown[] = [];
  await expect
    .poll(
      async () => {
        const before = last;
        const answers = await askAll();
        last = answers.map(answer => answer.data);
        return [answers.flatMap(({ errors }) => errors), differences(before, last)];
      },
      { timeout: 30_000 },
    )
    .toEqual([[], { lost: [], changed: [] }]);
  return last;
}

const missing = async () => {
  const answers = await askAll();
  return differences(
    healthy,
    answers.map(answer => answer.data),
  );
};

const pidOf = (process: string) => house.run()?.processes.find(({ name }) => name === process)?.pid;

/** What is lost by operation; fails where that is more than the service owns, or where an error tells of the inside. */
function lossesOf(answers: Asked[], service: string): Row['lost'] {
  const lost: Row['lost'] = {};
  operations.forEach(({ name, owners }, index) => {
    const answer = answers[index];
    const difference = differences(healthy[index], answer?.data);
    const beyond = difference.lost.filter(field => owners.get(field)?.has(service) !== true);
    expect({ name, beyond, changed: difference.changed }).toEqual({ name, beyond: [], changed: [] });
    if (difference.lost.length > 0) expect(answer?.errors).not.toEqual([]);
    if (answer?.named !== undefined) expect(answer.named).toEqual(difference.lost);
    expect(JSON.stringify(answer?.errors)).not.toMatch(
      /mongo|redis|mealprep360_|127\.0\.0\.1|localhost|ECONN|EPIPE|socket|at .*\.ts/i,
    );
    lost[name] = difference.lost;
  });
  return lost;
}

it('Ana has something in each room, and everything answers', { timeout: 180_000 }, async () => {
  const person = await signUp(house.graph, 'Ana', 'UTC');
  operations = operationsOf(person, house.bff, await furnish(person));
  healthy = await settledAnswers();
});

describe('a dead part takes with it what its service owns, nothing else', () => {
  it.each(parts)('$part', { timeout: 180_000 }, async ({ service, process, part }) => {
    const losses: Row['lost'][] = [];
    for (const end of ends) {
      house.hold(process, end);
      try {
        if (end !== 'SIGSTOP') await expect.poll(() => pidOf(process), { interval: 20 }).toBeNull();
        lossesOf(await askAll(), service);
        // now it is known to be away
        losses.push(lossesOf(await askAll(), service));
      } finally {
        house.release(process);
      }
      await expect.poll(missing, { timeout: 60_000, interval: 100 }).toEqual({ lost: [], changed: [] });
    }
    const [lost = {}, ...same] = losses;
    expect(same).toEqual([lost, lost]);
    rows.push({ part, lost });
  });

  it('which the README tells', () => {
    const table = tableOf(
      operations.map(({ name }) => name),
      rows,
    );
    if (process.env.UPDATE === 'true') writeTable(table);
    expect(writtenTable()).toBe(table);
  });
});
