import { InvalidArgumentError, type Command } from 'commander';
import { houseCommand, type Common, type Stage } from '../command.ts';
import { behindOf } from '../health.ts';
import { duration, exitCodes, table } from '../terminal.ts';
import { askAll, type Answered } from './status.ts';

interface Options extends Common {
  max: number;
}

interface Line {
  service: string;
  speaker: string;
  behind: number;
  headsSecondsAgo: number | null;
  partitions: { partition: number; head: number; checkpoint: number; tries: number }[];
}

export const lag = (stage: Stage): Command =>
  houseCommand(
    stage,
    'lag',
    'How far each service is with each that it hears, by partition: head minus checkpoint. Exit code 3: too far behind.',
    async (house, { max }: Options) => {
      const answers = await askAll(house);
      const lines = answers.flatMap(linesOf);
      const unknown = answers.filter(({ status }) => !status?.events).map(({ service }) => service);
      if (unknown.length > 0 || lines.some(({ behind }) => behind > max)) stage.ends(exitCodes.unwell);
      const text = [
        table(
          ['service', 'hears', 'behind', 'compared', 'partitions (checkpoint/head)'],
          lines.map(line => [
            ...[line.service, line.speaker, String(line.behind)],
            line.headsSecondsAgo === null ? 'never' : `${duration(line.headsSecondsAgo)} ago`,
            line.partitions.map(partitionText).join(' '),
          ]),
        ),
        ...unknown.map(service => `${service} does not tell how far it is.\n`),
      ].join('');
      return { data: { behind: lines, unknown }, text };
    },
  ).option('--max <events>', 'how far behind one that it hears a service may be', countOf, 1000);

const linesOf = ({ service, status }: Answered): Line[] =>
  (status?.events?.heard ?? []).map(({ speaker, headsSecondsAgo, partitions }) => ({
    ...{ service, speaker, behind: behindOf(partitions), headsSecondsAgo, partitions },
  }));

const partitionText = ({ checkpoint, head, tries }: Line['partitions'][number]): string =>
  `${checkpoint === head ? head : `${checkpoint}/${head}`}${tries > 0 ? `!${tries}` : ''}`;

function countOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('must be a whole number.');
  return Number(text);
}
