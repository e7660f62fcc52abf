import { setTimeout as wait } from 'node:timers/promises';
import { loadKeys, signAccess } from '@mealprep360/service/tokens';
import type { KeyFiles } from './keys.ts';
import { Obstacle } from './obstacle.ts';
import { ownRead } from './own-read.ts';
import type { Supervised } from './processes.ts';
import type { Room } from './rooms.ts';

const patience = 60_000;

/** Waits until a process says that it is ready. Throws an Obstacle with its last words when it ends or takes too long. */
export async function untilReady(process: Supervised, signal: AbortSignal): Promise<void> {
  const url = `http://127.0.0.1:${process.port ?? 0}/health/ready`;
  await Promise.race([process.failed, poll(() => isReady(url), `${process.name} is not ready`, process, signal)]);
  process.settled();
}

/** Waits until one query through the gateway was answered, without errors, by all subgraphs. */
export async function untilAllAnswer(
  graph: string,
  { root, rooms }: { root: string; rooms: Room[] },
  keys: KeyFiles,
  gateway: Supervised,
  signal: AbortSignal,
): Promise<void> {
  const signing = await loadKeys(keys.signing('users'), keys.public);
  // nobody: a viewer without data, whom each subgraph knows from the token alone
  const nobody = { userId: 'f'.repeat(24), sessionId: 'dev-env', roles: [] };
  const reads = await Promise.all(rooms.map(({ name }) => ownRead(root, name)));
  const fields = reads.filter(read => read !== undefined);
  const query = `query Ready { me { id ${fields.join(' ')} } }`;
  const ask = async () => {
    const token = await signAccess(signing, nobody);
    const answer = await post(graph, { query }, { authorization: `Bearer ${token}` });
    return answer.errors === undefined ? undefined : answer.errors.map(({ message }) => message).join('; ');
  };
  await poll(ask, 'the graph does not answer for all subgraphs', gateway, signal);
}

interface Answer {
  data?: unknown;
  errors?: { message: string }[];
}

/** One GraphQL request; the caller reads `errors`. */
export async function post(graph: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(graph, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  return (await response.json()) as Answer;
}

async function isReady(url: string): Promise<string | undefined> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
  return response.ok ? undefined : `it answers ${response.status}: ${(await response.text()).slice(0, 300)}`;
}

/** Asks again until there is no complaint; the last complaint is told when patience ends. */
async function poll(
  ask: () => Promise<string | undefined>,
  what: string,
  process: Supervised,
  signal: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + patience;
  let complaint: string | undefined;
  do {
    signal.throwIfAborted();
    complaint = await ask().catch((error: unknown) => String(error));
    if (complaint === undefined) return;
    await wait(50, undefined, { signal });
  } while (Date.now() < deadline);
  throw new Obstacle(`${what} after ${patience / 1000} s (${complaint}). Its log: ${process.log}`, {
    cause: process.lastWords(),
  });
}
