import { expect, test } from 'vitest';
import { addressFault, clusterAddress } from './address.ts';

test('a cluster is some of its servers, with one login for all', () => {
  expect(clusterAddress('redis+cluster://users:p%40ss:word@one:7001,two,[::1]:7003/')).toEqual({
    servers: [
      { host: 'one', port: 7001 },
      { host: 'two', port: 6379 },
      { host: '::1', port: 7003 },
    ],
    username: 'users',
    password: 'p@ss:word',
    tls: false,
  });
  expect(clusterAddress('rediss+cluster://one:6379')).toEqual({ servers: [{ host: 'one', port: 6379 }], tls: true });
  expect(clusterAddress('redis+cluster://:secret@one')).toMatchObject({ password: 'secret' });
});

test('a single server is no cluster', () => {
  expect(clusterAddress('redis://users:secret@one:6379/2')).toBeNull();
});

test.each(['redis://one:6379', 'rediss://:a,b@one/2', 'redis+cluster://one', 'rediss+cluster://u:p@one:1,two:2/0'])(
  '%s is an address',
  url => {
    expect(addressFault(url)).toBeNull();
  },
);

test.each([
  ['http://one:6379', /must start with redis:/],
  ['redis://one:6379,two:6379', /a cluster is written redis\+cluster:/],
  ['redis+cluster://one:6379/2', /no numbered databases/],
  ['redis+cluster://one:6379?db=2', /no numbered databases and no parameters/],
  ['redis+cluster://one:6379,', /host:port, with commas/],
  ['redis+cluster://one:port', /host:port, with commas/],
  ['redis+cluster://', /host:port, with commas/],
])('%s is told what is wrong with it', (url, reason) => {
  expect(addressFault(url)).toMatch(reason);
});
