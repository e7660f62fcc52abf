import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownRead } from '../src/own-read.ts';

const here = process.cwd();
const copy = mkdtempSync(join(tmpdir(), 'mealprep360-eighth-room-'));

/** A copy of the repository, whose packages stand on its own code and on what is installed here. */
function copyHouse(): void {
  const left = ['.git', '.mealprep360', '.pnpm', '.cache', '.vite', '.vite-temp', '.vitest-cache'];
  // The links that an install made between packages are relative: they hold in the copy.
  cpSync(here, copy, { recursive: true, verbatimSymlinks: true, filter: source => !left.includes(basename(source)) });
  symlinkSync(join(here, 'node_modules/.pnpm'), join(copy, 'node_modules/.pnpm'));
}

/** Runs a program of the copy on this Node; tells its exit code and all it said. */
function run(program: string, ...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, ROOM: 'drinks', VITEST: undefined, VITEST_WORKER_ID: undefined, NODE_OPTIONS: undefined },
  });
  return { status, said: `${stdout}${stderr}` };
}

const newSubgraph = (...args: string[]) => run('dev-env/src/new-subgraph/main.ts', ...args);
const fine = ({ status, said }: ReturnType<typeof run>) => expect(status, said).toBe(0);

beforeAll(copyHouse);
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('a name', () => {
  it.each([
    ['that is missing', [], 'give one NAME'],
    ['beside another', ['drinks', 'food'], 'give one NAME'],
    ['with capitals', ['Drinks'], '"Drinks" cannot be a name'],
    ['that leads elsewhere', ['../drinks'], '"../drinks" cannot be a name'],
    ['that is a room’s', ['blog'], 'there is a room blog already'],
    ['that is a word of the language', ['class'], 'class means something else here'],
    ['that is a package’s', ['contracts'], 'contracts means something else here'],
    ['whose variables are another room’s', ['recipe'], 'RECIPE_DB_* with recipes'],
    ['with an option that is none', ['drinks', '--port'], 'Unknown option'],
  ])('%s is refused in one line', (_, args, why) => {
    const { status, said } = newSubgraph(...args);
    expect({ status, lines: said.trim().split('\n').length }).toEqual({ status: 1, lines: 1 });
    expect(said).toContain(why);
  });

  it('is explained by --help', () => {
    expect(newSubgraph('--help')).toMatchObject({ status: 0, said: expect.stringContaining('pnpm new-subgraph NAME') });
  });
});

describe('an eighth room', () => {
  const before = (file: string) => readFileSync(join(here, file), 'utf8');
  const now = (file: string) => readFileSync(join(copy, file), 'utf8');

  it('is made of small files and an entry in three lists', () => {
    fine(newSubgraph('drinks', '--only-files'));
    expect(now('supergraph.yaml')).toBe(
      `${before('supergraph.yaml')}  drinks:
    routing_url: http://127.0.0.1:4011/graphql
    schema:
      file: ./subgraphs/drinks/schema.graphql
`,
    );
    expect(now('shared/contracts/src/speakers.ts')).toBe(
      before('shared/contracts/src/speakers.ts').replace('\n} as const;', '\n  drinks: {},\n} as const;'),
    );
    const kept = before('docker-compose.yml').split('\n');
    const added = now('docker-compose.yml')
      .split('\n')
      .filter(line => line !== kept[0] || kept.shift() === undefined);
    expect(kept).toEqual([]);
    expect(added.filter(line => /^ {2}\S/.test(line))).toEqual([
      '  DRINKS_URL: http://drinks:4011/graphql',
      '  drinks:',
      '  secrets-drinks:',
    ]);
    expect(newSubgraph('drinks')).toMatchObject({ status: 1, said: expect.stringContaining('already') });
    // what an install would link
    cpSync(join(copy, 'subgraphs/notifications/node_modules'), join(copy, 'subgraphs/drinks/node_modules'), {
      recursive: true,
      verbatimSymlinks: true,
    });
  });

  it('generates its types, and composes', () => {
    fine(run('node_modules/@graphql-codegen/cli/esm/bin.js', '--config', 'codegen.ts'));
    fine(run('gateway/scripts/compose.ts'));
    expect(now('supergraph.graphql')).toContain('drinksCount: Int @join__field(graph: DRINKS)');
    fine(run('dev-env/src/env-example.ts'));
    expect(now('.env.example')).toContain('DRINKS_DB_NAME=mealprep360_drinks');
    expect(now('.env.example')).toContain('# DRINKS_URL=');
  });

  it('is asked before the house says that it is ready', async () => {
    expect(await ownRead(copy, 'drinks')).toBe('drinksCount');
  });

  // (a whole run of its own, with servers)
  it('passes its own test, and all that looks at each room', { timeout: 240_000 }, () => {
    const tests = ['house', 'env-example', 'compose-file', 'links', 'contract/contract', 'figures/commands'];
    const files = [...tests.map(name => `tests/${name}.test.ts`), 'subgraphs/drinks'];
    // the database commands of the others are counted where these tests are at home
    const ofDrinks = ['--testNamePattern', '^(?!the measurement|the database commands of (?!drinks))'];
    const ran = run('node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.workspace.ts', ...ofDrinks, ...files);
    fine(ran);
    expect(ran.said).toMatch(/Test Files.*7 passed/);
  });

  it('looks like the others', () => {
    // how long its name is decides where lines break
    fine(run('node_modules/prettier/bin/prettier.cjs', '--write', 'subgraphs/drinks'));
    const lists = ['shared/contracts/src', 'supergraph.yaml', 'docker-compose.yml'];
    fine(run('node_modules/prettier/bin/prettier.cjs', '--check', ...lists));
    fine(run('node_modules/eslint/bin/eslint.js', '--max-warnings', '0', 'subgraphs/drinks'));
  });

  it('is typed', () => {
    const itself = { extends: './tsconfig.json', include: ['subgraphs/drinks/**/*.ts', 'dev-env/src/fixture.ts'] };
    writeFileSync(join(copy, 'tsconfig.drinks.json'), JSON.stringify(itself));
    fine(run('node_modules/typescript/bin/tsc', '--project', 'tsconfig.drinks.json', '--incremental', 'false'));
  });
});
