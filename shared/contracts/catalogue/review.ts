import { isDeepStrictEqual } from 'node:util';
import type { AnyCommandDefinition } from '../src/commands.ts';
import type { AnyEventDefinition } from '../src/define.ts';
import { envelope } from '../src/envelope.ts';
import { breaksBetween } from './compatibility.ts';
import { jsonSchemaOf, type JsonSchema } from './json-schema.ts';

/** The golden files: what was promised, and events as they were written under each promise. */
export interface Golden {
  /** `DaySkipped.v1`, `ValidateUser.command` or `envelope` → its schema */
  schemas: ReadonlyMap<string, JsonSchema>;
  /** `DaySkipped.v1` → what is special about it → an envelope */
  examples: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

/** All that the code of today says and reads. */
export interface Contracts {
  events: readonly AnyEventDefinition[];
  commands: readonly AnyCommandDefinition[];
}

export interface Review {
  /** what must be mended by hand, one sentence each, with how */
  problems: string[];
  /** schemas that are promised now and not yet, or not all of it, in the golden files */
  promises: Map<string, JsonSchema>;
}

/** Holds the contracts to the golden files. */
export function review(golden: Golden, contracts: Contracts): Review {
  const promises = new Map<string, JsonSchema>();
  const hold = (name: string, now: JsonSchema, remedy: string): string[] => {
    const before = golden.schemas.get(name);
    const breaks = before === undefined ? [] : breaksBetween(before, now);
    if (breaks.length === 0 && !isDeepStrictEqual(before, now)) promises.set(name, now);
    return breaks.map(fault => `${name} is not what was promised: ${fault}. ${remedy}`);
  };
  const problems = [
    ...hold(
      'envelope',
      jsonSchemaOf(envelope),
      'All that was ever said stands in such envelopes: add, and change nothing.',
    ),
    ...contracts.events.flatMap(definition => {
      const { type, schemaVersion: version, schema } = definition;
      const remedy = `Declare version ${version + 1}: give defineEvent an upcaster from version ${version}, leave the golden files of it as they are.`;
      return [...hold(`${type}.v${version}`, jsonSchemaOf(schema), remedy), ...pastFaults(golden, definition)];
    }),
    ...contracts.commands.flatMap(command => {
      const remedy = 'Give it another name, and do the old one until no saga asks for it.';
      return hold(`${command.name}.command`, jsonSchemaOfCommand(command), remedy);
    }),
    ...orphans(golden, contracts),
  ];
  // a command that many services do is held once for each
  return { problems: [...new Set(problems)], promises };
}

/** What a command asks and answers, as the two fields of one schema. */
const jsonSchemaOfCommand = ({ input, reply }: AnyCommandDefinition): JsonSchema => ({
  type: 'object',
  properties: { input: jsonSchemaOf(input), reply: jsonSchemaOf(reply) },
  required: ['input', 'reply'],
});

function pastFaults(golden: Golden, definition: AnyEventDefinition): string[] {
  const { type, schemaVersion } = definition;
  return Array.from({ length: schemaVersion }, (_, index) => index + 1).flatMap(version => {
    const name = `${type}.v${version}`;
    const examples = Object.entries(golden.examples.get(name) ?? {});
    const isLost = version < schemaVersion && !golden.schemas.has(name);
    return [
      ...(isLost ? [`golden/${name}.schema.json is missing: take it back from the version control.`] : []),
      ...(examples.length === 0 ? [`golden/${name}.json is missing: write down events of this version in it.`] : []),
      ...examples.flatMap(([special, example]) => exampleFaults(definition, version, `${name} (${special})`, example)),
    ];
  });
}

function exampleFaults(definition: AnyEventDefinition, version: number, name: string, example: unknown): string[] {
  try {
    const event = envelope.parse(example);
    definition.read(event);
    const isOf = event.schemaVersion === version && event.aggregateType === definition.aggregateType;
    return isOf ? [] : [`${name} is of another version or aggregate than its file says.`];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [`${name} can no longer be read, and the log holds such events: ${reason}`];
  }
}

/** What was promised once, and nobody here declares any more. */
function orphans({ schemas, examples }: Golden, { events, commands }: Contracts): string[] {
  const declared = new Set([
    'envelope',
    ...commands.map(({ name }) => `${name}.command`),
    ...events.flatMap(({ type, schemaVersion }) =>
      Array.from({ length: schemaVersion }, (_, index) => `${type}.v${index + 1}`),
    ),
  ]);
  return [...new Set([...schemas.keys(), ...examples.keys()])]
    .filter(name => !declared.has(name))
    .map(name => `${name} stands in golden/, and no code reads it: the log holds such events, keep its declaration.`);
}
