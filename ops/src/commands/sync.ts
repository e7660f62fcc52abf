import { synced } from '@mealprep360/service/ops-messages';
import type { Command } from 'commander';
import type { z } from 'zod';
import { houseCommand, type Common, type Stage } from '../command.ts';
import { progress } from '../progress.ts';
import { Refusal } from '../refusal.ts';

interface Options extends Common {
  user?: string;
  all?: boolean;
}

const PAGE = 100;

export const sync = (stage: Stage): Command =>
  houseCommand(
    stage,
    'sync',
    'Has users said once more as they are, at the version that they have, for copies that may have missed it.',
    async (house, { user, all }: Options) => {
      if ((user === undefined) === (all === undefined)) throw new Refusal('give either --user or --all', 2);
      const path = '/internal/ops/sync';
      let after: string | null = null;
      let bar: ReturnType<typeof progress> | null = null;
      let users = 0;
      try {
        do {
          const page = { limit: PAGE, ...(after !== null && { after }) };
          const body = user === undefined ? page : { userId: user };
          const part: z.output<typeof synced> = await house.ask('users', path, body, synced);
          bar ??= progress(stage, 'users', part.total);
          bar.add(part.users);
          users += part.users;
          after = part.next;
        } while (after !== null);
      } finally {
        bar?.end();
      }
      return { data: { users }, text: `${users} ${users === 1 ? 'user was' : 'users were'} said once more.\n` };
    },
  )
    .option('--user <id>', 'this one')
    .option('--all', 'all that there are');
