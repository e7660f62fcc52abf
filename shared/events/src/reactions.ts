import type { AnyEventDefinition, DataOf } from '@mealprep360/contracts/define';
import type { DomainEvent, Envelope } from '@mealprep360/contracts/envelope';
import { speakers, type Speaker } from '@mealprep360/contracts/speakers';

/** What a room does when another one said something: in one transaction with its checkpoint, so exactly once. */
export type Reaction<Data, Work> = (event: DomainEvent<Data>, work: Work) => Promise<unknown>;

type Said<Name extends Speaker> = (typeof speakers)[Name];
type Table<Name extends Speaker, Work> = { [Type in keyof Said<Name>]?: Reaction<DataOf<Said<Name>[Type]>, Work> };

/** A room's reactions to one aggregate of one speaker. */
export interface Reactions<Work> {
  speaker: Speaker;
  /** by event type; each reads the envelope by its contract (any past schema version) before it reacts */
  byType: ReadonlyMap<string, (event: Envelope, work: Work) => Promise<unknown>>;
  /** whether what they write may wait until somebody is to read it */
  onlyKeeps?: boolean;
}

/** Declares reactions, typed by what the speaker says: `reactions<Work>()('recipes', { RecipeCreated: keepRecipe })`. */
export const reactions =
  <Work>() =>
  <Name extends Speaker>(speaker: Name, table: Table<Name, Work>): Reactions<Work> => {
    const definitions: Readonly<Record<string, Pick<AnyEventDefinition, 'read'>>> = speakers[speaker];
    const read = (type: string, event: Envelope): DomainEvent => {
      const definition = definitions[type];
      if (definition === undefined) throw new Error(`${speaker} says no ${type}`);
      return definition.read(event);
    };
    const byType = Object.entries(table).map(
      ([type, react]) =>
        [type, (event: Envelope, work: Work) => (react as Reaction<unknown, Work>)(read(type, event), work)] as const,
    );
    return { speaker, byType: new Map(byType) };
  };
