import { isCollection, parseDocument } from 'yaml';
import { Obstacle } from '../obstacle.ts';
import { writtenBase, type Room } from '../rooms.ts';

export const composeFile = 'docker-compose.yml';

/**
 * The text of docker-compose.yml with one more room at the ends of its lists: addresses, secrets, containers, volumes.
 * All else stays byte for byte, comments too. Throws an Obstacle when one of these lists is not where it was.
 */
export function withContainer(text: string, room: Room): string {
  const { name } = room;
  const address = `  ${name.toUpperCase()}_URL: http://${name}:${writtenBase + room.portOffset}/graphql\n`;
  const added: [path: string[], lines: string][] = [
    [['x-environment'], address],
    [['services', 'secrets', 'volumes'], `      - secrets-${name}:/secrets/${name}\n`],
    [['services'], `\n${container(room)}`],
    [['volumes'], `  secrets-${name}:\n`],
  ];
  return added.reduce((whole, [path, lines]) => withLines(whole, path, lines), text);
}

/** As `yaml` writes it, the whole file would be formatted anew: so it only tells where a list ends. */
function withLines(text: string, path: string[], lines: string): string {
  const list = parseDocument(text).getIn(path, true);
  const end = isCollection(list) && !list.flow ? list.range?.[1] : undefined;
  if (end === undefined) throw new Obstacle(`${composeFile} has no list ${path.join('.')} to add the room to.`);
  const before = text.slice(0, end).trimEnd();
  return `${before}\n${lines}${text.slice(before.length + 1)}`;
}

const container = ({ name, program, databasePrefix, database, portOffset }: Room) => `  ${name}:
    <<: *server
    command: node ${program}
    environment:
      <<: *environment
      PORT: ${writtenBase + portOffset}
      REDIS_URL_FILE: /secrets/${name}/redis-url
      SIGNING_KEY_FILE: /secrets/${name}/signing.key.json
      PUBLIC_KEYS_FILE: /secrets/${name}/public.jwks.json
      ${databasePrefix}NAME: ${database}
      ${databasePrefix}URI_FILE: /secrets/${name}/mongodb-uri
    volumes:
      - secrets-${name}:/secrets/${name}:ro
`;
