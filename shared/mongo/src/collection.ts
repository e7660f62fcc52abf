import { Schema, type SchemaDefinition, type SchemaOptions } from 'mongoose';

/** The declaration of one collection: its name in the database, and its schema with validation and indexes. */
export interface Collection<Record> {
  name: string;
  schema: Schema<Record>;
}

/** What a list of collections of different records is typed as. */
export interface AnyCollection {
  name: string;
  schema: Schema;
}

/** Values of a subdocument that is stored inline, without an id of its own. */
export const inline = (definition: SchemaDefinition): Schema => new Schema(definition, { _id: false });

/** Declares a collection: unknown fields are refused, ids are strings, and indexes are made by `openDatabase` only. */
export function collection<Record extends { _id: string }>(
  name: string,
  definition: SchemaDefinition<Record>,
  indexes: readonly Index[] = [],
  options: SchemaOptions = {},
): Collection<Record> {
  const schema = new Schema<Record>(
    { ...definition, _id: { type: String, required: true } },
    {
      strict: 'throw',
      versionKey: false,
      autoIndex: false,
      autoCreate: false,
      minimize: false,
      ...(options as object),
    },
  );
  for (const [fields, rules] of indexes) schema.index(fields, rules);
  schema.pre('find', function () {
    this.batchSize(ALL_AT_ONCE);
  });
  schema.pre('aggregate', function () {
    this.option({ batchSize: ALL_AT_ONCE });
  });
  return { name, schema };
}

/** By itself the server answers 101 documents at first, and waits to be asked for more: a read is to be one command. */
const ALL_AT_ONCE = 100_000;

export type Index = readonly [fields: Parameters<Schema['index']>[0], rules?: Parameters<Schema['index']>[1]];
