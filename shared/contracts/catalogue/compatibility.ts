import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from './json-schema.ts';

const annotations = new Set(['$schema', 'title', 'description', 'examples', '$comment', 'properties', 'required']);

/**
 * What of a schema is no longer as it was, one sentence each; none when the two are compatible.
 *
 * Within one version both must hold: code of today reads all that was ever written (the log is kept for ever), and
 * code of yesterday reads all that is written today (services are not replaced at the same moment). A reader passes
 * over fields that it does not know, and refuses every value that its schema does not allow. So a field may be added
 * that need not be there, at any depth; nothing else may change, be it narrower or wider.
 */
export function breaksBetween(before: JsonSchema, now: JsonSchema, path = ''): string[] {
  const at = path === '' ? 'the data' : path;
  const keywords = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(key => !annotations.has(key));
  return [
    ...keywords.flatMap(key => keywordBreaks(at, path, key, before[key], now[key])),
    ...propertyBreaks(path, before, now),
  ];
}

function keywordBreaks(at: string, path: string, keyword: string, before: unknown, now: unknown): string[] {
  if (isSchema(before) && isSchema(now)) return breaksBetween(before, now, keyword === 'items' ? `${path}[]` : path);
  if (keyword === 'anyOf' && areSchemas(before) && areSchemas(now) && before.length === now.length) {
    return before.flatMap((one, index) => breaksBetween(one, now[index] ?? {}, path));
  }
  if (keyword === 'enum' && Array.isArray(before) && Array.isArray(now)) {
    const gone = before.filter(value => !now.includes(value)).map(value => `${at} no longer takes ${String(value)}`);
    const added = now.filter(value => !before.includes(value));
    return [...gone, ...added.map(value => `${at} takes ${String(value)}, which readers of before refuse`)];
  }
  if (isDeepStrictEqual(before, now)) return [];
  return [`${at} has another ${keyword}: it was ${text(before)} and is ${text(now)}`];
}

function propertyBreaks(path: string, before: JsonSchema, now: JsonSchema): string[] {
  const [were, are] = [partsOf(before), partsOf(now)];
  const name = (field: string) => (path === '' ? field : `${path}.${field}`);
  const kept = [...were].flatMap(([field, { schema, isRequired }]) => {
    const here = are.get(field);
    if (here === undefined) return [`${name(field)} is gone`];
    const need = isRequired ? 'need no longer be there' : 'must now be there';
    return [
      ...(here.isRequired === isRequired ? [] : [`${name(field)} ${need}`]),
      ...breaksBetween(schema, here.schema, name(field)),
    ];
  });
  const added = [...are].filter(([field, { isRequired }]) => isRequired && !were.has(field));
  return [...kept, ...added.map(([field]) => `${name(field)} is new and must be there`)];
}

function partsOf({ properties, required }: JsonSchema): Map<string, { schema: JsonSchema; isRequired: boolean }> {
  const fields = isSchema(properties) ? Object.entries(properties) : [];
  const needed = Array.isArray(required) ? required : [];
  return new Map(
    fields.map(([field, schema]) => [
      field,
      { schema: isSchema(schema) ? schema : {}, isRequired: needed.includes(field) },
    ]),
  );
}

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const areSchemas = (value: unknown): value is JsonSchema[] => Array.isArray(value) && value.every(isSchema);
const text = (value: unknown): string => (value === undefined ? 'none' : JSON.stringify(value));
