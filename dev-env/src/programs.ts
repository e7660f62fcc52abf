import { join } from 'node:path';
import { bffEnvironment, gatewayEnvironment, roomEnvironment } from './environment.ts';
import type { EnvironmentOptions } from './environment.ts';
import { freePort } from './ports.ts';
import type { Program } from './processes.ts';
import { bff, gatewayProgram } from './rooms.ts';
import type { Room } from './rooms.ts';

export interface ProgramOptions {
  /** the repository */
  root: string;
  /** more environment for one process; asked anew for each start */
  env: (process: string) => Record<string, string>;
  environment: EnvironmentOptions;
}

/** The processes of a house besides its stores. */
export function programs(options: ProgramOptions): Program[] {
  const { rooms } = options.environment;
  return [
    ...rooms.map(room => roomProgram(options, room)),
    program(options, 'bff', bff.program, bff.portOffset, bffEnvironment(options.environment)),
    program(options, 'gateway', gatewayProgram, 0, gatewayEnvironment(options.environment)),
  ];
}

/** A second process of a room: it works along, but nobody sends it requests. */
export async function twinOf(options: ProgramOptions, room: Room): Promise<Program> {
  const name = `${room.name}-2`;
  const port = await freePort();
  const env = () => ({ ...roomEnvironment(options.environment, room), ...options.env(name), PORT: String(port) });
  return { ...roomProgram(options, room), name, port, env };
}

const roomProgram = (options: ProgramOptions, room: Room): Program =>
  program(options, room.name, room.program, room.portOffset, roomEnvironment(options.environment, room));

function program(
  { root, env, environment }: ProgramOptions,
  name: string,
  file: string,
  portOffset: number,
  own: Record<string, string>,
): Program {
  return {
    name,
    command: process.execPath,
    args: [join(root, file)],
    env: () => ({ ...own, ...env(name) }),
    port: environment.portBase + portOffset,
    rank: name === 'gateway' || name === 'bff' ? name : 'service',
  };
}
