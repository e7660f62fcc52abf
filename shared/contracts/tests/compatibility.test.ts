import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { jsonSchemaOf, type JsonSchema } from '../catalogue/json-schema.ts';
import { review, type Golden } from '../catalogue/review.ts';
import { defineEvent, type AnyEventDefinition, type Upcaster } from '../src/define.ts';
import type { Envelope } from '../src/envelope.ts';

// An event that only this test knows: a jar was opened.
const fields = {
  id: z.string(),
  size: z.enum(['SMALL', 'LARGE']),
  note: z.string().nullable(),
  label: z.string().optional(),
  best: z.coerce.date(),
  fruits: z.array(z.object({ name: z.string(), grams: z.number().positive() })),
};
type Fields = z.ZodRawShape;
const jar = (shape: Fields, upcasters: Upcaster[] = []): AnyEventDefinition =>
  defineEvent('JarOpened', 'Jar', z.object(shape), upcasters);

const opened = {
  id: 'a',
  size: 'SMALL',
  note: null,
  best: '2027-01-01T00:00:00.000Z',
  fruits: [{ name: 'fig', grams: 3 }],
};
const written = (eventData: unknown, schemaVersion = 1): Envelope => ({
  ...{ eventId: 'e', eventType: 'JarOpened', aggregateId: 'a', aggregateType: 'Jar', version: 1, partition: 0, seq: 1 },
  ...{ timestamp: new Date(0), correlationId: 'c', causationId: null, traceparent: null, userId: null, to: null },
  ...{ erased: false, schemaVersion, eventData },
});

/** What is promised of the first version: the fields above. */
const promised = (...more: [string, JsonSchema, unknown][]): Golden => {
  const all: [string, JsonSchema, unknown][] = [
    ['JarOpened.v1', jsonSchemaOf(z.object(fields)), written(opened)],
    ...more,
  ];
  return {
    schemas: new Map(all.map(([name, schema]) => [name, schema])),
    examples: new Map(all.map(([name, , example]) => [name, { 'as it is': example }])),
  };
};
const problemsOf = (definition: AnyEventDefinition, golden = promised()) =>
  review(golden, { events: [definition], commands: [] }).problems;
const without = (field: keyof typeof fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name !== field));

describe('within one version', () => {
  const fruit = (more: Fields) => z.array(z.object({ name: z.string(), grams: z.number().positive(), ...more }));

  test.each<[string, Fields, string]>([
    ['a field goes', without('note'), 'note is gone'],
    ['an optional field goes', without('label'), 'label is gone'],
    ['a field has another type', { ...fields, note: z.number().nullable() }, 'note has another type'],
    ['a field can no longer be null', { ...fields, note: z.string() }, 'note has another type'],
    ['a field can now be null', { ...fields, id: z.string().nullable() }, 'id has another type'],
    ['a field need no longer be there', { ...fields, id: z.string().optional() }, 'id need no longer be there'],
    ['a field must now be there', { ...fields, label: z.string() }, 'label must now be there'],
    ['there is a new field that must be there', { ...fields, lid: z.string() }, 'lid is new and must be there'],
    ['a word is no longer taken', { ...fields, size: z.enum(['SMALL']) }, 'size no longer takes LARGE'],
    [
      'a word is taken that readers of before refuse',
      { ...fields, size: z.enum(['SMALL', 'LARGE', 'HUGE']) },
      'size takes HUGE',
    ],
    ['a rule is stricter', { ...fields, id: z.string().max(5) }, 'id has another maxLength'],
    [
      'a rule is looser',
      { ...fields, fruits: z.array(z.object({ name: z.string(), grams: z.number() })) },
      'fruits[].grams has another exclusiveMinimum',
    ],
    ['a date is another text', { ...fields, best: z.string() }, 'best has another format'],
    [
      'deep within there is a new field that must be there',
      { ...fields, fruits: fruit({ ripe: z.boolean() }) },
      'ripe',
    ],
  ])('it is a breach when %s, and is told with what to do', (_, shape, sentence) => {
    const problems = problemsOf(jar(shape));
    expect(problems).toContainEqual(expect.stringContaining(sentence));
    expect(problems).toContainEqual(expect.stringContaining('Declare version 2'));
  });

  test.each<[string, Fields]>([
    ['nothing changes', fields],
    ['words stand in another order', { ...fields, size: z.enum(['LARGE', 'SMALL']) }],
    ['there is a new field that need not be there', { ...fields, lid: z.string().optional() }],
    ['there is a new field with a default', { ...fields, lid: z.string().default('METAL') }],
    ['deep within there is one', { ...fields, fruits: fruit({ ripe: z.boolean().optional() }) }],
    ['a field is described', { ...fields, id: z.string().describe('which jar') }],
  ])('it is none when %s', (_, shape) => {
    expect(problemsOf(jar(shape))).toEqual([]);
  });

  test('a field that was added is promised from then on', () => {
    const wider = jar({ ...fields, lid: z.string().optional() });
    const { promises } = review(promised(), { events: [wider], commands: [] });
    const { schemas, examples } = promised();
    const golden = { schemas: new Map([...schemas, ...promises]), examples };
    expect(problemsOf(wider, golden)).toEqual([]);
    expect(problemsOf(jar({ ...fields, lid: z.number().optional() }), golden)).toContainEqual(
      expect.stringContaining('lid has another type'),
    );
  });
});

describe('a second version', () => {
  const next = z.object({ ...without('size'), millilitres: z.int() });
  const millilitres = { SMALL: 250, LARGE: 750 };
  const toNext: Upcaster = data => {
    const { size, ...rest } = z
      .object({ size: z.enum(['SMALL', 'LARGE']) })
      .loose()
      .parse(data);
    return { ...rest, millilitres: millilitres[size] };
  };
  const second = jar(next.shape, [toNext]);
  const { size: _, ...others } = opened;
  const golden = promised(['JarOpened.v2', jsonSchemaOf(next), written({ ...others, millilitres: 750 }, 2)]);

  test('reads what the first one wrote, and keeps both promises', () => {
    expect(second.schemaVersion).toBe(2);
    expect(second.read(written(opened)).eventData).toMatchObject({ id: 'a', millilitres: 250 });
    expect(problemsOf(second, golden)).toEqual([]);
  });

  test('needs an upcaster that reads every event of the first', () => {
    const forgetful = jar(next.shape, [data => data]);
    expect(problemsOf(forgetful, golden)).toEqual([
      expect.stringMatching(/^JarOpened\.v1 \(as it is\) can no longer be read, .*millilitres/),
    ]);
  });

  test('needs examples of its own, and the golden files of the first', () => {
    expect(problemsOf(second)).toEqual([expect.stringContaining('golden/JarOpened.v2.json is missing')]);
    const [, ofSecond] = golden.schemas;
    const lost = { ...golden, schemas: new Map([ofSecond!]) };
    expect(problemsOf(second, lost)).toEqual([expect.stringContaining('golden/JarOpened.v1.schema.json is missing')]);
  });

  test('cannot be taken back, and neither can an event', () => {
    expect(problemsOf(jar(fields), golden)).toEqual([expect.stringContaining('JarOpened.v2 stands in golden/')]);
    const { problems } = review(promised(), { events: [], commands: [] });
    expect(problems).toEqual([expect.stringContaining('JarOpened.v1 stands in golden/')]);
  });
});

test('what JSON Schema cannot tell is refused, for its changes would go unseen', () => {
  expect(() => jsonSchemaOf(z.object({ id: z.string().transform(Number) }))).toThrow('cannot tell');
});

test('a command that changes is to get another name', () => {
  const command = (input: Fields) => ({
    name: 'OpenJar',
    from: 'a',
    to: 'b',
    input: z.object(input),
    reply: z.object({}),
  });
  const { promises } = review(promised(), { events: [], commands: [command({ id: z.string() })] });
  const golden = { schemas: promises, examples: new Map() };
  const { problems } = review(golden, { events: [], commands: [command({ id: z.boolean() })] });
  expect(problems).toEqual([expect.stringMatching(/^OpenJar\.command .*input\.id has another type.* another name/)]);
});
