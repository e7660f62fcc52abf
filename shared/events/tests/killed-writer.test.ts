import { openDatabase, type Database } from '@mealprep360/mongo/database';
import { inTransaction } from '@mealprep360/mongo/transaction';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { dropAndClose, openTestDatabase } from './kit.ts';
import { rows } from './rows.ts';

const appName = 'killed-writer';
let admin: Database;
let uri: string;
let name: string;
beforeAll(async () => {
  admin = await openTestDatabase('killed_writer', [rows]);
  ({ name } = admin);
  await admin.raw(rows).insertOne({ _id: 'row', by: 'nobody' });
  const roles = [{ role: 'readWrite', db: name }];
  await adminCommand({ createUser: appName, pwd: 'secret', roles });
  uri = Object.assign(new URL(inject('servers').mongodb.admin), { username: appName, password: 'secret' }).href;
});
afterAll(async () => {
  await adminCommand({ dropUser: appName });
  await dropAndClose(admin);
});

const adminCommand = (command: object) => admin.connection.getClient().db('admin').command(command);

const openAs = async (app: string): Promise<Database> => {
  const onError = (error: unknown) => expect.fail(String(error));
  const db = openDatabase({ uri, name, appName: app, collections: [rows], onError });
  await db.ready;
  return db;
};

/** Rejects at once when somebody else has begun to write the row. */
const tryToWrite = (db: Database, by: string) => {
  const options = { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } } as const;
  return db.connection.withSession(session => {
    session.startTransaction(options);
    return db
      .raw(rows)
      .updateOne({ _id: 'row' }, { $set: { by } }, { session })
      .then(() => session.commitTransaction());
  });
};

async function dieInTransaction(): Promise<void> {
  const child = spawn(process.execPath, [
    fileURLToPath(new URL('half-written.ts', import.meta.url)),
    uri,
    name,
    appName,
  ]);
  child.stderr.pipe(process.stderr);
  expect(String(await once(child.stdout, 'data'))).toBe('written\n');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

test('what a killed process had begun to write is free as soon as the next one has started', async () => {
  await dieInTransaction();
  const other = await openAs('somebody-else');
  await expect(tryToWrite(other, 'other')).rejects.toMatchObject({ codeName: 'WriteConflict' });
  let next: Database | undefined;
  // half a second after its last statement a transaction counts as abandoned: no service is back any sooner
  await expect
    .poll(async () => {
      await next?.close();
      next = await openAs(appName);
      return tryToWrite(next, 'next').then(
        () => 'written',
        (error: unknown) => String(error),
      );
    })
    .toBe('written');
  expect(await admin.raw(rows).findOne({ _id: 'row' })).toMatchObject({ by: 'next' });
  await Promise.all([other.close(), next?.close()]);
});

test('one that stood still and lives on does its work again', async () => {
  const still = await openAs(appName);
  const { promise: resumed, resolve: resume } = Promise.withResolvers<null>();
  const { promise: stands, resolve: stand } = Promise.withResolvers<null>();
  let tries = 0;
  const working = inTransaction(still, async session => {
    tries += 1;
    await still.raw(rows).updateOne({ _id: 'row' }, { $set: { by: 'still' } }, { session });
    stand(null);
    await resumed;
    await still.raw(rows).updateOne({ _id: 'other' }, { $set: { by: 'still' } }, { session, upsert: true });
  });
  await stands;
  await expect
    .poll(async () => {
      const next = await openAs(appName);
      const written = await tryToWrite(next, 'another').then(
        () => true,
        () => false,
      );
      await next.close();
      return written;
    })
    .toBe(true);
  resume(null);
  await working;
  expect(tries).toBe(2);
  expect(await admin.raw(rows).findOne({ _id: 'row' })).toMatchObject({ by: 'still' });
});

test('and where none starts, it is in nobody’s way for longer than ten seconds', async () => {
  await dieInTransaction();
  const began = performance.now();
  await expect.poll(() => tryToWrite(admin, 'later').then(() => 'written'), { timeout: 30_000 }).toBe('written');
  expect(performance.now() - began).toBeLessThan(10_000);
});
