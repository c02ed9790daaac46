import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createWeb, startWeb, type WebServer } from '../../src/web/server.ts';
import { askRaw, openDoor, type Door } from '../support/door.ts';

let door: Door;
beforeAll(async () => (door = await openDoor()));
afterAll(() => door.close());

const opened: Socket[] = [];
const servers: WebServer[] = [];
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) await server.close();
});

const NEVER = () => new Promise<void>(() => undefined);

test.each([
  ['answers', () => Promise.resolve(), 200],
  ['fails', () => Promise.reject(new Error('READONLY')), 503],
  ['does not answer', NEVER, 503],
])('a ledger that %s: /healthz lives all the same, /readyz says it', async (_, ping, status) => {
  const web = createWeb({ ...door.tools, ping });
  const [alive, ready] = await Promise.all([web.request('/healthz'), web.request('/readyz')]);
  expect([alive.status, await alive.text()]).toEqual([200, 'ok\n']);
  expect([ready.status, ready.headers.get('Retry-After')]).toEqual([status, status === 200 ? null : '5']);
  expect(await ready.json()).toMatchObject({ ready: status === 200, checks: { ours: { ok: true } } });
});

test('a port that is taken is an error, not a crash', async () => {
  await expect(startWeb(createWeb(door.tools), door.server.port)).rejects.toThrow('EADDRINUSE');
});

const start = async (trustedProxies: readonly string[] = []) => {
  const server = await startWeb(createWeb(door.tools), 0, { hostname: '127.0.0.1', trustedProxies });
  servers.push(server);
  return server.port;
};
/** Every address that begins with 127 is this machine. */
const openFrom = async (port: number, localAddress: string) => {
  const socket = connect({ port, host: '127.0.0.1', localAddress }).on('error', () => undefined);
  opened.push(socket);
  await once(socket, 'connect');
  return socket;
};
const openMany = (port: number, count: number, localAddress: string) =>
  Promise.all(Array.from({ length: count }, () => openFrom(port, localAddress)));
const stillOpen = async (sockets: readonly Socket[]) => {
  await sleep(200);
  return sockets.filter(({ destroyed, readableEnded }) => !destroyed && !readableEnded).length;
};
const read = (sockets: readonly Socket[]) => sockets.forEach((socket) => socket.resume());

describe('connections', () => {
  test('fifty from one address and no more, but any number from a trusted proxy', async () => {
    const port = await start(['127.0.0.3']);
    const [stranger, proxy] = [await openMany(port, 60, '127.0.0.2'), await openMany(port, 60, '127.0.0.3')];
    read([...stranger, ...proxy]);
    expect(await stillOpen(stranger)).toBe(50);
    expect(await stillOpen(proxy)).toBe(60);
    for (const socket of stranger) socket.destroy();
    await sleep(50);
    const again = await openMany(port, 50, '127.0.0.2');
    read(again);
    expect(await stillOpen(again)).toBe(50);
  });

  test('a thousand that say nothing stop nobody else', async () => {
    const port = await start();
    for (let network = 10; network < 30; network++) await openMany(port, 50, `127.0.${network}.1`);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => askRaw(port, { path: '/s/garden', localAddress: '127.0.0.5' })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });

  test('one that says nothing, or does not come to an end of its headers or its body, is ended', async () => {
    const port = await start();
    door.log.length = 0;
    const begun = [
      '',
      'GET / HTTP/1.1\r\nHost: x\r\n',
      'POST /s/garden/subscribe HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\na=',
    ];
    const heard = begun.map(async (said, index) => {
      const socket = await openFrom(port, `127.0.0.${50 + index}`);
      let answer = '';
      socket.on('data', (chunk) => (answer += String(chunk)));
      socket.write(said);
      // It goes on and on, so that it is not the silence that ends it.
      const drip = setInterval(() => said !== '' && socket.write('x'), 500);
      await once(socket, 'close');
      clearInterval(drip);
      return answer.split('\r\n', 1)[0];
    });
    const timedOut = 'HTTP/1.1 408 Request Timeout';
    expect(await Promise.all(heard)).toEqual([timedOut, timedOut, timedOut]);
    expect(door.log.join()).not.toContain('a page failed');
  });

  test('one that is kept is ended when it is not used', async () => {
    const port = await start();
    const socket = await openFrom(port, '127.0.0.7');
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    socket.resume();
    await once(socket, 'close');
    expect(socket.readableEnded).toBe(true);
  });
});
