import { describe, expect, it } from 'vitest';
import { isLoopbackUrl, isPrivateAddress } from '../../src/channels/network-addresses.ts';

describe('network addresses', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    'fd00::1',
    'fe80::1',
    '2002:7f00:1::',
    'example.com',
    '',
  ])('calls %s private', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each(['8.8.8.8', '172.32.0.1', '103.10.66.1', '2606:4700::1111'])('calls %s public', (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });

  it.each([
    ['http://127.0.0.1:3000', true],
    ['http://127.9.9.9/x', true],
    ['http://localhost:3000', true],
    ['http://[::1]:3000/', true],
    ['http://10.0.0.1', false],
    ['https://loket.go.id', false],
    ['https://127.0.0.1.loket.go.id', false],
    ['nonsense', false],
  ])('knows whether %s is this machine: %s', (url, expected) => {
    expect(isLoopbackUrl(url)).toBe(expected);
  });
});
