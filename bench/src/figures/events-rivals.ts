import { setTimeout as pause } from 'node:timers/promises';
import { carrierName, type CarrierName } from '../events/messages.ts';
import { openStage, type Play, type Side } from '../events/stage.ts';
import { median, ratio, type Figure, type Row } from '../figure.ts';
import { inTurns } from './events-latency.ts';

const ROUNDS = 3;
const EVENTS = 5000;
const AT_ONCE = 16;
/** so many milliseconds Redis is away when it is killed */
const AWAY = 1000;
/** after so many seconds without a new copy none is expected any more */
const PATIENCE: Record<CarrierName, number> = { ours: 20, BullMQ: 15, 'pub/sub': 5 };

type Sides = readonly [sender: Side, receiver: Side];

/** Sends the events, with something going wrong meanwhile or not; resolves with how many were refused. */
type Course = (play: Play, sides: Sides) => Promise<number>;

const courses = {
  'nothing goes wrong': healthy,
  'the consumer is killed, and away for half of them': consumerDown,
  'Redis is killed midway, and comes back with its disk': (play, sides) => redisKilled(play, sides, 'whole'),
  'Redis is killed midway, and comes back empty': (play, sides) => redisKilled(play, sides, 'empty'),
} satisfies Record<string, Course>;
type CourseName = keyof typeof courses;
const courseNames = Object.keys(courses) as CourseName[];

interface Outcome {
  /** from the first that was sent to the last copy */
  perSecond: number;
  /** the owner has them, and there is no copy */
  lost: number;
  /** of which the sender was told so */
  refused: number;
}

/** The same events, each with one write on both sides, carried by us and by others. */
export const rivals: Figure = {
  name: 'rivals',
  about: `${EVENTS} events by us, by BullMQ and by pub/sub: events/s, and what each lost (about 8 minutes)`,
  run: async (tell, signal) => {
    const stage = await openStage(signal);
    const outcomes = new Map<string, Outcome[]>();
    const give = async (course: CourseName, carrier: CarrierName) => {
      const outcome = await stage.give(carrier, play => run(play, course, carrier, signal));
      tell(`${carrier}, ${course}: ${outcome.perSecond.toFixed(0)} events/s, ${outcome.lost} lost`);
      outcomes.set(`${course} ${carrier}`, [...(outcomes.get(`${course} ${carrier}`) ?? []), outcome]);
    };
    try {
      for (let round = 0; round < ROUNDS; round++) {
        for (const course of courseNames) for (const carrier of inTurns(round)) await give(course, carrier);
      }
    } finally {
      await stage.stop();
    }
    const of = (course: CourseName, carrier: CarrierName) => outcomes.get(`${course} ${carrier}`) ?? [];
    return [
      rateRow(carrier => median(of('nothing goes wrong', carrier).map(({ perSecond }) => perSecond))),
      ...courseNames.map(course => lossRow(course, carrier => of(course, carrier))),
    ];
  },
};

const others = carrierName.options.filter(name => name !== 'ours');

function rateRow(rate: (carrier: CarrierName) => number): Row {
  const beside = others.map(name => `${name} ${rate(name).toFixed(0)}: ${ratio(rate(name), rate('ours'))}`);
  return { what: 'events/s, a write on both sides', value: [rate('ours').toFixed(0), ...beside].join('; ') };
}

function lossRow(course: CourseName, of: (carrier: CarrierName) => Outcome[]): Row {
  const told = (name: CarrierName): string => {
    const refused = of(name).reduce((all, outcome) => all + outcome.refused, 0);
    return `${lostIn(of(name))}${refused > 0 ? ` (${refused} refused)` : ''}`;
  };
  return {
    what: `lost of ${ROUNDS} × ${EVENTS}: ${course}`,
    value: [told('ours'), ...others.map(name => `${name} ${told(name)}`)].join('; '),
    bar: '0 of ours',
    holds: lostIn(of('ours')) === 0,
  };
}

const lostIn = (outcomes: readonly Outcome[]): number => outcomes.reduce((all, { lost }) => all + lost, 0);

async function run(play: Play, course: CourseName, carrier: CarrierName, signal: AbortSignal): Promise<Outcome> {
  const sides = [await play.sender(), await play.receiver()] as const;
  const began = performance.now();
  const refused = await courses[course](play, sides);
  const { count, ended } = await untilSettled(play, PATIENCE[carrier], signal);
  return { perSecond: count / ((ended - began) / 1000), lost: await play.lost(), refused };
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

async function healthy(_: Play, [from]: Sides): Promise<number> {
  return (await from.send({ count: EVENTS, atOnce: AT_ONCE })).refused;
}

async function consumerDown({ receiver }: Play, [from, to]: Sides): Promise<number> {
  const before = await from.send({ count: EVENTS / 4, atOnce: AT_ONCE });
  to.kill('SIGKILL');
  const meanwhile = await from.send({ count: EVENTS / 2, atOnce: AT_ONCE });
  await receiver();
  const after = await from.send({ count: EVENTS / 4, atOnce: AT_ONCE });
  return before.refused + meanwhile.refused + after.refused;
}

async function redisKilled({ killRedis }: Play, [from]: Sides, comesBack: 'whole' | 'empty'): Promise<number> {
  const before = await from.send({ count: EVENTS / 2, atOnce: AT_ONCE });
  const rest = from.send({ count: EVENTS / 2, atOnce: AT_ONCE });
  // while some are under way
  await pause(500);
  await killRedis(AWAY, comesBack);
  return before.refused + (await rest).refused;
}
