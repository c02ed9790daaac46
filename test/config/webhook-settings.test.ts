import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';

const secretOf = (bytes: number): string => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;
const URL_OF_HOOK = 'https://hooks.example.com/T0/secret-path';

const load = (environment: Record<string, string>) => {
  const config = loadConfig(tmpdir(), environment);
  return Array.isArray(config) ? config.map(({ message }) => message).join('\n') : config;
};

test('nothing set: nobody is told, and nothing private may be', () => {
  expect(load({})).toMatchObject({ webhooks: [], webhookSecrets: [], mayWebhooksBePrivate: false });
  expect(load({})).not.toHaveProperty('notify');
});

test('several URLs and secrets, each URL once', () => {
  expect(
    load({
      PARTWORK_WEBHOOKS: `${URL_OF_HOOK}, http://10.0.0.7/hook,${URL_OF_HOOK}`,
      PARTWORK_WEBHOOK_SECRET: `${secretOf(24)}, ${secretOf(64)}`,
    }),
  ).toMatchObject({
    webhooks: [URL_OF_HOOK, 'http://10.0.0.7/hook'],
    webhookSecrets: [secretOf(24), secretOf(64)],
  });
});

describe('refused', () => {
  test.each([
    ['too short a secret', secretOf(23)],
    ['too long a secret', secretOf(65)],
    ['a secret without its prefix', secretOf(32).slice('whsec_'.length)],
    ['the key of another kind', secretOf(32).replace('whsec_', 'whsk_')],
    ['a secret that is no base64', 'whsec_not base64 but long enough to be a secret, is it'],
    ['one bad secret among good ones', `${secretOf(32)},whsec_short`],
  ])('%s', (_, secret) => {
    const told = load({ PARTWORK_WEBHOOKS: URL_OF_HOOK, PARTWORK_WEBHOOK_SECRET: secret });
    expect(told).toContain('PARTWORK_WEBHOOK_SECRET: its value is not');
    expect(told).not.toContain(secret);
  });

  test.each(['hooks.example.com', 'ftp://hooks.example.com/', 'https:hooks.example.com'])(
    'a URL that is none: %s',
    (url) => {
      const told = load({ PARTWORK_WEBHOOKS: `${url}/secret-path`, PARTWORK_WEBHOOK_SECRET: secretOf(24) });
      expect(told).toContain('PARTWORK_WEBHOOKS: its value is not a list of URLs');
      expect(told).not.toContain('secret-path');
    },
  );
});
