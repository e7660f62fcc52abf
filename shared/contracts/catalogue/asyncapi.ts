import { stringify } from 'yaml';
import { attributeOf } from '../src/cloud-event.ts';
import { CommandAnswered, CommandRequested, type AnyCommandDefinition } from '../src/commands.ts';
import type { AnyEventDefinition } from '../src/define.ts';
import { envelope, PARTITIONS } from '../src/envelope.ts';
import { jsonSchemaOf, type JsonSchema } from './json-schema.ts';
import type { Golden } from './review.ts';

const description = `What the services of MealPrep360 say to each other.

A service says its events in the streams of its own channel, and nobody else writes there; whoever may read its history
reads them, too. An entry has the id \`<seq>-0\` and one field \`event\`: the envelope as JSON. An event that is of an
erased aggregate has \`erased: true\` and no data. What is no longer in a stream is read from the owner's history.
Commands of sagas and their answers are events with \`to\`.

Made from the zod schemas by \`pnpm run asyncapi\`; not to be edited.`;

type Sayings = readonly (readonly [speaker: string, events: readonly AnyEventDefinition[]])[];

/** The AsyncAPI 3.0 document of what services say, in all versions, and of the commands that their sagas give. */
export function asyncapi(sayings: Sayings, commands: readonly AnyCommandDefinition[], golden: Golden): JsonSchema {
  const events = [...new Set(sayings.flatMap(([, said]) => said))];
  const versions = events.flatMap(event => versionsOf(event, golden));
  return {
    asyncapi: '3.0.0',
    info: { title: 'MealPrep360 events', version: '1.0.0', license: { name: 'MIT' }, description },
    defaultContentType: 'application/json',
    servers: {
      redis: {
        host: '{host}:{port}',
        protocol: 'redis',
        description: 'Redis Streams, of REDIS_URL',
        variables: { host: { default: '127.0.0.1' }, port: { default: '6379' } },
      },
    },
    channels: Object.fromEntries(sayings.map(([speaker, said]) => [speaker, channel(speaker, said, commands, golden)])),
    operations: {
      ...Object.fromEntries(sayings.map(([speaker, said]) => [`${speaker}.says`, saying(speaker, said, golden)])),
      ...Object.fromEntries(commands.map(command => [askName(command), asking(command)])),
    },
    components: {
      messages: {
        ...Object.fromEntries(versions.map(version => [version.name, eventMessage(version, golden)])),
        ...Object.fromEntries(commands.map(command => [askName(command), requestMessage(command)])),
        ...Object.fromEntries(commands.map(command => [answerName(command), answerMessage(command)])),
      },
      schemas: {
        envelope: jsonSchemaOf(envelope),
        ...Object.fromEntries(versions.map(({ name, schema }) => [name, schema])),
        ...Object.fromEntries(commands.flatMap(schemasOf)),
      },
    },
    'x-cloudevents': {
      specversion: '1.0',
      source: 'urn:mealprep360:<speaker>',
      type: 'mealprep360.<eventType>',
      attributes: attributeOf,
    },
  };
}

/** A document as its file holds it. */
export const yamlOf = (document: JsonSchema): string =>
  stringify(document, { lineWidth: 120, aliasDuplicateObjects: false });

interface Version {
  name: string;
  event: AnyEventDefinition;
  version: number;
  schema: JsonSchema;
}

/** The newest one from the code, the ones before from what was promised. */
const versionsOf = (event: AnyEventDefinition, golden: Golden): Version[] =>
  Array.from({ length: event.schemaVersion }, (_, index) => {
    const version = index + 1;
    const name = `${event.type}.v${version}`;
    const isCurrent = version === event.schemaVersion;
    return { name, event, version, schema: isCurrent ? jsonSchemaOf(event.schema) : (golden.schemas.get(name) ?? {}) };
  });

const askName = ({ from, to, name }: AnyCommandDefinition) => `${from}.asks.${to}.${name}`;
const answerName = ({ from, to, name }: AnyCommandDefinition) => `${to}.answers.${from}.${name}`;

const messageRef = (name: string) => ({ $ref: `#/components/messages/${name}` });
const schemaRef = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const inChannel = (speaker: string, name: string) => ({ $ref: `#/channels/${speaker}/messages/${name}` });

function channel(
  speaker: string,
  said: readonly AnyEventDefinition[],
  commands: readonly AnyCommandDefinition[],
  golden: Golden,
): JsonSchema {
  const messages = [
    ...said.flatMap(event => versionsOf(event, golden)).map(({ name }) => name),
    ...commands.filter(({ from }) => from === speaker).map(askName),
    ...commands.filter(({ to }) => to === speaker).map(answerName),
  ];
  return {
    address: '{speaker}:events:{partition}',
    title: `What ${speaker} says`,
    parameters: {
      speaker: {
        description: 'The name in braces, which keep all streams of a service in one slot of a Redis Cluster.',
        enum: [`{${speaker}}`],
        default: `{${speaker}}`,
      },
      partition: {
        description: `Of the SHA-256 of the aggregate's id, the first 32 bits modulo ${PARTITIONS}.`,
        enum: Array.from({ length: PARTITIONS }, (_, partition) => String(partition)),
      },
    },
    messages: Object.fromEntries(messages.map(name => [name, messageRef(name)])),
  };
}

const saying = (speaker: string, said: readonly AnyEventDefinition[], golden: Golden): JsonSchema => ({
  action: 'send',
  channel: { $ref: `#/channels/${speaker}` },
  summary: `What ${speaker} says, each event to all who hear it`,
  messages: said.flatMap(event => versionsOf(event, golden)).map(({ name }) => inChannel(speaker, name)),
});

const asking = (command: AnyCommandDefinition): JsonSchema => ({
  action: 'send',
  channel: { $ref: `#/channels/${command.from}` },
  summary: `A saga of ${command.from} has ${command.to} do ${command.name}, or undo it`,
  messages: [inChannel(command.from, askName(command))],
  reply: {
    channel: { $ref: `#/channels/${command.to}` },
    messages: [inChannel(command.to, answerName(command))],
  },
});

function eventMessage({ name, event, version }: Version, golden: Golden): JsonSchema {
  const examples = Object.entries(golden.examples.get(name) ?? {});
  return {
    name: event.type,
    title: `${event.type}, schema version ${version}`,
    correlationId: { location: '$message.payload#/correlationId' },
    payload: envelopeOf({
      eventType: { const: event.type },
      aggregateType: { const: event.aggregateType },
      schemaVersion: { const: version },
      eventData: schemaRef(name),
    }),
    ...(examples.length > 0 && { examples: examples.map(([special, payload]) => ({ summary: special, payload })) }),
  };
}

const requestMessage = (command: AnyCommandDefinition): JsonSchema => ({
  name: CommandRequested.type,
  title: `${command.name}, asked of ${command.to}`,
  correlationId: { location: '$message.payload#/eventData/sagaId' },
  payload: envelopeOf({
    eventType: { const: CommandRequested.type },
    to: { const: command.to },
    eventData: {
      allOf: [
        schemaRef(`${CommandRequested.type}.v${CommandRequested.schemaVersion}`),
        { type: 'object', properties: { command: { const: command.name }, input: schemaRef(`${command.name}.input`) } },
      ],
    },
  }),
});

const answerMessage = (command: AnyCommandDefinition): JsonSchema => ({
  name: CommandAnswered.type,
  title: `${command.name}, answered to ${command.from}`,
  description: '`reply` is empty of what was undone, and null of a refusal.',
  correlationId: { location: '$message.payload#/eventData/sagaId' },
  payload: envelopeOf({
    eventType: { const: CommandAnswered.type },
    to: { const: command.from },
    eventData: {
      allOf: [
        schemaRef(`${CommandAnswered.type}.v${CommandAnswered.schemaVersion}`),
        {
          type: 'object',
          properties: {
            reply: {
              anyOf: [schemaRef(`${command.name}.reply`), { type: 'object', maxProperties: 0 }, { type: 'null' }],
            },
          },
        },
      ],
    },
  }),
});

const schemasOf = ({ name, input, reply }: AnyCommandDefinition): [string, JsonSchema][] => [
  [`${name}.input`, jsonSchemaOf(input)],
  [`${name}.reply`, jsonSchemaOf(reply)],
];

const envelopeOf = (properties: JsonSchema): JsonSchema => ({
  allOf: [schemaRef('envelope'), { type: 'object', properties }],
});
