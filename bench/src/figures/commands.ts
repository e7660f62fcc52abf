import { startServers } from '@mealprep360/dev-env/fixture';
import { listFields, readSchema } from '../commands/list-fields.ts';
import { measure, type Cost } from '../commands/measure.ts';
import { measuredRooms, openMeasuredRooms } from '../commands/rooms.ts';
import { ratio, type Figure, type Row } from '../figure.ts';

/** What an operation over each list costs: the same for few entries and for many. */
export const commands: Figure = {
  name: 'commands',
  about: 'database commands of an operation over each list, with 5 and with 50 entries',
  run: async (tell, signal) => {
    const { servers, stop } = await startServers();
    try {
      const rooms = await openMeasuredRooms(servers);
      try {
        const rows: Row[] = [];
        for (const measured of measuredRooms) {
          const schema = readSchema(measured.room.name);
          const lists = listFields(schema);
          tell(`${measured.room.name}: ${lists.length} lists`);
          for (const list of lists) {
            signal.throwIfAborted();
            const few = await measure(rooms, measured, schema, list, 'few');
            const many = await measure(rooms, measured, schema, list, 'many');
            rows.push(rowOf(`${measured.room.name} ${list.name}`, few, many));
          }
        }
        return rows;
      } finally {
        await rooms.stop();
      }
    } finally {
      await stop();
    }
  },
};

function rowOf(what: string, few: Cost, many: Cost): Row {
  const cost = ({ entries, commands: sent }: Cost) => `${sent.length} for ${entries}`;
  const growth = few.commands.length === 0 ? '' : `, ${ratio(many.commands.length, few.commands.length)}`;
  const holds = few.commands.join() === many.commands.join();
  return { what, value: `${cost(few)}, ${cost(many)}${growth}`, bar: 'equal', holds };
}
