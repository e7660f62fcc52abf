import { Command, Option } from 'commander';
import { z } from 'zod';
import { houseCommand, type Common, type Stage } from '../command.ts';
import { Refusal } from '../refusal.ts';

interface Options extends Common {
  user?: string;
  email?: string;
  role: string;
}

const granted = z.object({ userId: z.string(), roles: z.array(z.string()) });

export const role = (stage: Stage): Command =>
  new Command('role').description('Roles of users.').addCommand(
    houseCommand(
      stage,
      'grant',
      'Gives a user a role. It stands in their next access token, 15 minutes from now at the latest.',
      async (house, { user, email, role: wanted }: Options) => {
        if ((user === undefined) === (email === undefined)) throw new Refusal('give either --user or --email', 2);
        const who = user === undefined ? { email } : { userId: user };
        const answer = await house.ask('users', '/internal/roles', { ...who, role: wanted }, granted);
        return { data: answer, text: `${answer.userId} is ${answer.roles.join(' and ')} now.\n` };
      },
    )
      .option('--user <id>', 'the user, by id')
      .option('--email <address>', 'the user, by e-mail address')
      .addOption(new Option('--role <role>', 'what they become').choices(['OPERATOR', 'USER']).makeOptionMandatory()),
  );
