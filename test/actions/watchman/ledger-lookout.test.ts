import { afterAll, beforeAll, expect, test } from 'vitest';
import { LedgerLookout } from '../../../src/actions/watchman/ledger-lookout.ts';
import { MINUTE_MS, SECOND_MS } from '../../../src/domain/instant.ts';
import type { NoticeResult, NoticeWay } from '../../../src/domain/notice.ts';
import { openWatchPost, type WatchPost } from '../../support/watch-post.ts';

const AWAY = 'Redis is away. Start it again.';

let post: WatchPost;
beforeAll(async () => (post = await openWatchPost()));
afterAll(() => post.close());

const inMails = async (): Promise<string[]> => (await post.mails()).map(({ subject }) => subject);
const atHook = () => post.hook.received.map(({ body }) => body['type']);

test('Redis’ own trouble is told once, past Redis; its end, by whoever leads when it is back', async () => {
  let now = Date.now();
  const lookout = new LedgerLookout({ ...post.t.app, ways: post.ways }, () => now);
  const after = async (seconds: number, note: () => Promise<void>): Promise<void> => {
    now += seconds * SECOND_MS;
    post.t.clock.offsetMs += seconds * SECOND_MS;
    await note();
  };
  const away = () => lookout.noteAway(AWAY);
  const back = () => lookout.noteBack();
  await post.look();

  await post.t.redis.kill();
  await after(0, away);
  await after(30, away);
  expect(atHook()).toEqual([]);
  await after(31, away);
  await after(600, away);
  expect([atHook(), await inMails()]).toEqual([['trouble.started'], ['Redis cannot be used']]);
  expect(post.hook.received[0]).toMatchObject({ isGenuine: true, body: { trouble: 'ledger', reason: AWAY } });

  // It comes back, goes again for a moment, and stays.
  await post.t.redis.restart();
  await after(5, back);
  await after(10, away);
  await after(10, back);
  await post.look();
  await after(30, back);
  await post.look();
  expect(await post.t.app.store.watch.outbox()).toEqual([]);
  await after(40, back);
  await post.look();
  await post.look();
  const [id = '', ...more] = await post.t.app.store.watch.outbox();
  expect(more).toEqual([]);
  expect(await post.t.app.store.watch.findNotice(id)).toMatchObject({
    kind: 'trouble.ended',
    trouble: 'ledger',
    since: post.hook.received[0] && Date.parse(String(post.hook.received[0].body['since'])),
  });
  expect([atHook(), (await inMails()).length]).toEqual([['trouble.started'], 1]);
});

test('a way that does not take it is tried again until it does, one that has taken it is not', async () => {
  let now = Date.now();
  const tried: string[] = [];
  const way = (id: string, results: NoticeResult[]): NoticeWay => ({
    id,
    name: id,
    isForPeople: false,
    send() {
      tried.push(id);
      return Promise.resolve(results.shift() ?? { kind: 'done' });
    },
  });
  const later: NoticeResult = { kind: 'later', reason: 'away' };
  const ways = [
    way('good', []),
    way('slow', [later, later]),
    way('gone', [{ kind: 'refused', reason: '410' }]),
  ];
  const lookout = new LedgerLookout({ ...post.t.app, ways }, () => now);
  for (let i = 0; i < 6; i++) {
    await lookout.noteAway(AWAY);
    now += MINUTE_MS;
  }
  expect(tried).toEqual(['good', 'slow', 'gone', 'slow', 'slow']);
});

test('what is over before it is told is no news', async () => {
  let now = Date.now();
  const lookout = new LedgerLookout({ ...post.t.app, ways: [] }, () => now);
  await lookout.noteAway(AWAY);
  now += 30 * SECOND_MS;
  await lookout.noteBack();
  expect((await post.t.app.store.watch.recall()).handedOver).toBeUndefined();
});

test('what is handed over while another one looks is known to the next look', async () => {
  const { watch } = post.t.app.store;
  const memory = { lookedAt: 0, troubles: {} };
  await post.look();
  const { handedOver } = await watch.recall();
  const trouble = { since: 1, seenAt: 2, isTold: true, relapses: 0 };
  await watch.handOver(trouble);
  expect(await watch.commit('the test', memory, [], handedOver)).toBe(0);
  expect((await watch.recall()).handedOver).toEqual(trouble);
  expect(await watch.commit('the test', memory, [], trouble)).toBe(0);
  expect((await watch.recall()).handedOver).toBeUndefined();
});
