import { createSocket } from 'node:dgram';
import { afterEach, expect, test } from 'vitest';
import { openMailHosts } from '../../src/mail/mail-hosts.ts';
import { startDns, type DnsEntry, type TestDns } from '../support/dns-server.ts';

let dns: TestDns | undefined;
afterEach(async () => {
  await dns?.close();
  dns = undefined;
});

const times = (domain: string) => dns?.asked.filter((name) => name === domain).length;

async function hostsFor(zone: Record<string, DnsEntry>, options = {}) {
  dns = await startDns(zone);
  return openMailHosts({ servers: dns.servers, timeoutMs: 300, ...options });
}

test.each<[string, DnsEntry, string]>([
  ['has a mail host', ['mx.example.com'], 'yes'],
  ['has several', ['mx1.example.com', 'mx2.example.com'], 'yes'],
  ['says that it takes no mail (RFC 7505)', [''], 'no'],
  ['has no mail host', [], 'no'],
  ['is not there', 'no such name', 'no'],
  ['has a broken name server', 'server failure', 'unknown'],
  ['has one that refuses', 'refused', 'unknown'],
  ['has one that keeps silent', 'silence', 'unknown'],
])('a domain that %s', async (_what, entry, answer) => {
  const hosts = await hostsFor({ 'example.com': entry });
  expect(await hosts.takesMail('example.com')).toBe(answer);
});

test('where no name server listens nothing is known, and nothing is thrown', async () => {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  const hosts = openMailHosts({ servers: [`127.0.0.1:${port}`], timeoutMs: 300 });
  expect(await hosts.takesMail('example.com')).toBe('unknown');
});

test('a name that DNS cannot ask for is not known', async () => {
  const hosts = await hostsFor({});
  expect(await hosts.takesMail(`${'a'.repeat(300)}.com`)).toBe('unknown');
});

test('what was answered is not asked again; what was not, is', async () => {
  const hosts = await hostsFor({ 'no.example': [], 'broken.example': 'server failure' });
  for (const domain of ['yes.example', 'no.example', 'broken.example']) {
    await hosts.takesMail(domain);
    await hosts.takesMail(domain);
  }
  expect([times('yes.example'), times('no.example')]).toEqual([1, 1]);
  expect(times('broken.example')).toBeGreaterThan(1);
});

test('a crowd with one domain asks once', async () => {
  const hosts = await hostsFor({});
  const answers = await Promise.all(Array.from({ length: 50 }, () => hosts.takesMail('example.com')));
  expect(new Set(answers)).toEqual(new Set(['yes']));
  expect(dns?.asked).toHaveLength(1);
});

test('made-up domains are not all asked for: beyond so many a minute nothing is known', async () => {
  const hosts = await hostsFor({}, { mostPerMinute: 3 });
  const domains = Array.from({ length: 10 }, (_, nth) => `made-up-${nth}.example`);
  const answers = await Promise.all(domains.map((domain) => hosts.takesMail(domain)));
  expect(answers.filter((answer) => answer === 'yes')).toHaveLength(3);
  expect(answers.filter((answer) => answer === 'unknown')).toHaveLength(7);
  expect(dns?.asked).toHaveLength(3);
  expect(await hosts.takesMail('made-up-0.example')).toBe('yes');
});

test('no more answers are kept than there is room for', async () => {
  const hosts = await hostsFor({}, { mostPerMinute: 10_000 });
  for (let nth = 0; nth <= 1_000; nth++) await hosts.takesMail(`d${nth}.example`);
  await hosts.takesMail('d1000.example');
  expect(dns?.asked).toHaveLength(1_001);
  await hosts.takesMail('d0.example');
  expect(dns?.asked).toHaveLength(1_002);
});
