import { BlockList, isIP } from 'node:net';

// IANA's registries of special-purpose addresses: what is not globally reachable, and what only leads to IPv4 addresses.
const notGlobal = new BlockList();
for (const [network, prefix] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
  ] as const),
  ...([
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
  ] as const),
  ...([
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ] as const),
] as const) {
  notGlobal.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  notGlobal.addSubnet(network, prefix, 'ipv6');
}

const unicast = new BlockList();
unicast.addSubnet('2000::', 3, 'ipv6');

/**
 * Whether an IP address is one of the public internet: not private, loopback, link-local, shared, reserved, multicast
 * or for documents, and no IPv6 form that an IPv4 address hides in (mapped, 6to4, Teredo, NAT64). False for what is no
 * address.
 */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !notGlobal.check(address, 'ipv4');
  return version === 6 && unicast.check(address, 'ipv6') && !notGlobal.check(address, 'ipv6');
}
