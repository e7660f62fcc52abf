import { composeServices } from '@theguild/federation-composition';
import { federateSubgraphs, ROUTER_COMPATIBILITY_VERSION_ONE } from '@wundergraph/composition';
import { parse } from 'graphql';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse as parseYaml, stringify } from 'yaml';
import { z } from 'zod';

const { federation_version: wanted, subgraphs } = z
  .object({
    federation_version: z.string().regex(/^=\d+\.\d+\.\d+$/),
    subgraphs: z.record(z.string(), z.object({ routing_url: z.url(), schema: z.object({ file: z.string() }) })),
  })
  .parse(parseYaml(readFileSync('supergraph.yaml', 'utf8')));

const schemas = Object.entries(subgraphs).map(([name, { routing_url: url, schema }]) => ({
  name,
  url,
  sdl: readFileSync(schema.file, 'utf8'),
}));

/** The same schemas, of which blog gives a type of recipes another meaning. */
const contradicting = schemas.map(schema =>
  schema.name === 'blog' ? { ...schema, sdl: `${schema.sdl}\nextend type Recipe { title: Int }\n` } : schema,
);

const rover = roverProgram();

describe.skipIf(rover === null)('rover supergraph compose (where npm has a rover for this platform)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mealprep360-rover-'));

  beforeAll(() => {
    const plugin = join(folder, `supergraph-v${wanted.slice(1)}`);
    writeFileSync(plugin, `#!/bin/sh\nexec '${process.execPath}' '${resolve('tests/rover/supergraph.ts')}' "$@"\n`);
    chmodSync(plugin, 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('prints what is committed as supergraph.graphql', async () => {
    const { code, stdout, stderr } = await compose('supergraph.yaml', folder);
    expect(stderr).not.toContain('error');
    expect(code).toBe(0);
    expect(stdout).toBe(readFileSync('supergraph.graphql', 'utf8'));
  });

  it('fails, with the code and the field, on subgraphs that contradict each other', async () => {
    for (const { name, sdl } of contradicting) writeFileSync(join(folder, `${name}.graphql`), sdl);
    const list = contradicting.map(({ name, url }) => [
      name,
      { routing_url: url, schema: { file: `./${name}.graphql` } },
    ]);
    const file = join(folder, 'contradicting.yaml');
    writeFileSync(file, stringify({ federation_version: wanted, subgraphs: Object.fromEntries(list) }));
    const { code, stdout, stderr } = await compose(file, folder);
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('FIELD_TYPE_MISMATCH');
    expect(stderr).toContain('Recipe.title');
  });
});

describe('the workflow file', () => {
  it('composes with the rover that is tested here', () => {
    const { devDependencies } = z
      .object({ devDependencies: z.object({ '@apollo/rover': z.string() }) })
      .parse(JSON.parse(readFileSync('package.json', 'utf8')));
    expect(readFileSync('.github/workflows/ci.yml', 'utf8')).toContain(
      `@apollo/rover@${devDependencies['@apollo/rover']} supergraph compose --config supergraph.yaml`,
    );
  });
});

describe('the composer of The Guild', () => {
  const errorsOf = (list: typeof schemas) =>
    composeServices(list.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) }))).errors ?? [];

  it('takes the schemas without an error', () => {
    expect(errorsOf(schemas).map(({ message }) => message)).toEqual([]);
  });

  it('refuses subgraphs that contradict each other', () => {
    expect(errorsOf(contradicting).map(({ extensions }) => extensions['code'])).toContain('FIELD_TYPE_MISMATCH');
  });
});

describe('the composer of WunderGraph', () => {
  const federate = (list: typeof schemas) =>
    federateSubgraphs({
      subgraphs: list.map(({ name, url, sdl }) => ({ name, url, definitions: parse(sdl) })),
      version: ROUTER_COMPATIBILITY_VERSION_ONE,
    });

  it('takes the schemas without an error or a warning', () => {
    const result = federate(schemas);
    expect('errors' in result ? result.errors.map(({ message }) => message) : []).toEqual([]);
    expect(result.success).toBe(true);
    expect(result.warnings.map(({ message }) => message)).toEqual([]);
  });

  it('refuses subgraphs that contradict each other', () => {
    const result = federate(contradicting);
    expect(result.success).toBe(false);
    expect('errors' in result ? result.errors.map(({ message }) => message).join('\n') : '').toContain('title');
  });
});

/** The binary of the platform's own package: the wrapper of @apollo/rover would look for its plugins elsewhere. */
function roverProgram(): string | null {
  const wrapper = createRequire(import.meta.url).resolve('@apollo/rover/package.json');
  const binary = process.platform === 'win32' ? 'rover.exe' : 'rover';
  const platform = `${process.platform}-${process.arch}`;
  const candidates = [platform, `${platform}-musl`].map(name => join(dirname(wrapper), '..', `rover-${name}`, binary));
  return candidates.find(file => existsSync(file)) ?? null;
}

async function compose(config: string, plugins: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(rover ?? '', ['supergraph', 'compose', '--config', config, '--skip-update'], {
    env: {
      PATH: process.env['PATH'],
      HOME: plugins,
      APOLLO_NODE_MODULES_BIN_DIR: plugins,
      APOLLO_ELV2_LICENSE: 'accept',
      APOLLO_ROVER_SKIP_UPDATE: '1',
      APOLLO_TELEMETRY_DISABLED: 'true',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 20_000,
  });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: Number(code), stdout, stderr };
}
