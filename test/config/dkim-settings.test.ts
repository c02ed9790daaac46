import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';

const DOMAIN = { PARTWORK_DKIM_DOMAIN: 'example.com' };

/** What is set, or what is said to be wrong with it. The folder has a comma in its name. */
async function load(environment: Record<string, string>, file = '') {
  const folder = await mkdtemp('/tmp/dkim,settings-');
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'partwork.yaml'), file);
  const config = loadConfig(folder, environment);
  return { folder, dkim: Array.isArray(config) ? config.map(({ message }) => message) : config.dkim };
}

test('nothing set: nothing is signed', async () => {
  expect((await load({})).dkim).toBeUndefined();
});

test('one key', async () => {
  const { folder, dkim } = await load({
    ...DOMAIN,
    PARTWORK_DKIM_SELECTOR: 'one',
    PARTWORK_DKIM_KEY_FILE: 'one.pem',
  });
  expect(dkim).toEqual({ domain: 'example.com', keys: [{ selector: 'one', file: join(folder, 'one.pem') }] });
});

test('two keys, each with the selector in its place', async () => {
  const { folder, dkim } = await load({
    ...DOMAIN,
    PARTWORK_DKIM_SELECTOR: 'one, two',
    PARTWORK_DKIM_KEY_FILE: 'one.pem, /etc/two.pem',
  });
  const keys = [
    { selector: 'one', file: join(folder, 'one.pem') },
    { selector: 'two', file: '/etc/two.pem' },
  ];
  expect(dkim).toEqual({ domain: 'example.com', keys });
});

test('two keys as lists of partwork.yaml', async () => {
  const { folder, dkim } = await load(
    {},
    'dkim_domain: example.com\ndkim_selector: [one, two]\ndkim_key_file:\n  - one.pem\n  - keys/two.pem\n',
  );
  const keys = [
    { selector: 'one', file: join(folder, 'one.pem') },
    { selector: 'two', file: join(folder, 'keys/two.pem') },
  ];
  expect(dkim).toEqual({ domain: 'example.com', keys });
});

test.each([
  ['no key', DOMAIN, 'DKIM needs a domain, a selector and a key file; only some are set.'],
  [
    'no domain',
    { PARTWORK_DKIM_SELECTOR: 'one', PARTWORK_DKIM_KEY_FILE: 'one.pem' },
    'DKIM needs a domain, a selector and a key file; only some are set.',
  ],
  [
    'a key too few',
    { ...DOMAIN, PARTWORK_DKIM_SELECTOR: 'one,two', PARTWORK_DKIM_KEY_FILE: 'one.pem' },
    '2 in PARTWORK_DKIM_SELECTOR and 1 in PARTWORK_DKIM_KEY_FILE do not go together.',
  ],
  [
    'one selector for two keys',
    { ...DOMAIN, PARTWORK_DKIM_SELECTOR: 'one', PARTWORK_DKIM_KEY_FILE: 'one.pem,two.pem' },
    '1 in PARTWORK_DKIM_SELECTOR and 2 in PARTWORK_DKIM_KEY_FILE do not go together.',
  ],
  [
    'a selector twice',
    { ...DOMAIN, PARTWORK_DKIM_SELECTOR: 'one,one', PARTWORK_DKIM_KEY_FILE: 'one.pem,two.pem' },
    'PARTWORK_DKIM_SELECTOR has "one" twice, and one name in the DNS holds one key.',
  ],
])('refused: %s', async (_what, environment, message) => {
  expect((await load(environment)).dkim).toEqual([message]);
});
