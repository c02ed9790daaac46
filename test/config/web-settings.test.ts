import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadConfig, type Config } from '../../src/config.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'partwork-config-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const load = (environment: Record<string, string>): Config | string => {
  const config = loadConfig(folder, environment);
  return Array.isArray(config) ? config.map(({ message }) => message).join('\n') : config;
};

test('nothing set: every address, nobody trusted, no other sites, no proof of work, no way in', () => {
  const config = load({});
  expect(config).toMatchObject({ trustedProxies: [], origins: [], signupsPerMinute: 200, proofBits: 0 });
  expect(config).toMatchObject({ queueActions: false });
  expect(config).not.toHaveProperty('host');
  expect(config).not.toHaveProperty('adminSecret');
});

test.each([
  ['PARTWORK_HOST', '127.0.0.1', { host: '127.0.0.1' }],
  ['PARTWORK_HOST', '::1', { host: '::1' }],
  ['PARTWORK_HOST', 'localhost', { host: 'localhost' }],
  ['PARTWORK_TRUSTED_PROXIES', 'loopback', { trustedProxies: ['loopback'] }],
  [
    'PARTWORK_TRUSTED_PROXIES',
    ' 10.0.0.0/8 ,192.0.2.1,, 2001:db8::/32,::1 ',
    { trustedProxies: ['10.0.0.0/8', '192.0.2.1', '2001:db8::/32', '::1'] },
  ],
  ['PARTWORK_ORIGINS', 'https://blog.example.com', { origins: ['https://blog.example.com'] }],
  [
    'PARTWORK_ORIGINS',
    'HTTPS://Blog.Example.com:443/, http://localhost:4321',
    { origins: ['https://blog.example.com', 'http://localhost:4321'] },
  ],
  ['PARTWORK_ORIGINS', 'https://花.example', { origins: ['https://xn--jh1a.example'] }],
  ['PARTWORK_SIGNUPS_PER_MINUTE', '5', { signupsPerMinute: 5 }],
  ['PARTWORK_PROOF_OF_WORK', '16', { proofBits: 16 }],
  ['PARTWORK_ADMIN_SECRET', ' sixteen letters. ', { adminSecret: 'sixteen letters.' }],
  ['PARTWORK_QUEUE_ACTIONS', 'yes', { queueActions: true }],
])('%s=%s', (name, value, expected) => {
  expect(load({ [name]: value })).toMatchObject(expected);
});

describe('refused, with what was expected', () => {
  test.each([
    ['PARTWORK_HOST', 'example.com', 'address'],
    ['PARTWORK_HOST', '127.0.0.1:3000', 'address'],
    ['PARTWORK_TRUSTED_PROXIES', 'proxy.example.com', '10.0.0.0/8'],
    ['PARTWORK_TRUSTED_PROXIES', '10.0.0.0/33', '10.0.0.0/8'],
    ['PARTWORK_TRUSTED_PROXIES', '10.0.0.0/', '10.0.0.0/8'],
    ['PARTWORK_TRUSTED_PROXIES', '10.0.0.0/8/8', '10.0.0.0/8'],
    ['PARTWORK_TRUSTED_PROXIES', '10.1', '10.0.0.0/8'],
    ['PARTWORK_TRUSTED_PROXIES', '010.0.0.1', '10.0.0.0/8'],
    ['PARTWORK_TRUSTED_PROXIES', 'fe80::1%eth0', '10.0.0.0/8'],
    ['PARTWORK_TRUSTED_PROXIES', '*', '10.0.0.0/8'],
    ['PARTWORK_QUEUE_ACTIONS', 'true', 'one of yes, no'],
    ['PARTWORK_ORIGINS', 'blog.example.com', 'without a path'],
    ['PARTWORK_ORIGINS', 'https://blog.example.com/thanks', 'without a path'],
    ['PARTWORK_ORIGINS', 'https://blog.example.com/?a', 'without a path'],
    ['PARTWORK_ORIGINS', 'https://user@blog.example.com', 'without a path'],
    ['PARTWORK_ORIGINS', '*', 'without a path'],
    ['PARTWORK_ORIGINS', 'null', 'without a path'],
    ['PARTWORK_ORIGINS', 'https://*.example.com', 'without a path'],
    ['PARTWORK_SIGNUPS_PER_MINUTE', '0', '1 to 1000000'],
    ['PARTWORK_SIGNUPS_PER_MINUTE', 'many', '1 to 1000000'],
    ['PARTWORK_PROOF_OF_WORK', '25', '0 to 24'],
    ['PARTWORK_PROOF_OF_WORK', '-1', '0 to 24'],
    ['PORT', '65536', '0 to 65535'],
    ['PORT', '3000.5', '0 to 65535'],
  ])('%s=%s', (name, value, expected) => {
    expect(load({ [name]: value })).toContain(`${name}: "${value}" is not`);
    expect(load({ [name]: value })).toContain(expected);
  });
});

test('partwork.yaml takes a list as such, or with commas', async () => {
  await writeFile(
    join(folder, 'partwork.yaml'),
    'origins:\n  - https://blog.example.com\n  - https://www.example.org\ntrusted_proxies: loopback, 10.0.0.0/8\n',
  );
  expect(load({})).toMatchObject({
    origins: ['https://blog.example.com', 'https://www.example.org'],
    trustedProxies: ['loopback', '10.0.0.0/8'],
  });
  await writeFile(join(folder, 'partwork.yaml'), 'origins:\n  - https://blog.example.com\n  - nonsense\n');
  expect(load({})).toContain('PARTWORK_ORIGINS');
});

test.each(['fifteen letters', '       spaces       '])(
  'an admin secret such as %j is too short, and not shown',
  (secret) => {
    const said = load({ PARTWORK_ADMIN_SECRET: secret });
    expect(said).toContain('PARTWORK_ADMIN_SECRET: its value is not at least 16 characters');
    expect(said).not.toContain(secret.trim());
  },
);
