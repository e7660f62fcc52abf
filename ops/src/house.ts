import { opsConfig } from '@mealprep360/service/config';
import { loadSigningKey, signService, type SigningKey } from '@mealprep360/service/tokens';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { Refusal } from './refusal.ts';
import type { Terminal } from './terminal.ts';

/** The services of one house, and the way to ask them. */
export interface House {
  /** in the order of supergraph.yaml */
  services: readonly string[];
  /** Asks a service over an internal route. Throws a Refusal with the service's own words where it gave some. */
  ask: <Schema extends z.ZodType>(
    service: string,
    path: string,
    body: unknown,
    answer: Schema,
    timeout?: number,
  ) => Promise<z.output<Schema>>;
}

/** How the command line says where the house is. */
export interface Where {
  data?: string;
  key?: string;
  urls?: string;
}

/**
 * Finds a house: by a data folder where one is named, by key and addresses where a key is, else by the data folder of
 * a house that was started without --data.
 */
export async function findHouse(where: Where, environment: Terminal['environment']): Promise<House> {
  const config = opsConfig(environment);
  const keyFile = where.key ?? (where.data === undefined ? config.signingKeyFile : null);
  const listed = await listedUrls(config.supergraphFile);
  const found =
    keyFile === null
      ? await inDataFolder(where.data ?? '.mealprep360', Object.keys(listed))
      : { keyFile, urls: { ...listed, ...config.subgraphUrls } };
  const urls = { ...found.urls, ...urlsOf(where.urls, Object.keys(listed)) };
  const key = await keyIn(found.keyFile);
  return {
    services: Object.keys(listed),
    ask: (service, path, body, answer, timeout = 10_000) =>
      ask({ key, service, url: urls[service], path, body, timeout }, answer),
  };
}

const supergraph = z.object({ subgraphs: z.record(z.string(), z.object({ routing_url: z.url() })) });

async function listedUrls(file: string): Promise<Record<string, string>> {
  const read = supergraph.safeParse(parse(await textOf(file, `${file} lists the services`)));
  if (!read.success) throw new Refusal(`${file} is not a list of subgraphs: ${z.prettifyError(read.error)}`);
  return Object.fromEntries(Object.entries(read.data.subgraphs).map(([name, { routing_url: url }]) => [name, url]));
}

const runFile = z.object({ processes: z.array(z.object({ name: z.string(), port: z.int().nullable() })) });

async function inDataFolder(folder: string, services: readonly string[]) {
  const text = await textOf(
    join(folder, 'run.json'),
    `no house runs on ${folder}: start it, give another --data, or --key and --urls`,
  );
  const run = runFile.parse(JSON.parse(text));
  const urls = run.processes
    .filter(({ name, port }) => services.includes(name) && port !== null)
    .map(({ name, port }) => [name, `http://127.0.0.1:${port}`]);
  return { keyFile: join(folder, 'keys', 'ops.key.json'), urls: Object.fromEntries(urls) as Record<string, string> };
}

function urlsOf(list: string | undefined, services: readonly string[]): Record<string, string> {
  const pairs = (list ?? '').split(',').filter(pair => pair.trim() !== '');
  return Object.fromEntries(
    pairs.map(pair => {
      const [, name = '', url = ''] = /^\s*([a-z0-9-]+)=(\S+)\s*$/.exec(pair) ?? [];
      if (!services.includes(name)) throw new Refusal(`--urls: "${pair}" names no service (${services.join(', ')})`, 2);
      if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw new Refusal(`--urls: "${pair}" holds no URL`, 2);
      return [name, url];
    }),
  );
}

async function keyIn(file: string): Promise<SigningKey> {
  const missing = `the key ${file} cannot be read: a start of the house makes it`;
  await textOf(file, missing);
  const key = await loadSigningKey(file).catch(() => {
    throw new Refusal(`${file} is no private key of this house`);
  });
  if (key.signer !== 'ops') throw new Refusal(`${file} is the key of ${key.signer}, and services listen to ops alone`);
  return key;
}

const textOf = (file: string, why: string): Promise<string> =>
  readFile(file, 'utf8').catch(() => {
    throw new Refusal(why);
  });

interface Question {
  key: SigningKey;
  service: string;
  url: string | undefined;
  path: string;
  body: unknown;
  timeout: number;
}

async function ask<Schema extends z.ZodType>(question: Question, answer: Schema): Promise<z.output<Schema>> {
  const { key, service, url, path, body, timeout } = question;
  if (url === undefined) throw new Refusal(`the address of ${service} is not known`);
  const response = await fetch(new URL(path, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await signService(key, service)}` },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeout),
  }).catch((error: unknown) => {
    const late = error instanceof Error && error.name === 'TimeoutError';
    throw new Refusal(
      `${service} does not answer at ${new URL(url).origin}${late ? ` within ${timeout / 1000} s` : ''}`,
    );
  });
  const said: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new Refusal(refusalOf(service, response.status, said));
  const read = answer.safeParse(said);
  if (!read.success) throw new Refusal(`${service} answers in a way that this version of ops does not understand`);
  return read.data;
}

const spoken = z.object({ error: z.string() });

function refusalOf(service: string, status: number, said: unknown): string {
  const words = spoken.safeParse(said);
  if (status === 401) return `${service} does not take this key: it belongs to another house, or the clocks differ`;
  if (status === 404) return `${service} has no such route: it is of another version, or its address is another's`;
  if (status === 503) return `${service} is not ready: its database does not answer`;
  return words.success ? `${service}: ${words.data.error}` : `${service} answered ${status}`;
}
