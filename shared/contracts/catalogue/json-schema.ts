import { z } from 'zod';

/** A JSON Schema of draft 7, or a part of one. */
export interface JsonSchema {
  [keyword: string]: unknown;
}

const told = new Set(
  'object array string number boolean null enum literal union nullable optional default record unknown date'.split(' '),
);

/**
 * What a reader takes, as JSON Schema. Throws for what JSON Schema cannot tell: a change of it would go unseen by the
 * check of the golden files.
 */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema, path }) => {
      const { type } = zodSchema._zod.def;
      if (!told.has(type)) throw new Error(`${path.join('.')}: JSON Schema cannot tell what a zod ${type} takes`);
      // a Date in the code, a string in JSON
      if (type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
    },
  });
  return rest;
}
