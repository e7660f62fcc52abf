import { startServers, type StartedServers } from '@mealprep360/dev-env/fixture';
import mongoose from 'mongoose';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openRooms, room, type Rooms } from '../../shared/testing/src/rooms.ts';
import { users } from '../../subgraphs/users/src/index.ts';
import { SIGN_UP, signUpInput } from '../../subgraphs/users/tests/people.ts';

type Client = InstanceType<typeof mongoose.mongo.MongoClient>;

let servers: StartedServers;
let rooms: Rooms;
let redis: Redis;
let mina: { userId: string };
/** a secondary that has stopped taking in what the primary writes, and still answers */
let behind: Client | undefined;
beforeAll(async () => {
  servers = await startServers({ members: 3 });
  rooms = await openRooms([room(users)], servers.servers, 'secondary');
  redis = new Redis(rooms.redisUrl, { replyMapping: 'legacy' });
  const { data } = await rooms.query('users', null, SIGN_UP, { input: signUpInput({ displayName: 'Before' }) });
  mina = { userId: data.signUp.user.id };
  const { hosts, primary } = await client().db('admin').command({ hello: 1 });
  const one = (hosts as string[]).find(host => host !== primary) ?? '';
  const uri = servers.servers.mongodb.admin.replace(/@[^/]+\/\?/, `@${one}/?directConnection=true&`);
  const late = await new mongoose.mongo.MongoClient(uri.replace(/&?replicaSet=\w+/, '')).connect();
  // it has what was written so far
  const isThere = () => late.db(database()).collection<{ _id: string }>('users').countDocuments({ _id: mina.userId });
  await vi.waitFor(async () => expect(await isThere()).toBe(1));
  await late.db('admin').command({ fsync: 1, lock: true });
  behind = late;
});
afterAll(async () => {
  await behind?.db('admin').command({ fsyncUnlock: 1 });
  await behind?.close();
  redis.disconnect();
  await rooms.stop();
  await servers.stop();
});

const client = () => rooms.service('users').db.connection.getClient();
const database = () => rooms.service('users').db.name;

/** What mina is called by an answer, and whether it came from the primary. */
async function look(): Promise<{ name: string; fromPrimary: boolean }> {
  const addresses = new Set<string>();
  const note = ({ address, commandName, command }: { address: string; commandName: string; command: object }) => {
    if (commandName === 'find' && (command as { find?: string }).find === 'users') addresses.add(address);
  };
  client().on('commandStarted', note as never);
  const { data, errors } = await rooms.query('users', mina, '{ me { displayName } }');
  client().off('commandStarted', note as never);
  expect(errors).toBeUndefined();
  const { primary } = await client().db('admin').command({ hello: 1 });
  return { name: data.me.displayName, fromPrimary: addresses.size === 1 && addresses.has(String(primary)) };
}

describe('on three members, one of them behind, with the preference `secondary`', () => {
  it('who wrote within 5 s sees it each time, as it is on the primary', async () => {
    const change = 'mutation { updateProfile(input: { displayName: "After" }) { userErrors { code } } }';
    expect((await rooms.query('users', mina, change)).errors).toBeUndefined();
    for (let times = 0; times < 10; times++) expect(await look()).toEqual({ name: 'After', fromPrimary: true });
  });

  it('later the secondaries are asked, also the one that is behind', async () => {
    await redis.del(`{users}:wrote:${mina.userId}`);
    const seen = new Set<string>();
    await expect
      .poll(
        async () => {
          const { name, fromPrimary } = await look();
          expect(fromPrimary).toBe(false);
          return [...seen.add(name)].sort();
        },
        { timeout: 20_000 },
      )
      .toEqual(['After', 'Before']);
  });
});
