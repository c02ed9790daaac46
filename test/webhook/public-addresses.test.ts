import { expect, test } from 'vitest';
import { isPublicAddress } from '../../src/webhook/public-addresses.ts';

test.each([
  '8.8.8.8',
  '1.1.1.1',
  '172.15.0.1',
  '172.32.0.1',
  '192.169.0.1',
  '2606:4700:4700::1111',
  '2a00:1450:4001:80b::200e',
  '::ffff:8.8.8.8',
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  // RFC 1918, loopback, link-local with the clouds' metadata, shared (RFC 6598).
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '100.64.0.1',
  // This network, documentation, benchmarks, multicast, reserved, broadcast.
  '0.0.0.0',
  '0.1.2.3',
  '192.0.2.1',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  // IPv6: loopback, unspecified, unique local, link-local, multicast, documentation.
  '::1',
  '::',
  'fd00::1',
  'fc00::1',
  'fe80::1',
  'ff02::1',
  '2001:db8::1',
  // IPv4 inside IPv6: mapped, NAT64, 6to4, Teredo, and the deprecated compatible form.
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:a9fe:a9fe',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '2002:7f00:1::',
  '2001:0:7f00:1::1',
  '::127.0.0.1',
  '::7f00:1',
  // Not addresses.
  'localhost',
  '',
  '999.1.1.1',
])('%s is not', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});
