import { afterEach, expect, test } from 'vitest';
import { silentLog } from '../../src/domain/log.ts';
import { createWeb, startWeb, type WebServer } from '../../src/web/server.ts';

let server: WebServer | undefined;
afterEach(() => server?.close());

test.each([
  ['answers', () => Promise.resolve(), 200],
  ['fails', () => Promise.reject(new Error('READONLY')), 503],
  ['does not answer', () => new Promise<void>(() => undefined), 503],
])('/healthz when the ledger %s', async (_, ping, status) => {
  server = await startWeb(createWeb({ ping, log: silentLog }), 0);
  const response = await fetch(`http://localhost:${server.port}/healthz`);
  expect(response.status).toBe(status);
});

test('a port that is taken is an error, not a crash', async () => {
  server = await startWeb(createWeb({ ping: () => Promise.resolve(), log: silentLog }), 0);
  const again = startWeb(createWeb({ ping: () => Promise.resolve(), log: silentLog }), server.port);
  await expect(again).rejects.toThrow('EADDRINUSE');
});
