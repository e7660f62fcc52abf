import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseDocument } from 'yaml';
import { Obstacle } from '../obstacle.ts';
import { readRooms, roomOf, writtenBase } from '../rooms.ts';
import { checkName } from './check-name.ts';
import { composeFile, withContainer } from './compose-file.ts';
import { roomFiles } from './template.ts';

// below stand the seven, and the BFF at 4010
const firstPort = 4011;

const listFile = 'supergraph.yaml';
const speakersFile = 'shared/contracts/src/speakers.ts';

/** Writes the room and adds it to the three lists; tells its port and what was written. Throws an Obstacle. */
export async function addRoom(root: string, name: string): Promise<{ port: number; files: string[] }> {
  const rooms = await readRooms(root);
  checkName(name, root, rooms);
  const taken = rooms.map(({ portOffset }) => writtenBase + portOffset);
  const port = Array.from({ length: taken.length + 1 }, (_, index) => firstPort + index).find(
    candidate => !taken.includes(candidate),
  );
  if (port === undefined) throw new Error('more ports than rooms are taken');
  const textOf = (file: string) => readFile(join(root, file), 'utf8');
  const files = {
    ...Object.fromEntries(Object.entries(roomFiles(name)).map(([file, text]) => [`subgraphs/${name}/${file}`, text])),
    [listFile]: withSubgraph(await textOf(listFile), name, port),
    [speakersFile]: withSpeaker(await textOf(speakersFile), name),
    [composeFile]: withContainer(await textOf(composeFile), roomOf(name, port - writtenBase)),
  };
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  return { port, files: Object.keys(files) };
}

function withSubgraph(list: string, name: string, port: number): string {
  const document = parseDocument(list);
  document.setIn(['subgraphs', name], {
    routing_url: `http://127.0.0.1:${port}/graphql`,
    schema: { file: `./subgraphs/${name}/schema.graphql` },
  });
  return document.toString({ lineWidth: 0 });
}

function withSpeaker(speakers: string, name: string): string {
  const [before, after, ...more] = speakers.split('\n} as const;\n');
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Obstacle(`${speakersFile} does not end its table with "} as const;": add ${name}: {} there yourself.`);
  }
  return `${before}\n  ${name}: {},\n} as const;\n${after}`;
}
