// The one-shot container of docker-compose.yml that runs once MongoDB is up: makes it a replica set of one, and a user
// for each service. Run again, it changes nothing.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import mongoose from 'mongoose';
import { prepareForeignMongodb } from '../mongodb.ts';
import { readRooms } from '../rooms.ts';
import { adminUri, passwordsOf, replicaSet } from './passwords.ts';

const { MongoClient, MongoServerError } = mongoose.mongo;

const text = { type: 'string', default: '' } as const;
const { folder, mongodb } = parseArgs({ options: { folder: text, mongodb: text } }).values;
if (!folder || !mongodb) throw new Error('database-users.ts --folder DIR --mongodb HOST:PORT');

const rooms = await readRooms(fileURLToPath(new URL('../../..', import.meta.url)));
const passwordOf = await passwordsOf(folder, rooms);
const admin = adminUri(mongodb, passwordOf('mongodb admin'));
const users = rooms.map(({ name, database }) => ({ name, database, password: passwordOf(`mongodb ${name}`) }));

await initiate(admin, mongodb);
await prepareForeignMongodb(admin, users);

async function initiate(uri: string, host: string): Promise<void> {
  const client = new MongoClient(`${uri}&directConnection=true`.replace(`&replicaSet=${replicaSet}`, ''));
  try {
    await client.db('admin').command({ replSetInitiate: { _id: replicaSet, members: [{ _id: 0, host }] } });
  } catch (error) {
    if (!(error instanceof MongoServerError && error.codeName === 'AlreadyInitialized')) throw error;
  } finally {
    await client.close();
  }
}
