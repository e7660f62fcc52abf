import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Obstacle } from '../obstacle.ts';
import { roomOf, type Room } from '../rooms.ts';

// the room's manifest is exported under its name
const ofTheLanguage =
  'arguments async await break case catch class const continue debugger default delete do else enum eval export extends false finally for function get if implements import in instanceof interface let new null of package private protected public return set static super switch this throw true try type typeof undefined var void while with yield';
// and stands beside these there
const ofTheTemplate =
  'afterall beforeall context describe expect it loaders models resolvers room rooms run scope test typedefs viewer work';
// other processes, packages and users of the databases
const ofTheHouse = 'admin bench bff devenv gateway local migration mongodb ops redis supergraph';

const reserved = new Set(`${ofTheLanguage} ${ofTheTemplate} ${ofTheHouse}`.split(' '));

/** Throws an Obstacle that says why this cannot be the name of a room here, and what can. */
export function checkName(name: string, root: string, rooms: readonly Room[]): void {
  if (!/^[a-z][a-z0-9]{1,29}$/.test(name)) {
    throw new Obstacle(
      `"${name}" cannot be a name: 2 to 30 letters (a to z) and digits, a letter first, as in drinks.`,
    );
  }
  if (rooms.some(room => room.name === name))
    throw new Obstacle(`there is a room ${name} already: see supergraph.yaml.`);
  if (existsSync(join(root, 'subgraphs', name))) {
    throw new Obstacle(
      `subgraphs/${name} is there already, and not in supergraph.yaml: remove it, or take another name.`,
    );
  }
  if (reserved.has(name) || readdirSync(join(root, 'shared')).includes(name)) {
    throw new Obstacle(`${name} means something else here: take another name.`);
  }
  const { databasePrefix } = roomOf(name, 0);
  const rival = rooms.find(room => room.databasePrefix === databasePrefix);
  if (rival) {
    throw new Obstacle(`${name} would share the variables ${databasePrefix}* with ${rival.name}: take another name.`);
  }
}
