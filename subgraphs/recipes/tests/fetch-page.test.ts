import { Fault } from '@mealprep360/service/fault';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { fetchPage } from '../src/fetch-page.ts';
import { isPublicAddress } from '../src/public-address.ts';

describe('an address', () => {
  test.each(['1.1.1.1', '8.8.8.8', '93.184.216.34', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1'])(
    'of the public internet may be asked: %s',
    address => expect(isPublicAddress(address)).toBe(true),
  );

  test.each([
    ...['127.0.0.1', '127.255.255.254', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ...['169.254.169.254', '100.64.0.1', '192.0.0.8', '192.0.2.1', '198.18.0.1', '198.51.100.7', '203.0.113.9'],
    ...['224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255', '192.88.99.1'],
    ...[
      '::',
      '::1',
      'fe80::1',
      'fe80::1%eth0',
      'fc00::1',
      'fd12:3456::1',
      'fec0::1',
      'ff02::1',
      '2001:db8::1',
      '3fff::1',
    ],
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1'],
    ...['2002:7f00:1::', '2001::1', '2001:10::1', '100::1', 'localhost', '2130706433', ''],
  ])('that is not is refused: %s', address => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

const bomb = brotliCompressSync(Buffer.alloc(20_000_000));
const answers: Record<string, RequestListener> = {
  '/page': (_, response) => response.setHeader('content-type', 'text/html').end('<h1>Soup</h1>'),
  '/latin': (_, response) =>
    response.setHeader('content-type', 'text/html; charset=iso-8859-1').end(Buffer.from('Crêpe', 'latin1')),
  '/gzip': (_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync('<h1>Soup</h1>')),
  '/bomb': (_, response) => response.setHeader('content-encoding', 'br').end(bomb),
  '/large': (_, response) => response.end(Buffer.alloc(2_000_001, 'x')),
  '/endless': (_, response) => {
    const more = () => {
      if (!response.destroyed) response.write(Buffer.alloc(100_000, 'x'), more);
    };
    more();
  },
  '/slow': (_, response) => void response.write('<h1>'),
  '/silent': () => undefined,
  '/image': (_, response) => response.setHeader('content-type', 'image/png').end('x'),
  '/gone': (_, response) => response.writeHead(404).end(),
  '/broken': (_, response) => response.setHeader('content-length', '100').write('x', () => response.destroy()),
  '/to-page': (_, response) => response.writeHead(302, { location: '/page' }).end(),
  '/round': (_, response) => response.writeHead(302, { location: '/round' }).end(),
  '/to-file': (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/to-inside': (_, response) => response.writeHead(302, { location: 'http://127.0.0.2/' }).end(),
};

let server: Server;
let origin: string;
const asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answers[request.url ?? '']?.(request, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const here = { mayAsk: (address: string) => address === '127.0.0.1', milliseconds: 1000 };
const codeOf = async (url: string, limits = {}) => {
  try {
    await fetchPage(url, limits);
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
  return 'none';
};

describe('a page', () => {
  it('is fetched with its text, its charset and where it came from', async () => {
    expect(await fetchPage(`${origin}/page`, here)).toMatchObject({ text: '<h1>Soup</h1>', isJson: false });
    expect((await fetchPage(`${origin}/latin`, here)).text).toBe('Crêpe');
    expect((await fetchPage(`${origin}/gzip`, here)).text).toBe('<h1>Soup</h1>');
    expect((await fetchPage(`${origin}/to-page`, here)).address).toBe(`${origin}/page`);
  });

  test.each([
    ['/large', 'TOO_LARGE'],
    ['/bomb', 'TOO_LARGE'],
    ['/endless', 'TOO_LARGE'],
    ['/slow', 'FETCH_FAILED'],
    ['/silent', 'FETCH_FAILED'],
    ['/image', 'FETCH_FAILED'],
    ['/gone', 'FETCH_FAILED'],
    ['/broken', 'FETCH_FAILED'],
    ['/round', 'FETCH_FAILED'],
    ['/to-file', 'URL_NOT_ALLOWED'],
    ['/to-inside', 'URL_NOT_ALLOWED'],
  ])('at %s is refused as %s', async (path, code) => {
    expect(await codeOf(`${origin}${path}`, here)).toBe(code);
  });

  it('is asked for once more for each of three redirects, and no more', async () => {
    asked.length = 0;
    await codeOf(`${origin}/round`, here);
    expect(asked).toEqual(Array(4).fill('/round'));
  });
});

describe('an address inside', () => {
  test.each([
    ...['http://127.0.0.1', 'http://localhost', 'http://2130706433', 'http://0x7f.1', 'http://[::1]', 'http://0'],
    ...['http://[::ffff:127.0.0.1]', 'http://169.254.169.254/latest/meta-data', 'http://ana:secret@example.org'],
  ])('is refused before anything is sent: %s', async url => {
    asked.length = 0;
    const target = new URL(url);
    target.port = new URL(origin).port;
    expect(await codeOf(target.href)).toBe('URL_NOT_ALLOWED');
    expect(asked).toEqual([]);
  });
});

describe('a name', () => {
  const port = () => new URL(origin).port;
  const inside = { address: '127.0.0.1', family: 4 };

  it('is looked up once: what it leads to afterwards does not matter', async () => {
    const names: string[] = [];
    const resolve = (host: string) => {
      names.push(host);
      return Promise.resolve([names.length === 1 ? inside : { address: '127.0.0.2', family: 4 }]);
    };
    const page = await fetchPage(`http://recipes.invalid:${port()}/page`, { ...here, resolve });
    expect(page.text).toBe('<h1>Soup</h1>');
    expect(names).toEqual(['recipes.invalid']);
  });

  it('is looked up anew for a redirect, and refused when it leads inside by then', async () => {
    const found = [inside, { address: '10.0.0.1', family: 4 }];
    const resolve = () => Promise.resolve(found.splice(0, 1));
    expect(await codeOf(`http://recipes.invalid:${port()}/to-page`, { ...here, resolve })).toBe('URL_NOT_ALLOWED');
  });

  it('is refused when one of its addresses is inside', async () => {
    asked.length = 0;
    const resolve = () => Promise.resolve([{ address: '93.184.216.34', family: 4 }, inside]);
    expect(await codeOf(`http://recipes.invalid:${port()}/page`, { resolve })).toBe('URL_NOT_ALLOWED');
    expect(asked).toEqual([]);
  });
});

it('only so many pages are fetched at once; afterwards there is room again', async () => {
  const rules = { ...here, atOnce: 3 };
  const slow = Array.from({ length: 3 }, () => codeOf(`${origin}/silent`, rules));
  expect(await codeOf(`${origin}/page`, rules)).toBe('TOO_MANY_IMPORTS');
  expect(await Promise.all(slow)).toEqual(Array(3).fill('FETCH_FAILED'));
  expect(await codeOf(`${origin}/page`, rules)).toBe('none');
});
