import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const script = resolve(import.meta.dirname, '../scripts/compose.ts');
const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compose-'));
  await room('one', `${link} type Query { a: Int @shareable }`);
  await room('two', `${link} type Query { b: Int }`);
  await list({ one: './one.graphql', two: './two.graphql' });
});

afterEach(() => rm(folder, { recursive: true }));

const room = (name: string, schema: string) => writeFile(join(folder, `${name}.graphql`), schema);

const list = (files: Record<string, string>, version = '=2.14.4') => {
  const rooms = Object.entries(files).map(
    ([name, file]) => `  ${name}:\n    routing_url: http://127.0.0.1:4001/graphql\n    schema: {file: ${file}}\n`,
  );
  return writeFile(join(folder, 'supergraph.yaml'), `federation_version: ${version}\nsubgraphs:\n${rooms.join('')}`);
};

const composed = () => readFile(join(folder, 'supergraph.graphql'), 'utf8');

function compose(...flags: string[]): Promise<{ code: number; output: string }> {
  return new Promise(done => {
    execFile(process.execPath, [script, ...flags], { cwd: folder }, (error, stdout, stderr) => {
      done({ code: Number(error?.code ?? 0), output: stdout + stderr });
    });
  });
}

test('the supergraph is written beside its list, and then is up to date', async () => {
  expect(await compose()).toMatchObject({ code: 0 });
  expect(await composed()).toMatch(/^schema\n {2}@link.*\}\n$/s);
  expect(await compose('--check')).toEqual({ code: 0, output: '' });
});

test('a schema changed since makes the check fail, which says what to do and writes nothing', async () => {
  await compose();
  const before = await composed();
  await room('two', `${link} type Query { b: Int, c: Int }`);
  const { code, output } = await compose('--check');
  expect(code).toBe(1);
  expect(output).toContain('run pnpm compose');
  expect(await composed()).toBe(before);
});

test('a supergraph that was never composed fails the check', async () => {
  expect(await compose('--check')).toMatchObject({ code: 1 });
});

test('a hint fails, on one line', async () => {
  await room('two', `${link} type Query { "another text" a: Int @shareable }`);
  await room('one', `${link} type Query { "a text" a: Int @shareable }`);
  const { code, output } = await compose();
  expect(code).toBe(1);
  expect(output).toMatch(/^hint INCONSISTENT_DESCRIPTION: .+\n$/);
  await expect(composed()).rejects.toThrow('ENOENT');
});

test('each error has a line of its own', async () => {
  await room('two', `${link} type Query { a: Int, b: Nothing }`);
  const { code, output } = await compose();
  expect(code).toBe(1);
  expect(output).toMatch(/^error \w+: .*Nothing.*$/m);
  await room('two', `${link} type Query { a: Int }`);
  expect((await compose()).output).toMatch(/^error INVALID_FIELD_SHARING: .*Query\.a.*$/m);
});

test('a list that names a missing file or another version says which', async () => {
  await list({ one: './one.graphql', three: './three.graphql' });
  expect(await compose()).toMatchObject({
    code: 1,
    output: expect.stringMatching(/^error \[three\] .*three\.graphql/),
  });
  await list({ one: './one.graphql' }, '=2.9.0');
  expect(await compose()).toMatchObject({
    code: 1,
    output: expect.stringContaining('federation_version: must be =2.14.4'),
  });
});

test('--help explains, an unknown flag fails', async () => {
  expect(await compose('--help')).toMatchObject({ code: 0, output: expect.stringContaining('--check') });
  expect(await compose('--chekc')).toMatchObject({ code: 1, output: expect.stringContaining('--chekc') });
});
