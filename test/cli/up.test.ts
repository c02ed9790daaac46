import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GARDEN_FILES, isBuilt, openWorkplace, said, type Workplace } from '../support/partwork.ts';

let place: Workplace;
let port: number;
beforeEach(async () => {
  const probe = createServer().listen(0);
  await once(probe, 'listening');
  port = (probe.address() as AddressInfo).port;
  probe.close();
  place = await openWorkplace({ PORT: String(port) });
  await place.write(GARDEN_FILES);
});
afterEach(() => place.remove());

const inbox = () => readdir(join(place.folder, '.partwork', 'inbox')).catch(() => []);

describe.skipIf(!isBuilt)('partwork up', () => {
  test('sends what commands in another terminal schedule, answers /healthz, and leaves nothing running behind', async () => {
    const up = place.start('up');
    await said(up, 'Partwork is up.');
    expect((await fetch(`http://localhost:${port}/healthz`)).status).toBe(200);
    expect((await fetch(`http://localhost:${port}/`)).headers.get('Content-Type')).toContain('text/html');
    expect(await place.run('up')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`process ${up.pid}`),
    });

    await place.run('subscribers', 'add', 'reader@example.com', '--series', 'garden', '--confirmed');
    await place.run('schedule', 'garden', '--yes');
    await expect.poll(inbox, { timeout: 10_000 }).toEqual(['0001-reader@example.com-frost.eml']);

    up.kill('SIGTERM');
    expect(await once(up, 'exit')).toEqual([143, null]);
    const { stdout } = await place.run('status', '--json');
    expect(JSON.parse(stdout)).toMatchObject([
      { issues: [{ accepted: 1, state: 'complete' }, { waiting: 1 }] },
    ]);
  });

  test('killed, it is found again with its data: no stale pid or socket is in the way', async () => {
    const killed = place.start('up');
    await said(killed, 'Partwork is up.');
    await place.run('subscribers', 'add', 'reader@example.com', '--series', 'garden', '--confirmed');
    await place.run('schedule', 'garden', '--yes');
    await expect.poll(inbox, { timeout: 10_000 }).toHaveLength(1);
    killed.kill('SIGKILL');
    await once(killed, 'exit');

    const up = place.start('up');
    await said(up, 'garden: running');
    up.kill('SIGINT');
    expect(await once(up, 'exit')).toEqual([130, null]);
    expect(await inbox()).toHaveLength(1);
  });
});
