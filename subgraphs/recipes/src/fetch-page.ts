import { Fault, fault } from '@mealprep360/service/fault';
import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { isPublicAddress } from './public-address.ts';

/** What an address of the web answered: its text, where it came from after redirects, and what it says it is. */
export interface FetchedPage {
  text: string;
  address: string;
  isJson: boolean;
}

interface Limits {
  milliseconds: number;
  bytes: number;
  redirects: number;
  /** pages that this process fetches at the same time */
  atOnce: number;
  /** which IP addresses may be asked */
  mayAsk: (address: string) => boolean;
  /** all addresses of a host name */
  resolve: (host: string) => Promise<readonly LookupAddress[]>;
}

const LIMITS: Limits = {
  milliseconds: 5000,
  bytes: 2_000_000,
  redirects: 3,
  atOnce: 32,
  mayAsk: isPublicAddress,
  resolve: host => lookup(host, { all: true }),
};

let underWay = 0;

/**
 * Fetches a page of the public internet. A host all of whose addresses are public is asked at one of just these
 * addresses, so that a name cannot lead elsewhere between the check and the request; each redirect is checked anew.
 * Throws a Fault URL_NOT_ALLOWED, FETCH_FAILED, TOO_LARGE or TOO_MANY_IMPORTS.
 */
export async function fetchPage(url: string, limits: Partial<Limits> = {}): Promise<FetchedPage> {
  const rules = { ...LIMITS, ...limits };
  if (underWay >= rules.atOnce) {
    throw fault('TOO_MANY_IMPORTS', `${rules.atOnce} pages are being fetched for others. Try again in a moment.`);
  }
  underWay += 1;
  const signal = AbortSignal.timeout(rules.milliseconds);
  try {
    return await follow(new URL(url), rules, signal);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw failed(
      signal.aborted ? `did not answer within ${rules.milliseconds / 1000} seconds` : 'cannot be reached, or broke off',
    );
  } finally {
    underWay -= 1;
  }
}

const failed = (what: string) => fault('FETCH_FAILED', `The page ${what}.`);

const notAllowed = () =>
  fault('URL_NOT_ALLOWED', 'Pages are fetched from http(s) addresses of the public internet only, without a password.');

async function follow(start: URL, rules: Limits, signal: AbortSignal): Promise<FetchedPage> {
  let url = start;
  for (let redirects = 0; redirects <= rules.redirects; redirects += 1) {
    const response = await ask(url, rules, signal);
    const { statusCode = 0, headers } = response;
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
      response.destroy();
      if (!URL.canParse(headers.location, url.href)) throw failed('leads to an address that is none');
      url = new URL(headers.location, url.href);
      continue;
    }
    if (statusCode !== 200) {
      response.destroy();
      throw failed(`answered with status ${statusCode}`);
    }
    return read(response, url.href, rules);
  }
  throw failed(`leads on more than ${rules.redirects} times`);
}

async function ask(url: URL, rules: Limits, signal: AbortSignal): Promise<IncomingMessage> {
  if (!['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') throw notAllowed();
  const addresses = await addressesOf(url, rules, signal);
  if (!addresses.every(({ address }) => rules.mayAsk(address))) throw notAllowed();
  const [first] = addresses;
  if (first === undefined) throw failed('has no address');
  const pinned: LookupFunction = (_host, options, answer) => {
    if (options.all === true) answer(null, [...addresses]);
    else answer(null, first.address, first.family);
  };
  const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url.href, {
    agent: false,
    lookup: pinned,
    signal,
    headers: {
      accept: 'text/html,application/xhtml+xml,application/ld+json;q=0.9',
      'accept-encoding': 'identity',
      'user-agent': 'MealPrep360 recipe import',
    },
  });
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  // Who reads it hears of its errors; unheard, one that comes before or after would end the process.
  response.on('error', () => undefined);
  return response;
}

// The system's resolver cannot be called off; it may go on, unheard.
async function addressesOf(url: URL, { resolve }: Limits, signal: AbortSignal) {
  const found = resolve(url.hostname.replace(/^\[|\]$/g, ''));
  found.catch(() => undefined);
  return Promise.race([found, once(signal, 'abort').then(() => Promise.reject(new Error('too slow')))]);
}

async function read(response: IncomingMessage, address: string, rules: Limits): Promise<FetchedPage> {
  const type = response.headers['content-type'] ?? 'text/html';
  const isJson = /^\s*application\/(?:[\w.-]+\+)?json\b/i.test(type);
  try {
    if (!isJson && !/^\s*(?:text\/(?:html|plain)|application\/xhtml\+xml)\b/i.test(type)) {
      throw failed(`is no page: it says it is ${type.slice(0, 50)}`);
    }
    const body = await bytesOf(decoded(response), rules.bytes);
    return { text: textOf(body, type), address, isJson };
  } finally {
    response.destroy();
  }
}

const DECODERS = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress };

/** The body as it was before it was packed, for servers that pack it unasked. */
function decoded(response: IncomingMessage): Readable {
  const packing = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (packing === 'identity' || packing === '') return response;
  const decoder = Object.entries(DECODERS).find(([name]) => name === packing)?.[1];
  if (decoder === undefined) throw failed(`is packed in an unknown way: ${packing.slice(0, 20)}`);
  const unpacked = decoder();
  response.on('error', error => unpacked.destroy(error));
  return response.pipe(unpacked);
}

async function bytesOf(body: Readable, max: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > max) throw fault('TOO_LARGE', `A page has at most ${max} bytes; this one has more.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** By the charset of the answer, else of the page's own head, else UTF-8. */
function textOf(body: Buffer, type: string): string {
  const head = body.toString('latin1', 0, 1024);
  const charset =
    /charset\s*=\s*["']?([\w-]+)/i.exec(type)?.[1] ?? /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1];
  try {
    return new TextDecoder(charset ?? 'utf-8').decode(body);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return new TextDecoder().decode(body);
  }
}
