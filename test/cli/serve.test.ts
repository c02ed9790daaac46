import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { GARDEN_FILES, isBuilt, openWorkplace, said, type Workplace } from '../support/partwork.ts';
import { freePort } from '../support/running-partwork.ts';

let place: Workplace;
afterEach(() => place.remove());

const PARTWORK_SECRET = 'a secret that is long enough';

describe.skipIf(!isBuilt)('partwork serve', () => {
  test('shows the pages of what is scheduled, sends nothing, and ends at a signal', async () => {
    const port = await freePort();
    place = await openWorkplace({
      PORT: String(port),
      PARTWORK_SECRET,
      BASE_URL: 'https://letters.example.com',
    });
    await place.write(GARDEN_FILES);
    await place.run('subscribers', 'add', 'reader@example.com', '--series', 'garden', '--confirmed');
    await place.run('schedule', 'garden', '--yes');

    const serve = place.start('serve');
    await said(serve, `Readers' pages: https://letters.example.com/ (here: http://localhost:${port}/).`);
    const page = await fetch(`http://localhost:${port}/s/garden`);
    expect([page.status, page.headers.get('Content-Security-Policy')]).toEqual([
      200,
      expect.stringContaining("default-src 'none'"),
    ]);
    serve.kill('SIGTERM');
    expect(await once(serve, 'exit')).toEqual([143, null]);
    const { stdout } = await place.run('status', '--json');
    expect(JSON.parse(stdout)).toMatchObject([{ issues: [{ waiting: 1, accepted: 0 }, {}] }]);
  }, 60_000);

  test('without a secret it says how to make one, or which to use', async () => {
    place = await openWorkplace();
    expect(await place.run('serve')).toMatchObject({
      code: 78,
      stderr: expect.stringContaining('openssl rand -hex 32'),
    });
    await mkdir(join(place.folder, '.partwork'));
    await writeFile(join(place.folder, '.partwork', 'secret'), PARTWORK_SECRET);
    const { code, stderr } = await place.run('serve');
    const [, file = ''] = /PARTWORK_SECRET_FILE=(\S+)/.exec(stderr) ?? [];
    expect([code, file]).toEqual([78, join(place.folder, '.partwork', 'secret')]);

    await place.remove();
    place = await openWorkplace({ PARTWORK_SECRET_FILE: file, REDIS_URL: 'redis://127.0.0.1:1' });
    expect((await place.run('serve')).stderr).toContain('PARTWORK_SECRET_FILE cannot be read');
  });

  test.each([
    ['serve', {}],
    ['up', {}],
    ['serve', { PARTWORK_HOST: '127.0.0.1' }],
  ])('%s on a port that is taken', async (command, env) => {
    const taken = createServer().listen(0);
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    place = await openWorkplace({ PORT: String(port), PARTWORK_SECRET, ...env });
    expect(await place.run(command)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`Port ${port} is taken`),
    });
    taken.close();
  });

  test('an address that is not of this machine, a Redis that is away, a series of wrong words: each is told', async () => {
    place = await openWorkplace({ PARTWORK_SECRET, PARTWORK_HOST: '192.0.2.1' });
    expect(await place.run('serve')).toMatchObject({
      code: 78,
      stderr: expect.stringContaining('PARTWORK_HOST'),
    });
    await place.write({ 'templates/locales/en.json': '{ "pages": { "home": 5 } }' });
    expect(await place.run('serve')).toMatchObject({ code: 3, stderr: expect.stringContaining('en.json') });
    await place.remove();
    place = await openWorkplace({ PARTWORK_SECRET, REDIS_URL: 'redis://127.0.0.1:1' });
    expect((await place.run('serve')).code).toBe(69);
  });

  test('listens only where it is told to, and says when links in mails would lead elsewhere', async () => {
    const port = await freePort();
    place = await openWorkplace({ PORT: String(port), PARTWORK_SECRET, PARTWORK_HOST: '127.0.0.1' });
    const serve = place.start('serve');
    await said(serve, 'set BASE_URL.');
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    await expect(fetch(`http://[::1]:${port}/healthz`)).rejects.toThrow('fetch failed');
    serve.kill('SIGINT');
    expect(await once(serve, 'exit')).toEqual([130, null]);
  });
});
