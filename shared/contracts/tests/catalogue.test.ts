import { Parser } from '@asyncapi/parser';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { asyncapi, yamlOf } from '../catalogue/asyncapi.ts';
import { contracts, sayings } from '../catalogue/contracts.ts';
import { readGolden } from '../catalogue/golden.ts';
import { jsonSchemaOf } from '../catalogue/json-schema.ts';
import { review } from '../catalogue/review.ts';
import { jsonOf } from './arbitrary.ts';

const file = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const golden = await readGolden(file('golden'));
const document = asyncapi(sayings, contracts.commands, golden);
const ajv = formats.default(new Ajv({ strict: false, allErrors: true }));
const faultsOf = (schema: object, value: unknown) => (ajv.validate(schema, value) ? [] : ajv.errors);

describe('the catalogue', () => {
  test('names the events that the strategy names', () => {
    const named = ['User', 'Recipe', 'MealPlan'].flatMap(of => [`${of}Created`, `${of}Updated`, `${of}Deleted`]);
    expect(contracts.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining([...named, 'DaySkipped', 'ShoppingListGenerated']),
    );
  });

  test('keeps all that the golden files promise, and promises no more', () => {
    expect(review(golden, contracts)).toEqual({ problems: [], promises: new Map() });
  });

  test('stands in asyncapi.yaml as it is', async () => {
    const written = await readFile(file('asyncapi.yaml'), 'utf8');
    expect(yamlOf(document)).toBe(written);
  });
});

/** errors are 0 and warnings 1; 2 and 3 are advice */
const isFault = ({ severity }: { severity: number }) => severity < 2;

describe('asyncapi.yaml', () => {
  test('is AsyncAPI 3.0 without an error or a warning', async () => {
    const { document: parsed, diagnostics } = await new Parser().parse(await readFile(file('asyncapi.yaml'), 'utf8'));
    expect(diagnostics.filter(isFault).map(({ message, path }) => [message, path])).toEqual([]);
    expect(parsed?.version()).toBe('3.0.0');
    const inChannels = parsed?.channels().all();
    expect(inChannels?.map(channel => channel.id()).sort()).toEqual(sayings.map(([speaker]) => speaker).sort());
  });

  test('is refused by the same judge when it is wrong', async () => {
    const { servers: _, ...rest } = document;
    const wrong = {
      ...rest,
      operations: { 'users.says': { action: 'shout', channel: { $ref: '#/channels/nobody' } } },
    };
    const { diagnostics } = await new Parser().parse(yamlOf(wrong));
    expect(diagnostics.filter(isFault)).not.toEqual([]);
  });

  const messages = (document.components as { messages: Record<string, { payload: object; examples?: unknown[] }> })
    .messages;
  test.each(Object.entries(messages).filter(([, { examples }]) => examples !== undefined))(
    'shows examples of %s that its schema takes',
    (_name, { payload, examples = [] }) => {
      const schema = { ...payload, components: document.components };
      for (const example of examples) {
        expect(faultsOf(schema, (example as { payload: unknown }).payload)).toEqual([]);
      }
    },
  );
});

describe.each(contracts.events.map(event => [event.type, event] as const))('%s', (type, event) => {
  test('of every version has examples that the schema promised then takes', () => {
    const versions = Array.from({ length: event.schemaVersion }, (_, index) => `${type}.v${index + 1}`);
    for (const name of versions) {
      const examples = Object.values(golden.examples.get(name) ?? {}) as { eventData: unknown }[];
      expect(examples.length).toBeGreaterThan(0);
      expect(examples.flatMap(({ eventData }) => faultsOf(golden.schemas.get(name) ?? {}, eventData))).toEqual([]);
    }
  });

  test('is in JSON Schema what it is in zod', () => {
    const schema = jsonSchemaOf(event.schema);
    fc.assert(
      fc.property(jsonOf(schema), data => {
        expect(faultsOf(schema, data)).toEqual([]);
        expect(event.schema.safeParse(data).error).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });
});
