import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { IssueId } from '../../src/domain/issue.ts';
import type { Notice } from '../../src/domain/notice.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { postWebhook } from '../../src/webhook/post-webhook.ts';
import {
  startWebhookReceiver,
  WEBHOOK_SECRET,
  type HookAnswer,
  type WebhookReceiver,
} from '../support/webhook-receiver.ts';

const notice: Notice = {
  kind: 'release.finished',
  id: '0123456789abcdef',
  at: Date.UTC(2026, 10, 23, 8),
  series: 'garden' as SeriesId,
  title: 'A garden of titles',
  issue: 'frost' as IssueId,
  issueTitle: 'Subject of a mail',
  number: 3,
  figures: {
    audience: 50,
    accepted: 47,
    waiting: 0,
    deferred: 0,
    rejected: 2,
    suppressed: 1,
    skipped: 0,
    uncertain: 0,
  },
};
const SETTINGS = { secrets: [WEBHOOK_SECRET], mayBePrivate: true };

const opened: WebhookReceiver[] = [];
afterEach(async () => {
  for (const receiver of opened.splice(0)) await receiver.close();
});

async function receive(answer?: HookAnswer): Promise<WebhookReceiver> {
  const receiver = await startWebhookReceiver(answer);
  opened.push(receiver);
  return receiver;
}

const post = (url: string, settings = SETTINGS) => postWebhook(new URL(url), notice, settings);

test('what comes is signed, and says ids and figures, without titles', async () => {
  const receiver = await receive();
  expect(await post(`${receiver.url}/hook?token=x`)).toEqual({ kind: 'done' });
  expect(receiver.received).toEqual([
    expect.objectContaining({ isGenuine: true, id: notice.id, method: 'POST', path: '/hook?token=x' }),
  ]);
  expect(receiver.received[0]?.body).toEqual({
    type: 'release.finished',
    at: '2026-11-23T08:00:00.000Z',
    timestamp: '2026-11-23T08:00:00.000Z',
    series: 'garden',
    issue: 'frost',
    number: 3,
    figures: notice.figures,
  });
});

test('a receiver with another secret does not take it for genuine', async () => {
  const receiver = await receive();
  const settings = { ...SETTINGS, secrets: [`whsec_${Buffer.alloc(24, 1).toString('base64')}`] };
  await post(receiver.url, settings);
  expect(receiver.received[0]?.isGenuine).toBe(false);
  // Both sign while a secret is being changed.
  await post(receiver.url, { ...SETTINGS, secrets: [...settings.secrets, WEBHOOK_SECRET] });
  expect(receiver.received[1]).toMatchObject({ isGenuine: true, signatures: 2 });
});

test.each([
  [200, 'done'],
  [202, 'done'],
  [204, 'done'],
  [299, 'done'],
  [301, 'later'],
  [302, 'later'],
  [307, 'later'],
  [400, 'later'],
  [401, 'later'],
  [404, 'later'],
  [410, 'refused'],
  [429, 'later'],
  [500, 'later'],
  [503, 'later'],
])('%i means %s', async (status, kind) => {
  const elsewhere = await receive();
  const receiver = await receive((response) => response.writeHead(status, { location: elsewhere.url }).end());
  expect(await post(receiver.url)).toMatchObject({ kind });
  expect([receiver.received.length, elsewhere.received.length]).toEqual([1, 0]);
});

describe('a receiver that', () => {
  test('goes on talking is left after 64 kB, and has taken it', async () => {
    let [written, isCut] = [0, false];
    const receiver = await receive((response) => {
      response.on('error', () => undefined).on('close', () => (isCut = true));
      const more = (): void => {
        written += 16_384;
        if (!isCut) response.write(Buffer.alloc(16_384), () => setImmediate(more));
      };
      response.writeHead(200);
      more();
    });
    expect(await post(receiver.url)).toEqual({ kind: 'done' });
    await expect.poll(() => isCut, { timeout: 10_000 }).toBe(true);
    // What the system holds in its buffers comes on top.
    expect(written).toBeLessThan(20_000_000);
  });

  test('hangs up, talks nonsense or is not there is tried again later', async () => {
    const server = createServer((socket) => socket.resume().end('SSH-2.0-OpenSSH\r\n')).listen(
      0,
      '127.0.0.1',
    );
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect(await post(url)).toMatchObject({ kind: 'later', reason: expect.any(String) });
    server.close();
    await once(server, 'close');
    expect(await post(url)).toMatchObject({ kind: 'later', reason: expect.stringContaining('ECONNREFUSED') });
  });

  test(
    'does not answer is left after ten seconds, also when it sends its head byte by byte',
    { timeout: 60_000 },
    async () => {
      const sockets = new Set<Socket>();
      const slow = createServer((socket) => {
        sockets.add(socket);
        const timer = setInterval(() => socket.write('x'), 500);
        socket.write('HTTP/1.1 200 OK\r\nx-slow: ');
        socket.on('error', () => undefined).on('close', () => clearInterval(timer));
      }).listen(0, '127.0.0.1');
      await once(slow, 'listening');
      const silent = await receive(() => undefined);
      const started = performance.now();
      const results = await Promise.all([
        post(silent.url),
        post(`http://127.0.0.1:${(slow.address() as AddressInfo).port}/`),
      ]);
      expect(results).toEqual([
        { kind: 'later', reason: 'no answer within 10 seconds' },
        { kind: 'later', reason: 'no answer within 10 seconds' },
      ]);
      expect(performance.now() - started).toBeGreaterThan(9_000);
      for (const socket of sockets) socket.destroy();
      slow.close();
    },
  );
});

describe('without leave, nothing goes to', () => {
  const strict = { ...SETTINGS, mayBePrivate: false };

  test.each([
    ['an address of this machine', '127.0.0.1', 'refused'],
    ['one that is written in another way', '0x7f.1', 'refused'],
    ['one as a number', '2130706433', 'refused'],
    ['one inside an IPv6 address', '[::ffff:127.0.0.1]', 'refused'],
    ['a name of this machine', 'localhost', 'later'],
  ])('%s', async (_, host, kind) => {
    const receiver = await receive();
    const { port } = new URL(receiver.url);
    const result = await post(`http://${host}:${port}/`, strict);
    expect(result).toMatchObject({ kind, reason: expect.stringContaining('PARTWORK_WEBHOOK_PRIVATE=yes') });
    expect(receiver.received).toEqual([]);
  });

  test('the metadata of a cloud', async () => {
    expect(await post('http://169.254.169.254/latest/meta-data/', strict)).toMatchObject({ kind: 'refused' });
  });
});

test('what is said of a failure has nothing of the URL but its host', async () => {
  const result = await post('http://user:pass@127.0.0.1:1/secret-token?key=secret');
  expect(JSON.stringify(result)).not.toMatch(/secret|pass/);
});
