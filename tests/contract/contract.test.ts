import { Kind, parse, print, visit, type DefinitionNode } from 'graphql';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stillToCome } from './still-to-come.ts';

/** Each promise of a schema as one line to compare: `Type`, `Type.field` → how it is spelled, descriptions left out. */
function promises(sdl: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const definition of withoutDescriptions(sdl).definitions) {
    if (!('name' in definition)) continue;
    const name = definition.name.value;
    found.set(name, `${definition.kind} ${directives(definition)}`);
    for (const [member, spelled] of members(definition)) found.set(`${name}.${member}`, spelled);
  }
  return found;
}

const withoutDescriptions = (sdl: string) =>
  visit(parse(sdl, { noLocation: true }), { StringValue: (_, key) => (key === 'description' ? null : undefined) });

const directives = (definition: DefinitionNode): string =>
  'directives' in definition ? (definition.directives ?? []).map(print).join(' ') : '';

function members(definition: DefinitionNode): [string, string][] {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
      return (definition.fields ?? []).map(field => [field.name.value, print(field)]);
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return (definition.fields ?? []).map(field => [field.name.value, print(field)]);
    case Kind.ENUM_TYPE_DEFINITION:
      return (definition.values ?? []).map(value => [value.name.value, value.name.value]);
    case Kind.UNION_TYPE_DEFINITION:
      return (definition.types ?? []).map(type => [type.name.value, type.name.value]);
    default:
      return [];
  }
}

const isPending = (subgraph: string, promise: string): boolean =>
  (stillToCome[subgraph] ?? []).some(pending => promise === pending || promise.startsWith(`${pending}.`));

const contracts = readdirSync('tests/contract')
  .filter(file => file.endsWith('.graphql'))
  .map(file => file.replace('.graphql', ''));
const built = contracts.filter(name => existsSync(`subgraphs/${name}/schema.graphql`));
const contractOf = (name: string) => promises(readFileSync(`tests/contract/${name}.graphql`, 'utf8'));
const schemaOf = (name: string) => promises(readFileSync(`subgraphs/${name}/schema.graphql`, 'utf8'));

describe.each(built)('the graph of %s', name => {
  it('keeps every promise of its contract, spelled alike', () => {
    const schema = schemaOf(name);
    const broken = [...contractOf(name)].filter(
      ([promise, spelled]) => !isPending(name, promise) && schema.get(promise) !== spelled,
    );
    expect(broken.map(([promise, spelled]) => ({ promise, spelled, is: schema.get(promise) }))).toEqual([]);
  });

  it('has nothing that is still listed as to come', () => {
    const schema = schemaOf(name);
    expect((stillToCome[name] ?? []).filter(promise => schema.has(promise))).toEqual([]);
  });

  it('lists as to come only what the contract promises', () => {
    const contract = contractOf(name);
    expect((stillToCome[name] ?? []).filter(promise => !contract.has(promise))).toEqual([]);
  });
});

it('stands on at least five subgraphs', () => {
  expect(built.length).toBeGreaterThanOrEqual(5);
});
