import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { bullmq } from './bullmq.ts';
import type { Carrier, Sender } from './carrier.ts';
import { order, setting, type CarrierName, type SendOrder, type Sent } from './messages.ts';
import { ours } from './ours.ts';
import { pubSub } from './pub-sub.ts';
import { aRecipe } from './recipe.ts';

// One side of a carrier in a process of its own. Its parent tells it which, gives it orders, and ends it.

const carriers: Record<CarrierName, Carrier> = { ours, BullMQ: bullmq, 'pub/sub': pubSub };

// whatever ends the parent ends this
process.once('disconnect', () => process.exit());
const told: unknown[] = await once(process, 'message');
const { side, carrier, place } = setting.parse(told[0]);
const obey = side === 'sender' ? await asSender() : await asReceiver();
process.on('message', message => {
  obey(message).then(
    answer => process.send?.(answer),
    (error: unknown) => process.send?.({ error: error instanceof Error ? (error.stack ?? '') : String(error) }),
  );
});
process.send?.({ ready: true });

async function asSender(): Promise<(message: unknown) => Promise<object>> {
  const sender = await carriers[carrier].sender(place);
  return message => {
    const asked = order.parse(message);
    if (!('send' in asked)) throw new Error('a sender only sends');
    return sendAll(sender, asked.send);
  };
}

async function asReceiver(): Promise<(message: unknown) => Promise<object>> {
  const { rebuild } = await carriers[carrier].receiver(place);
  return async () => {
    if (rebuild === undefined) throw new Error(`${carrier} has no history to rebuild a copy from`);
    return { perSecond: await rebuild() };
  };
}

/** Each is sent at its time while others are under way, but never more than a service has connections. */
async function sendAll(sender: Sender, { count, perSecond = Infinity, atOnce }: SendOrder): Promise<Sent> {
  const result: Sent = { handed: [], refused: 0, perSecond: NaN };
  const began = performance.now();
  let next = 0;
  const work = async (): Promise<void> => {
    for (let nth = next++; nth < count; nth = next++) {
      const early = began + (1000 * nth) / perSecond - performance.now();
      if (early > 0) await pause(early);
      const recipe = aRecipe();
      try {
        result.handed.push([recipe.id, await sender.send(recipe)]);
      } catch {
        result.refused += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { ...result, perSecond: count / ((performance.now() - began) / 1000) };
}
