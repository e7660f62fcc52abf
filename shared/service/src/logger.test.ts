import { mongo, Schema, createConnection } from 'mongoose';
import { expect, test } from 'vitest';
import { shownError } from './logger.ts';

const written = (error: Error): string => JSON.stringify(shownError(error));

test('an error is written down without what somebody wrote', async () => {
  const duplicate = new mongo.MongoServerError({
    code: 11000,
    message: 'E11000 duplicate key error collection: users index: emailKey_1 dup key: { emailKey: "ana@example.org" }',
    keyValue: { emailKey: 'ana@example.org' },
  });
  const around = new Error('another writer was first', { cause: duplicate });
  expect([written(duplicate), written(around)].filter(line => line.includes('ana@'))).toEqual([]);
  expect(written(duplicate)).toContain('emailKey_1 dup key: [hidden]');
  expect(shownError(duplicate)).toMatchObject({ type: 'MongoServerError', code: 11000 });

  const model = createConnection().model('note', new Schema({ text: { type: String, maxlength: 3 }, at: Date }));
  const invalid: unknown = await new model({ text: 'a secret', at: 'another secret' })
    .validate()
    .catch((error: unknown) => error);
  if (!(invalid instanceof Error)) throw new Error('this should not be valid');
  expect(invalid.message).toContain('secret');
  expect(written(invalid)).not.toContain('secret');
});
