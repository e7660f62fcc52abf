import { commands } from '../src/commands.ts';
import { speakers } from '../src/speakers.ts';
import type { AnyEventDefinition } from '../src/define.ts';
import type { Contracts } from './review.ts';

/** Each speaker with what it says. */
export const sayings: readonly (readonly [speaker: string, events: readonly AnyEventDefinition[]])[] = Object.entries(
  speakers,
).map(([speaker, said]) => [speaker, Object.values<AnyEventDefinition>(said)]);

/** All events, each once however many services say it, and all commands. */
export const contracts: Contracts = {
  events: [...new Map(sayings.flatMap(([, events]) => events.map(event => [event.type, event] as const))).values()],
  commands,
};
