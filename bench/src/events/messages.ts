import { z } from 'zod';
import { place } from './carrier.ts';

export const carrierName = z.enum(['ours', 'BullMQ', 'pub/sub']);
export type CarrierName = z.infer<typeof carrierName>;

/** What a side is told first. */
export const setting = z.object({ side: z.enum(['sender', 'receiver']), carrier: carrierName, place });

/** Sends so many recipes: so many in a second at most, and at most so many under way. */
export const sendOrder = z.object({
  count: z.int(),
  perSecond: z.number().optional(),
  atOnce: z.int(),
});
export type SendOrder = z.infer<typeof sendOrder>;
export const order = z.union([z.object({ send: sendOrder }), z.object({ rebuild: z.literal(true) })]);

/** The ids of what was handed over with the moments at which each was written, how many were refused, and the rate. */
export const sent = z.object({
  handed: z.array(z.tuple([z.string(), z.number()])),
  refused: z.int(),
  perSecond: z.number(),
});
export type Sent = z.infer<typeof sent>;

export const rebuilt = z.object({ perSecond: z.number() });
