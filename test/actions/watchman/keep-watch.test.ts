import type { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import { changeState } from '../../../src/actions/change-state.ts';
import { LEAD_MS } from '../../../src/actions/watchman/keep-watch.ts';
import { postNotices } from '../../../src/actions/watchman/post-notices.ts';
import { sendNotice } from '../../../src/actions/watchman/send-notice.ts';
import { armFailpoints, type Failpoint } from '../../../src/domain/failpoint.ts';
import { DAY_MS } from '../../../src/domain/instant.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import { isRefusal } from '../../../src/domain/refusal.ts';
import type { SeriesId } from '../../../src/domain/series.ts';
import { startNoticeWorker } from '../../../workers/notices.ts';
import { startWorkers } from '../../../workers/main.ts';
import { openWatchPost, WRITER, type WatchPost } from '../../support/watch-post.ts';
import type { SmtpScript } from '../../support/smtp-server.ts';

const GARDEN = 'garden' as SeriesId;
const PATIENCE = { timeout: 30_000, interval: 50 };

let post: WatchPost;
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  armFailpoints({ mishaps: [], kill: () => undefined, tell: () => undefined });
  for (const close of closing.splice(0).toReversed()) await close();
});

async function open(options: Parameters<typeof openWatchPost>[0] = {}): Promise<WatchPost> {
  post = await openWatchPost(options);
  closing.push(() => post.close());
  return post;
}

/** A series of one issue, with readers at its door. */
async function publish(...readers: string[]): Promise<void> {
  await post.t.write('garden', 'every: 0', { '1-frost': 'title: "The first frost"' });
  await post.t.join('garden', ...readers);
  await post.t.schedule('garden');
}

async function sendAll(): Promise<void> {
  const workers = await startWorkers(post.t.app);
  if (isRefusal(workers)) throw new Error(workers.message);
  closing.push(() => workers.drain());
  await post.t.settle();
}

function tellBy(): void {
  const worker = startNoticeWorker(post.t.app, post.ways);
  closing.push(() => worker.close());
}

const subjects = async () => (await post.mails()).map(({ subject }) => subject);
const types = () => post.hook.received.map(({ body }) => body['type']);

/** Throws at a place, once: what was written before it is written, and nothing after it is. */
const breakAt = (at: Failpoint) =>
  armFailpoints({
    mishaps: [{ at, hit: 1, kind: 'throw', ms: 0 }],
    kill: () => undefined,
    tell: () => undefined,
  });

const rejectOne: SmtpScript = ({ at, to }) =>
  at === 'rcpt' && to.includes('yew@example.com') ? '550 5.2.1 No' : undefined;

describe('a release that has gone out', () => {
  test('is told once by each way, with the figures that the server saw', async () => {
    await open({ script: rejectOne });
    await publish('ash', 'elm', 'yew');
    await post.look();
    await sendAll();
    for (let i = 0; i < 3; i++) await post.look();
    await post.post();
    await expect.poll(types, PATIENCE).toEqual(['release.finished']);
    await expect.poll(subjects, PATIENCE).toEqual(['“The first frost” has gone out']);

    const taken = post.t.smtp.transactions.filter(({ to }) => !to.includes(WRITER)).length;
    expect(post.hook.received[0]).toMatchObject({
      isGenuine: true,
      body: { series: 'garden', issue: 'frost', figures: { audience: 3, accepted: taken, rejected: 1 } },
    });
    expect(post.hook.received[0]?.raw).not.toMatch(/example\.com|The first frost/);
    const [mail] = await post.mails();
    expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated\r?$/m);
    expect(mail?.text).toContain('Accepted: 2\nRejected: 1\n');
  });

  test('is told by ids: no job has an address, a title or figures', async () => {
    await open();
    await publish('ash');
    await post.look();
    await sendAll();
    await post.look();
    await post.post();
    await expect.poll(types, PATIENCE).toEqual(['release.finished']);
    const redis = post.t.redis.redis();
    const jobs = await redis.keys('{pw-queue}:notices:notice--*');
    expect(jobs.length).toBeGreaterThan(0);
    for (const key of jobs.filter((one) => !/:(?:lock|logs)$/.test(one))) {
      const { data = '' } = await redis.hgetall(key);
      expect(Object.keys(JSON.parse(data) as object).toSorted()).toEqual(['kind', 'notice', 'way']);
      expect(data).not.toMatch(/@|frost|127\.0\.0\.1/);
    }
  });

  test('and went out before anybody watched is not news', async () => {
    await open();
    await publish('ash');
    // Without the watchman that comes with the workers.
    await post.t.app.store.watch.lead('nobody', DAY_MS);
    await sendAll();
    await post.t.app.store.watch.resign('nobody');
    await post.look();
    await post.look();
    expect(await post.t.app.store.watch.outbox()).toEqual([]);
    await post.t.join('garden', 'elm');
    await post.t.settle();
    await post.look();
    expect(await post.t.app.store.watch.outbox()).toEqual([]);
  });

  // What a process had written when it was killed is what is written when it throws there.
  test.each(['watch.judged', 'watch.committed', 'notice.found', 'notice.queued', 'notice.posted'] as const)(
    'is told once when a process ends at %s',
    async (at) => {
      await open();
      await publish('ash');
      await post.look();
      await sendAll();
      breakAt(at);
      const round = async () => {
        await post.look();
        await post.post();
      };
      await expect(round()).rejects.toThrow(at);
      for (let i = 0; i < 3; i++) await round();
      await expect.poll(types, PATIENCE).toEqual(['release.finished']);
      await expect.poll(subjects, PATIENCE).toHaveLength(1);
      await round();
      expect(await post.t.app.store.watch.outbox()).toEqual([]);
      expect(types()).toHaveLength(1);
    },
  );

  test('is told twice at the most when a process ends between the answer and the end of its job, with the same id', async () => {
    await open();
    await publish('ash');
    await post.look();
    await sendAll();
    await post.look();
    const [id = ''] = await post.t.app.store.watch.outbox();
    const [way] = post.ways;
    const job = { notice: id, kind: 'release.finished', way: way?.id ?? '' } as const;
    breakAt('notice.sent');
    await expect(sendNotice({ ...post.t.app, ways: post.ways }, job)).rejects.toThrow('notice.sent');
    await sendNotice({ ...post.t.app, ways: post.ways }, job);
    const [first, second] = await post.mails();
    expect(second?.raw).toBe(first?.raw);
    expect(first?.raw).toContain(`Message-ID: <notice-${id}@`);
  });
});

describe('of two watchmen', () => {
  test('one leads; the other one when it is gone, or within the lease when it died', async () => {
    await open();
    const { watch } = post.t.app.store;
    expect([await watch.lead('a', LEAD_MS), await watch.lead('b', LEAD_MS)]).toEqual([true, false]);
    const left = await post.t.redis.redis().pttl('pw:{watch}:leader');
    expect([left > 0, left <= LEAD_MS, LEAD_MS + 5_000 <= 30_000]).toEqual([true, true, true]);
    await watch.resign('b');
    expect(await watch.lead('b', LEAD_MS)).toBe(false);
    await watch.resign('a');
    expect(await watch.lead('b', 1)).toBe(true);
    await expect.poll(() => watch.lead('a', LEAD_MS), PATIENCE).toBe(true);
  });

  test('one tells, also when the lead changes while it looks', async () => {
    await open();
    await publish('ash');
    await post.look();
    await sendAll();
    const { watch } = post.t.app.store;
    await watch.resign('the test');
    const looks = await Promise.all(['a', 'b', 'c'].map((me) => post.look(me)));
    expect(looks.filter(Boolean)).toHaveLength(1);
    expect(await watch.outbox()).toHaveLength(1);

    // The same news twice is one, whoever brings it.
    const again = {
      mark: 'release:garden:frost',
      value: 'finished',
      notice: { kind: 'test', id: 'x', at: 0 },
    };
    const led = ['a', 'b', 'c'][looks.indexOf(true)] ?? '';
    expect(await watch.commit(led, { lookedAt: 0, troubles: {} }, [again as never])).toBe(0);

    // One that stood still since it last looked writes nothing.
    const { memory } = await watch.recall();
    if (memory === undefined) throw new Error('Nothing is remembered.');
    const marks = [
      { mark: 'release:garden:thaw', value: 'finished', notice: { kind: 'test', id: 'x', at: 0 } },
    ];
    expect(await watch.commit('the test', memory, marks as never)).toBeUndefined();
    expect([await watch.outbox(), await watch.findNotice('x')]).toEqual([[expect.any(String)], undefined]);
  });

  test('the one that has no way to tell leaves it to the other', async () => {
    await open();
    await publish('ash');
    await post.look();
    await sendAll();
    await post.look();
    await postNotices({ ...post.t.app, ways: [] });
    await post.post();
    await expect.poll(types, PATIENCE).toEqual(['release.finished']);
  });
});

const commandsSoFar = async (redis: Redis): Promise<number> =>
  Number(/total_commands_processed:(\d+)/.exec(await redis.info('stats'))?.[1]);

test('a look asks Redis as much for three hundred readers as for three', async ({ annotate }) => {
  await open();
  await publish('ash', 'elm', 'yew');
  const redis = post.t.redis.redis();
  const commandsOfLook = async (): Promise<number> => {
    await post.look();
    const before = await commandsSoFar(redis);
    await post.look();
    return (await commandsSoFar(redis)) - before;
  };
  const few = await commandsOfLook();
  await post.t.join('garden', ...Array.from({ length: 297 }, (_, index) => `reader-${index}`));
  const many = await commandsOfLook();
  await annotate(`${few} commands with 3 readers, ${many} with 300`);
  // The guard of the ledger asks now and then, too.
  expect(Math.abs(many - few)).toBeLessThan(40);
});

describe('a series that pauses itself', () => {
  test('is told with the words of the server, once each time', async () => {
    const words = 'answer to MAIL FROM: 550 5.7.1 <b>Sender</b> is not welcome here';
    await open({
      script: ({ at, from }) =>
        at === 'mail' && from.startsWith('letters') ? '550 5.1.0 <b>Sender</b> rejected' : undefined,
      env: { PARTWORK_FROM: 'Garden <letters@example.com>' },
    });
    await publish('ash');
    tellBy();
    const pause = (reason: string) => changeState(post.t.app, GARDEN, 'paused', reason);
    await post.look();
    await pause(words);
    for (let i = 0; i < 3; i++) await post.look();
    await post.post();
    // Between two looks: resumed, and refused again for the same reason.
    await changeState(post.t.app, GARDEN, 'running');
    await pause(words);
    await post.look();
    // Another plan for a series that is paused is no other pause.
    await post.t.write('garden', 'every: 1d', {});
    await post.t.schedule('garden');
    await post.look();
    await post.post();
    await expect.poll(types, PATIENCE).toEqual(['series.paused', 'series.paused']);
    expect(post.hook.received.map(({ body }) => body['reason'])).toEqual([words, words]);
    expect(new Set(post.hook.received.map(({ id }) => id)).size).toBe(2);
  });

  test('is no news when the writer has paused it', async () => {
    await open();
    await publish('ash');
    await post.look();
    await changeState(post.t.app, GARDEN, 'paused');
    await post.look();
    expect(await post.t.app.store.watch.outbox()).toEqual([]);
  });
});

describe('a notice', () => {
  const started: Notice = { kind: 'trouble.started', trouble: 'no-workers', since: 1, id: 'begun', at: 1 };
  const mark = { mark: 'trouble:no-workers:ended', value: '1' };

  test('that trouble has started is not mailed behind the one that it is over, and is posted all the same', async () => {
    await open();
    await post.look();
    const { watch } = post.t.app.store;
    const memory = { lookedAt: 0, troubles: {} };
    await watch.commit('the test', memory, [{ mark: 'x', value: '1', notice: started }]);
    const send = (way: string) =>
      sendNotice({ ...post.t.app, ways: post.ways }, { notice: 'begun', kind: started.kind, way });
    expect(await send('mail')).toEqual({ kind: 'done' });
    await watch.commit('the test', memory, [mark]);
    expect(await send('mail')).toEqual({ kind: 'not-needed' });
    expect(await send(post.ways[1]?.id ?? '')).toEqual({ kind: 'done' });
    expect([await send('pigeon'), (await post.mails()).length]).toEqual([{ kind: 'not-needed' }, 1]);
  });

  test.each([
    ['a server that is away', '421 4.3.2 Later', 'later'],
    ['a server that puts it off', '451 4.7.1 Greylisted', 'later'],
    ['an address that is dead', '550 5.1.1 No such user', 'refused'],
  ])('and %s', async (_, reply, kind) => {
    await open({ script: ({ at }) => (at === 'rcpt' ? reply : undefined) });
    const [mail] = post.ways;
    const result = await mail?.send({ kind: 'test', id: 'a', at: 0 });
    expect(result).toMatchObject({ kind });
    expect(JSON.stringify(result)).not.toContain(WRITER);
  });
});
