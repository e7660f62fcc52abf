import { recipeCopyCollection } from '@mealprep360/mealplans/models/recipe-copy';
import { quantile } from '../doors/turns.ts';
import { carrierName, type CarrierName } from '../events/messages.ts';
import { now } from '../events/now.ts';
import { openStage, type Play } from '../events/stage.ts';
import { median, ratio, type Figure, type Row } from '../figure.ts';
import { until } from '../parts/until.ts';

const ROUNDS = 3;
const PER_SECOND = 100;
const AT_ONCE = 16;
const SECONDS = 15;
/** of the rate that is meant; with less of it the figure says nothing */
const REACHED = 0.95;
const WARM_UP = 3;
const P99 = 500;

/** From the moment at which the owner's write was acknowledged to the one at which the copy is told to whoever watches. */
export const latency: Figure = {
  name: 'latency',
  about: `commit to copy at ${PER_SECOND} events/s for ${SECONDS} s, beside BullMQ and pub/sub (about 4 minutes)`,
  run: async (tell, signal) => {
    const stage = await openStage(signal);
    const taken = new Map<CarrierName, Measured[]>();
    try {
      for (let round = 0; round < ROUNDS; round++) {
        for (const carrier of inTurns(round)) {
          const measured = await stage.give(carrier, play => measure(play, signal));
          const { p50, p99, rate } = measured;
          tell(`${carrier}, ${round + 1} of ${ROUNDS}: p50 ${ms(p50)}, p99 ${ms(p99)} at ${rate.toFixed(0)} events/s`);
          taken.set(carrier, [...(taken.get(carrier) ?? []), measured]);
        }
      }
    } finally {
      await stage.stop();
    }
    const middle: Middle = (carrier, what) => median((taken.get(carrier) ?? []).map(measured => measured[what]));
    return [
      rowOf('p50', middle),
      { ...rowOf('p99', middle), bar: `≤ ${P99} ms`, holds: middle('ours', 'p99') <= P99 },
      {
        what: '  the rate that was reached',
        value: carrierName.options.map(rateOf(middle)).join('; '),
        bar: `≥ ${REACHED * PER_SECOND}`,
        holds: middle('ours', 'rate') >= REACHED * PER_SECOND,
      },
    ];
  },
};

interface Measured {
  p50: number;
  p99: number;
  /** events/s that were really sent: fewer where the machine had other things to do */
  rate: number;
}
type Middle = (carrier: CarrierName, what: keyof Measured) => number;

const ms = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`;
const rateOf = (middle: Middle) => (name: CarrierName) => `${name} ${middle(name, 'rate').toFixed(0)} events/s`;

/** All carriers; another one first in each round. */
export function inTurns(round: number): CarrierName[] {
  const all = carrierName.options;
  return all.map((_, index) => all[(index + round) % all.length] ?? 'ours');
}

function rowOf(part: 'p50' | 'p99', middle: Middle): Row {
  const mine = middle('ours', part);
  const others = carrierName.options.filter(name => name !== 'ours');
  const beside = others.map(name => `${name} ${ms(middle(name, part))}: ${ratio(mine, middle(name, part))}`);
  return { what: `commit to copy at ${PER_SECOND} events/s, ${part}`, value: [ms(mine), ...beside].join('; ') };
}

async function measure(play: Play, signal: AbortSignal): Promise<Measured> {
  const sender = await play.sender();
  await play.receiver();
  const seen = new Map<string, number>();
  const changes = play.copies
    .raw(recipeCopyCollection)
    .watch([{ $match: { operationType: 'insert' } }, { $project: { documentKey: 1 } }]);
  changes.on('change', change => {
    if ('documentKey' in change) seen.set(change.documentKey._id, now());
  });
  try {
    const order = { perSecond: PER_SECOND, atOnce: AT_ONCE };
    await sender.send({ count: WARM_UP * PER_SECOND, ...order });
    const { handed, refused, perSecond } = await sender.send({ count: SECONDS * PER_SECOND, ...order });
    if (refused > 0) throw new Error(`${refused} were refused without a fault`);
    await until('all copies are there', () => handed.every(([id]) => seen.has(id)), { seconds: 60, signal });
    const times = handed.map(([id, at]) => (seen.get(id) ?? NaN) - at);
    return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), rate: perSecond };
  } finally {
    await changes.close();
  }
}
