import { BlockList, isIP } from 'node:net';

const LOOPBACK = blockList(['127.0.0.0/8', '::1/128']);

/** Not on the public internet (RFC 6890), with the ways to write such an address inside IPv6. */
const PRIVATE = blockList([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
]);

/** An IP address that no stranger may make us call. What is no IP address counts as private. */
export function isPrivateAddress(address: string): boolean {
  return isIP(address) === 0 || contains(PRIVATE, address);
}

/** This machine. A name is not, except `localhost`. */
export function isLoopbackAddress(address: string): boolean {
  return isIP(address) === 0 ? address === 'localhost' : contains(LOOPBACK, address);
}

/** Does the URL point at this machine? */
export function isLoopbackUrl(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && isLoopbackAddress(hostOf(parsed));
}

/** The host of a URL without the brackets of IPv6. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function contains(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function blockList(nets: string[]): BlockList {
  const list = new BlockList();
  for (const net of nets) {
    const [address = '', bits] = net.split('/');
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
