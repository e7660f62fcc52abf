import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRooms } from '../dev-env/src/rooms.ts';
import { environmentExample } from '../shared/service/src/config.ts';

const example = readFileSync('.env.example', 'utf8');
const rooms = (await readRooms(process.cwd())).map(({ name, databasePrefix: prefix }) => ({ name, prefix }));

describe('.env.example', () => {
  it('is what the config schemas say (else: pnpm env-example)', () => {
    expect(example).toBe(environmentExample(rooms));
  });

  it('names the database variables of every room', () => {
    expect(rooms.filter(({ prefix }) => !example.includes(`${prefix}URI=`))).toEqual([]);
  });

  it('holds no secret', () => {
    const set = example.split('\n').filter(line => /^[A-Z_]+=/.test(line));
    expect(set.filter(line => /^\w*(PASS|KEY|URI|REDIS_URL)\w*=/.test(line))).toEqual([]);
  });
});
