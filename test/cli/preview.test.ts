import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GARDEN_FILES, isBuilt, openWorkplace, type Workplace } from '../support/partwork.ts';

const FROST = '/issue/garden/frost';

let place: Workplace;
let running: ChildProcess | undefined;
let address: string;
let heard: string;

beforeEach(async () => {
  place = await openWorkplace();
  await place.write(GARDEN_FILES);
  running = undefined;
});
afterEach(async () => {
  if (running?.exitCode === null && running.signalCode === null) {
    running.kill('SIGKILL');
    await once(running, 'exit');
  }
  await place.remove();
});

/** Starts the preview and waits until it says where it is. */
async function preview(...args: string[]): Promise<ChildProcess> {
  const child = place.start('preview', ...(args.includes('--port') ? args : [...args, '--port', '0']));
  running = child;
  heard = '';
  child.stderr?.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  await expect.poll(() => heard, { timeout: 15_000 }).toContain('Watching');
  address = /Preview: (http:\/\/127\.0\.0\.1:\d+)\//.exec(heard)?.[1] ?? '';
  return child;
}

const page = async (path: string) => (await fetch(address + path)).text();
const soon = (path: string) => expect.poll(() => page(path), { timeout: 10_000 });
const otherAddresses = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .filter(({ internal, family }) => !internal && family === 'IPv4')
  .map(({ address }) => address);

describe.skipIf(!isBuilt)('partwork preview', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('says where it is and what it watches, and runs until %s', async (signal, code) => {
    const child = await preview();
    expect(heard).toContain('Watching content/, templates/, partwork.yaml, .env.');
    expect(await page('/')).toContain('Frost');
    const changes = await fetch(`${address}/changes`);
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([code, null]);
    await changes.body?.cancel().catch(() => undefined);
  });

  test('shows whatever is saved: posts, series, templates, words, settings; to this machine only', async () => {
    const saves: [string, string, string][] = [
      ['content/garden/01-frost.md', '---\ntitle: Frost\n---\n\nColder than ever.\n', 'Colder than ever.'],
      ['content/garden/_index.md', '---\ntitle: A cold garden\n---\n', 'A cold garden'],
      ['content/garden/03-mud.md', '---\ntitle: Mud season\n---\n\nMud.\n', 'Mud season'],
      ['partwork.yaml', 'postal_address: 7 Frost Lane\n', '7 Frost Lane'],
      ['.env', 'PARTWORK_POSTAL_ADDRESS=8 Frost Lane\n', '8 Frost Lane'],
      ['templates/locales/en.json', '{ "issue": { "greetingPlain": "Good morning," } }', 'Good morning,'],
      ['templates/issue.text.liquid', 'My own: {{ slots.unsubscribeUrl }}\n', 'My own: '],
    ];
    await preview();
    for (const other of otherAddresses) {
      const from = `http://${other}:${new URL(address).port}/`;
      await expect(fetch(from)).rejects.toThrow('fetch failed');
    }
    const path = `${FROST}?tab=text`;
    for (const [name, text, words] of saves) {
      expect(await page(path)).not.toContain(words);
      await place.write({ [name]: text });
      await soon(path).toContain(words);
    }
  });

  test('a post that is renamed away is gone, and comes back; broken settings are told, those before hold, and mended they are forgotten', async () => {
    await preview();
    expect(await page(FROST)).toContain('<h1 lang="en">Frost</h1>');
    const [post, aside] = ['01-frost.md', 'aside.txt'].map((name) =>
      join(place.folder, 'content/garden', name),
    );
    await rename(post ?? '', aside ?? '');
    await soon(FROST).toContain('There is no such issue');
    await rename(aside ?? '', post ?? '');
    await soon(FROST).toContain('<h1 lang="en">Frost</h1>');

    await place.write({ 'partwork.yaml': 'colour: green\n' });
    await soon(FROST).toContain('is not a setting');
    expect(await page(`${FROST}?tab=text`)).toContain('The first frost.');
    await rm(join(place.folder, 'partwork.yaml'));
    await soon(FROST).not.toContain('is not a setting');
  });

  test('follows the settings to another content folder', async () => {
    await preview();
    expect(await page('/problems')).not.toContain('Shade');
    await place.write({
      'letters/shade/_index.md': '---\ntitle: Shade\n---\n',
      'partwork.yaml': 'content: letters\n',
    });
    await soon('/problems').toContain('Shade');
    await place.write({ 'letters/shade/01-moss.md': '---\ntitle: Moss\n---\nMoss.\n' });
    await soon('/problems').toContain('Moss');
  });

  test('follows posts of a blog next door that the series lists', async () => {
    await place.write({
      'blog/fog.md': '---\ntitle: Fog\n---\n\nThin fog.\n',
      'content/garden/_index.md':
        '---\ntitle: A garden\nissues:\n  - 01-frost.md\n  - ../../blog/fog.md\n---\n',
    });
    await preview();
    expect(await page('/issue/garden/fog?tab=text')).toContain('Thin fog.');
    await place.write({ 'blog/fog.md': '---\ntitle: Fog\n---\n\nThick fog.\n' });
    await soon('/issue/garden/fog?tab=text').toContain('Thick fog.');
  });

  test('shows images of the blog from disk, also beside a post', async () => {
    await place.write({
      'partwork.yaml': 'site_url: https://blog.example.com\n',
      'content/garden/04-bed/index.md':
        '---\ntitle: Bed\n---\n\n![A bed](bed.png)\n\n![A wall](/images/wall.png)\n',
    });
    await mkdir(join(place.folder, 'content/images'));
    for (const name of ['garden/04-bed/bed.png', 'images/wall.png']) {
      await writeFile(join(place.folder, 'content', name), PNG);
    }
    await preview();
    const mail = await page('/mail/garden/bed');
    const images = [...mail.matchAll(/src="(\/image\/\w+)"/g)].map(([, path]) => path ?? '');
    expect(images).toHaveLength(2);
    for (const path of images)
      expect((await fetch(address + path)).headers.get('Content-Type')).toBe('image/png');
  });

  test('shows one series, with --drafts its drafts, or says which there are', async () => {
    await place.write({
      'content/shade/_index.md': '---\ntitle: Shade\n---\n',
      'content/garden/03-mud.md': '---\ntitle: Mud\ndraft: true\n---\nMud.\n',
    });
    await preview('garden', '--drafts');
    expect(await page('/')).not.toContain('Shade');
    expect(await page('/issue/garden/mud?tab=text')).toContain('Mud.');
    expect(await place.run('preview', 'gardne')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('There is: garden, shade.'),
    });
  });

  test('a port that was asked for and is taken, or is none, is refused', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const refused = await place.run('preview', '--port', String(port));
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(`Port ${port} is taken`) });
    taken.close();
    expect(await place.run('preview', '--port', 'web')).toMatchObject({ code: 2 });
  });
});

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
