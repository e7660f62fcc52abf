import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// The launcher is tested with small programs in the place of the gateway and the services; MongoDB and Redis are real.

const service = `
import { createServer } from 'node:http';
const recipes = [];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const answer = value => response.end(JSON.stringify(value));
  if (request.url === '/internal/shipped-recipes') {
    const before = recipes.length;
    recipes.push(...JSON.parse(body).recipes);
    return answer({ created: recipes.length - before, present: 0 });
  }
  if (request.url === '/environment') return answer(process.env);
  if (request.url === '/recipes') return answer(recipes.length);
  answer({ data: { me: null } });
});
server.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => {
  console.log('asked to stop');
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
`;

export interface FakeRoot {
  root: string;
  data: string;
  /** replaces the program of one process */
  write: (process: string, program: string) => Promise<void>;
  remove: () => Promise<void>;
}

/** A repository whose processes are fakes, and a data folder that does not exist yet. */
export async function fakeRoot(names: string[]): Promise<FakeRoot> {
  const folder = await mkdtemp(join(tmpdir(), 'mealprep360-fake-'));
  const root = join(folder, 'root');
  const fileOf = (name: string) =>
    join(root, ['gateway', 'bff'].includes(name) ? name : join('subgraphs', name), 'start.ts');
  const write = async (name: string, program: string) => {
    await mkdir(join(fileOf(name), '..'), { recursive: true });
    await writeFile(fileOf(name), program);
  };
  for (const name of ['gateway', 'bff', ...names]) await write(name, service);
  const schema = 'type User { id: ID!, name: String }';
  for (const name of names) await writeFile(join(root, 'subgraphs', name, 'schema.graphql'), schema);
  const subgraphs = names.map(
    (name, index) => `  ${name}:\n    routing_url: http://127.0.0.1:${4001 + index}/graphql\n`,
  );
  await writeFile(join(root, 'supergraph.yaml'), `subgraphs:\n${subgraphs.join('')}`);
  await writeFile(join(root, 'package.json'), '{"type":"module"}');
  return { root, data: join(folder, 'data'), write, remove: () => rm(folder, { recursive: true, force: true }) };
}
