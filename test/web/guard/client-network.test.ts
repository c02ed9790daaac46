import { expect, test } from 'vitest';
import { clientOf } from '../../../src/web/guard/client-network.ts';
import { networkOf, parseAddress, trustedProxies } from '../../../src/web/guard/trusted-proxies.ts';

const networkFor = (peer: string, forwarded: string | undefined, proxies: string) => {
  const address = parseAddress(peer);
  if (address === undefined) throw new Error(`${peer} is no address.`);
  const list = proxies === '' ? [] : proxies.split(' ');
  return networkOf(clientOf(address, forwarded, trustedProxies(list)));
};

test.each([
  ['203.0.113.77', '203.0.113.0/24'],
  ['::ffff:203.0.113.77', '203.0.113.0/24'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80::/64'],
  ['::1', '::/64'],
])('a connection from %s is of the network %s', (peer, network) => {
  expect(networkFor(peer, undefined, '')).toBe(network);
});

test.each([
  // Nobody is trusted unless the operator says so.
  ['127.0.0.1', '203.0.113.7', '', '127.0.0.0/24'],
  ['198.51.100.1', '203.0.113.7', 'loopback 10.0.0.0/8', '198.51.100.0/24'],
  ['127.0.0.1', '203.0.113.7', 'loopback', '203.0.113.0/24'],
  ['::1', '203.0.113.7', 'loopback', '203.0.113.0/24'],
  ['::ffff:127.0.0.1', '203.0.113.7', 'loopback', '203.0.113.0/24'],
  ['10.1.2.3', '203.0.113.7', '10.0.0.0/8', '203.0.113.0/24'],
  ['2001:db8::9', '203.0.113.7', '2001:db8::/32', '203.0.113.0/24'],
  ['192.0.2.9', '203.0.113.7', '192.0.2.9', '203.0.113.0/24'],
  // What a client writes there itself stands to the left of what the proxy adds.
  ['127.0.0.1', '1.1.1.1, 203.0.113.7', 'loopback', '203.0.113.0/24'],
  ['127.0.0.1', '10.0.0.1, 1.1.1.1, 203.0.113.7, 10.9.9.9', 'loopback 10.0.0.0/8', '203.0.113.0/24'],
  ['127.0.0.1', '127.0.0.1, 203.0.113.7', 'loopback', '203.0.113.0/24'],
  // Only proxies all the way: the first of them asked.
  ['127.0.0.1', '10.0.0.5, 10.0.0.6', 'loopback 10.0.0.0/8', '10.0.0.0/24'],
  ['127.0.0.1', undefined, 'loopback', '127.0.0.0/24'],
  ['127.0.0.1', '', 'loopback', '127.0.0.0/24'],
  // Spellings of proxies.
  ['127.0.0.1', '203.0.113.7:51234', 'loopback', '203.0.113.0/24'],
  ['127.0.0.1', '[2001:db8::7]:51234', 'loopback', '2001:db8::/64'],
  ['127.0.0.1', '[2001:db8::7]', 'loopback', '2001:db8::/64'],
  ['127.0.0.1', '::ffff:203.0.113.7', 'loopback', '203.0.113.0/24'],
  // Junk written by a proxy: nothing to the left of it may be believed.
  ['127.0.0.1', '1.1.1.1, unknown', 'loopback', '127.0.0.0/24'],
  ['127.0.0.1', '1.1.1.1, _hidden, 10.0.0.6', 'loopback 10.0.0.0/8', '10.0.0.0/24'],
  ['127.0.0.1', '1.1.1.1,,', 'loopback', '127.0.0.0/24'],
  ['127.0.0.1', '0x7f.1', 'loopback', '127.0.0.0/24'],
  ['127.0.0.1', '010.8.8.8', 'loopback', '127.0.0.0/24'],
  ['127.0.0.1', '1.1.1.1; DROP', 'loopback', '127.0.0.0/24'],
  ['127.0.0.1', '1.1.1.1/8', 'loopback', '127.0.0.0/24'],
])('a connection from %s saying %j, with proxies %j, counts as %s', (peer, forwarded, proxies, network) => {
  expect(networkFor(peer, forwarded, proxies)).toBe(network);
});
