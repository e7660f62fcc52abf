// A process that dies in a transaction: it is killed once it has said that it wrote.
import { openDatabase } from '@mealprep360/mongo/database';
import { rows } from './rows.ts';

const [uri = '', name = '', appName = ''] = process.argv.slice(2);
const onError = (error: unknown): void => {
  throw error;
};
const db = openDatabase({ uri, name, appName, collections: [rows], onError });
await db.ready;
const session = await db.connection.startSession();
session.startTransaction();
await db.raw(rows).updateOne({ _id: 'row' }, { $set: { by: 'killed' } }, { session });
process.stdout.write('written\n');
