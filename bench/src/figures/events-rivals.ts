import { setTimeout as pause } from 'node:timers/promises';
import { carrierName, type CarrierName } from '../events/messages.ts';
import { openStage, type Play } from '../events/stage.ts';
import { median, ratio, type Figure, type Row } from '../figure.ts';
import { inTurns } from './events-latency.ts';

const ROUNDS = 3;
const EVENTS = 10_000;
const AT_ONCE = 16;
/** so long Redis is away when it is killed */
const AWAY = 1000;
/** after so many seconds without a new copy none is expected any more; a job that stalled is tried again after 30 s */
const PATIENCE: Record<CarrierName, number> = { ours: 45, BullMQ: 45, 'pub/sub': 5 };

/** Sends the events, with something going wrong meanwhile or not; resolves with how many were refused. */
type Course = (play: Play) => Promise<number>;

const courses = { healthy, consumerDown, redisKilled } satisfies Record<string, Course>;
type CourseName = keyof typeof courses;
const titles: Record<CourseName, string> = {
  healthy: 'nothing goes wrong',
  consumerDown: 'the consumer is killed and away for half of them',
  redisKilled: 'Redis is killed midway and starts empty',
};

interface Outcome {
  perSecond: number;
  lost: number;
  refused: number;
}

/** The same events, each with one write on both sides, carried by us and by others. */
export const rivals: Figure = {
  name: 'rivals',
  about: `${EVENTS} events by us, by BullMQ and by pub/sub: events/s, and what each lost (about 12 minutes)`,
  run: async (tell, signal) => {
    const stage = await openStage(signal);
    const outcomes = new Map<string, Outcome[]>();
    const give = async (course: CourseName, carrier: CarrierName) => {
      const outcome = await stage.give(carrier, play => run(play, course, carrier, signal));
      tell(`${carrier}, ${titles[course]}: ${outcome.perSecond.toFixed(0)} events/s, ${outcome.lost} lost`);
      outcomes.set(`${course} ${carrier}`, [...(outcomes.get(`${course} ${carrier}`) ?? []), outcome]);
    };
    try {
      for (let round = 0; round < ROUNDS; round++) {
        for (const carrier of inTurns(round)) await give('healthy', carrier);
      }
      for (const course of ['consumerDown', 'redisKilled'] as const) {
        for (const carrier of carrierName.options) await give(course, carrier);
      }
    } finally {
      await stage.stop();
    }
    const of = (course: CourseName, carrier: CarrierName) => outcomes.get(`${course} ${carrier}`) ?? [];
    return [
      rateRow(carrier => median(of('healthy', carrier).map(({ perSecond }) => perSecond))),
      ...(['healthy', 'consumerDown', 'redisKilled'] as const).map(course =>
        lossRow(titles[course], carrier => worst(of(course, carrier))),
      ),
    ];
  },
};

const others = carrierName.options.filter(name => name !== 'ours');

function rateRow(rate: (carrier: CarrierName) => number): Row {
  const beside = others.map(name => `${name} ${rate(name).toFixed(0)}: ${ratio(rate(name), rate('ours'))}`);
  return { what: 'events/s, a write on both sides', value: [rate('ours').toFixed(0), ...beside].join('; ') };
}

function lossRow(title: string, lost: (carrier: CarrierName) => number): Row {
  const beside = others.map(name => `${name} ${lost(name)}`);
  return {
    what: `lost of ${EVENTS}: ${title}`,
    value: [lost('ours'), ...beside].join('; '),
    bar: '0 of ours',
    holds: lost('ours') === 0,
  };
}

const worst = (outcomes: readonly Outcome[]): number => Math.max(...outcomes.map(({ lost }) => lost));

async function run(play: Play, course: CourseName, carrier: CarrierName, signal: AbortSignal): Promise<Outcome> {
  const began = performance.now();
  const refused = await courses[course](play);
  const { count, ended } = await untilSettled(play, PATIENCE[carrier], signal);
  return { perSecond: count / ((ended - began) / 1000), lost: EVENTS - count, refused };
}

/** Waits for all copies, or until none has come for a while. */
async function untilSettled({ count }: Play, patience: number, signal: AbortSignal) {
  let known = { count: await count(), ended: performance.now() };
  while (known.count < EVENTS && performance.now() - known.ended < patience * 1000) {
    await pause(20, undefined, { signal });
    const there = await count();
    if (there > known.count) known = { count: there, ended: performance.now() };
  }
  return known;
}

async function healthy({ sender, receiver }: Play): Promise<number> {
  const [from] = [await sender(), await receiver()];
  return (await from.send({ count: EVENTS, atOnce: AT_ONCE })).refused;
}

async function consumerDown({ sender, receiver }: Play): Promise<number> {
  const [from, to] = [await sender(), await receiver()];
  const before = await from.send({ count: EVENTS / 4, atOnce: AT_ONCE });
  to.kill('SIGKILL');
  const meanwhile = await from.send({ count: EVENTS / 2, atOnce: AT_ONCE });
  await receiver();
  const after = await from.send({ count: EVENTS / 4, atOnce: AT_ONCE });
  return before.refused + meanwhile.refused + after.refused;
}

async function redisKilled({ sender, receiver, killRedis }: Play): Promise<number> {
  const [from] = [await sender(), await receiver()];
  const before = await from.send({ count: EVENTS / 2, atOnce: AT_ONCE });
  const rest = from.send({ count: EVENTS / 2, atOnce: AT_ONCE });
  // while some are under way
  await pause(500);
  await killRedis(AWAY);
  return before.refused + (await rest).refused;
}
