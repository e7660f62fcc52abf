import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { bff, gatewayProgram, readRooms, writtenBase } from '../dev-env/src/rooms.ts';
import { bffConfig, ConfigError, gatewayConfig, opsConfig, serviceConfig } from '../shared/service/src/config.ts';

const variables = z.record(z.string(), z.union([z.string(), z.number()]).transform(String));
const service = z.object({
  image: z.string(),
  build: z.string().optional(),
  command: z.union([z.string(), z.array(z.string())]),
  user: z.string().optional(),
  read_only: z.boolean().optional(),
  restart: z.string(),
  environment: variables.default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
});
const file = z
  .object({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.unknown()) })
  .parse(parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }));
const serviceOf = (name: string) => {
  const found = file.services[name];
  if (found === undefined) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
};

const rooms = await readRooms(process.cwd());
const written = z
  .object({ subgraphs: z.record(z.string(), z.object({ routing_url: z.url() })) })
  .parse(parse(readFileSync('supergraph.yaml', 'utf8'))).subgraphs;
const portOf = (name: string) => Number(new URL(written[name]!.routing_url).port);

const processes = [
  ...rooms.map(({ name, program, databasePrefix: prefix }) => ({
    name,
    program,
    port: portOf(name),
    read: (environment: Record<string, string>) => serviceConfig(name, prefix, environment),
  })),
  { name: 'gateway', program: gatewayProgram, port: writtenBase, read: gatewayConfig },
  { name: 'bff', program: bff.program, port: writtenBase + bff.portOffset, read: bffConfig },
];

const secrets = mkdtempSync(join(tmpdir(), 'mealprep360-secrets-'));
const makeSecrets = () => {
  const at = ['--folder', secrets, '--mongodb', 'mongodb:27017', '--redis', 'redis:6379'];
  execFileSync(process.execPath, ['dev-env/src/compose/secrets.ts', ...at]);
};
makeSecrets();
afterAll(() => rmSync(secrets, { recursive: true, force: true }));

/** What a container sees: with the defaults of `${NAME:-default}`, and the secrets where this test has them. */
const environmentOf = (name: string) =>
  Object.fromEntries(
    Object.entries(serviceOf(name).environment).map(([key, value]) => [
      key,
      value.replace(/^\$\{\w+:-(.*)\}$/, '$1').replace(/^\/secrets(?=\/)/, secrets),
    ]),
  );

/** Every variable that the schemas of one process name, asked of the schema itself: which are missed, which are read. */
function readBy({ name, read }: (typeof processes)[number]): Set<string> {
  const asked = new Set<string>();
  const spy = new Proxy(environmentOf(name), {
    get: (target, key) => {
      asked.add(String(key));
      return Reflect.get(target, key) as unknown;
    },
  });
  read(spy);
  return asked;
}

describe('docker-compose.yml', () => {
  it('has the subgraphs of supergraph.yaml, the two doors, the stores, and what prepares them', () => {
    const others = ['gateway', 'bff', 'mongodb', 'redis', 'secrets', 'database-users', 'ops'];
    expect(Object.keys(file.services).sort()).toEqual([...Object.keys(written), ...others].sort());
  });

  it('starts the two doors on this machine only, and nothing else', () => {
    const published = Object.entries(file.services).flatMap(([name, { ports }]) =>
      ports.map(port => `${name} ${port}`),
    );
    expect(published.sort()).toEqual(['bff 127.0.0.1:4010:4010', 'gateway 127.0.0.1:4000:4000']);
  });

  it('declares each volume that is mounted, and mounts each that it declares', () => {
    const mounted = Object.values(file.services).flatMap(({ volumes }) => volumes.map(volume => volume.split(':')[0]));
    expect([...new Set(mounted)].sort()).toEqual(Object.keys(file.volumes).sort());
  });

  it.skipIf(spawnSync('docker-compose', ['--version']).error !== undefined)(
    'is taken by docker-compose (where there is one: apt-get install docker-compose)',
    () => {
      const { status, stderr } = spawnSync('docker-compose', ['config', '--quiet'], { encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(status).toBe(0);
    },
  );
});

describe.each(processes)('the container of $name', mine => {
  const { name, program, port, read } = mine;

  it('runs its program in the common image, not as root, on a file system it cannot write', () => {
    expect(serviceOf(name)).toMatchObject({ command: `node ${program}`, image: 'mealprep360', build: '.' });
    expect(serviceOf(name)).toMatchObject({ user: 'node', read_only: true, restart: 'unless-stopped' });
    expect(existsSync(program)).toBe(true);
  });

  it('has an environment that its config takes, in production', () => {
    expect(read(environmentOf(name))).toMatchObject({ production: true, host: '0.0.0.0', port });
  });

  it('has no variable that its config does not know', () => {
    const asked = readBy(mine);
    expect(Object.keys(serviceOf(name).environment).filter(variable => !asked.has(variable))).toEqual([]);
  });

  it('would not start without what its config requires', () => {
    const { PORT: _port, ...rest } = environmentOf(name);
    expect(() => read(rest)).toThrow(ConfigError);
  });

  it('is asked whether it lives', () => {
    expect(serviceOf(name).healthcheck?.test.join(' ')).toContain('${process.env.PORT}/health/live');
  });

  it('sees no secret but its own, and cannot change it', () => {
    expect(serviceOf(name).volumes).toEqual(name === 'bff' ? [] : [`secrets-${name}:/secrets/${name}:ro`]);
    const files = Object.values(serviceOf(name).environment).filter(value => value.startsWith('/secrets/'));
    expect(files.filter(path => !path.startsWith(`/secrets/${name}/`))).toEqual([]);
  });

  it('waits for its keys and its database user', () => {
    expect(serviceOf(name).depends_on).toEqual({
      secrets: { condition: 'service_completed_successfully' },
      'database-users': { condition: 'service_completed_successfully' },
    });
  });
});

describe('the container of the person on call', () => {
  it('has a key of its own, and the addresses of all services', () => {
    const { signingKeyFile, subgraphUrls } = opsConfig(environmentOf('ops'));
    expect(JSON.parse(readFileSync(signingKeyFile ?? '', 'utf8'))).toMatchObject({ kid: 'ops' });
    expect(Object.keys(subgraphUrls).sort()).toEqual(Object.keys(written).sort());
    expect(serviceOf('ops').volumes).toEqual(['secrets-ops:/secrets/ops:ro']);
  });
});

describe('the addresses', () => {
  const users = serviceOf('gateway').environment;

  it.each(rooms)('of $name are those of its container', ({ name }) => {
    expect(users[`${name.toUpperCase().replaceAll('-', '_')}_URL`]).toBe(`http://${name}:${portOf(name)}/graphql`);
  });

  it('of the stores are those of their containers', () => {
    for (const { name } of rooms) {
      expect(readFileSync(join(secrets, name, 'mongodb-uri'), 'utf8')).toContain('@mongodb:27017/');
      expect(new URL(readFileSync(join(secrets, name, 'redis-url'), 'utf8')).host).toBe('redis:6379');
    }
    expect(serviceOf('mongodb').image).toBe('mongo:6.0');
    expect(serviceOf('redis').image).toBe('valkey/valkey:8.1');
  });

  it('of the gateway is the one the BFF asks', () => {
    expect(serviceOf('bff').environment['GATEWAY_URL']).toBe(`http://gateway:${writtenBase}/graphql`);
  });
});

describe('the secrets that the first container makes', () => {
  it('are readable by their owner only', () => {
    const acl = join(secrets, 'redis', 'users.acl');
    expect((statSync(acl).mode & 0o777).toString(8)).toBe('600');
    expect((statSync(join(secrets, 'users')).mode & 0o777).toString(8)).toBe('700');
  });

  it('stay as they are when it runs again', () => {
    const all = () =>
      ['users/users-master.key', 'users/signing.key.json', 'users/redis-url', 'mongodb/keyfile', 'redis/users.acl'].map(
        path => readFileSync(join(secrets, path), 'utf8'),
      );
    const before = all();
    makeSecrets();
    expect(all()).toEqual(before);
  });

  it('leave no default user at Redis', () => {
    expect(readFileSync(join(secrets, 'redis', 'users.acl'), 'utf8').split('\n')[0]).toBe('user default off');
  });
});

describe('the Dockerfile', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8');
  const { packageManager, devDependencies } = z
    .object({ packageManager: z.string(), devDependencies: z.object({ node: z.string() }) })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')));

  it('has the Node and the pnpm that are pinned in package.json', () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(match => match[1]);
    expect(new Set(bases)).toEqual(new Set([`node:${devDependencies.node}-bookworm-slim`]));
    expect(dockerfile).toContain(`npm install --global ${packageManager}`);
  });

  it('keeps what a clone may hold of secrets and data out of the image', () => {
    const kept = readFileSync('.dockerignore', 'utf8').split('\n');
    expect(kept).toEqual(expect.arrayContaining(['.env', '.mealprep360', '.git', '**/node_modules']));
  });
});
