import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { takeOverview } from '../../src/actions/overview.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import { startWorkers, type RunningWorkers } from '../../workers/main.ts';
import { startWatch } from '../../workers/watch.ts';
import { WEBHOOK_SECRET } from '../support/webhook-receiver.ts';
import { openWatchPost, WRITER, type WatchPost } from '../support/watch-post.ts';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.ts';

const PATIENCE = { timeout: 60_000, interval: 50 };
const LEADER = 'pw:{watch}:leader';

let post: WatchPost;
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A garden of one issue, and a process that only serves pages: it tells when nobody else is left to. */
async function open(options: Parameters<typeof openWatchPost>[0] = {}): Promise<void> {
  post = await openWatchPost(options);
  closing.push(() => post.close());
  await post.look();
  await post.t.write('garden', 'every: 0', { '1-frost': 'title: Frost' });
  await post.t.schedule('garden');
  const watch = await startWatch(post.t.app, { sendsMail: false });
  if (isRefusal(watch)) throw new Error(watch.message);
  closing.push(() => watch.end());
}

async function work(): Promise<RunningWorkers> {
  const workers = await startWorkers(post.t.app);
  if (isRefusal(workers)) throw new Error(workers.message);
  let isDrained = false;
  const once = {
    ...workers,
    async drain() {
      if (!isDrained) await workers.drain();
      isDrained = true;
    },
  };
  closing.push(() => once.drain());
  return once;
}

/** Looks every thirty seconds of the ledger's time. */
async function looks(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await post.lookAfter(30);
  await post.post();
}

/** The same while a worker shows itself: real ones do so by their own clocks, which do not travel. */
async function looksAtWorkers(count: number): Promise<void> {
  const { store } = post.t.app;
  for (let i = 0; i < count; i++) {
    post.t.clock.offsetMs += 30_000;
    const now = await store.now();
    await store.workers.note({ id: 'mars:1', startedAt: now, seenAt: now, connections: 1 });
    await post.look();
  }
  await post.post();
}

const types = () => post.hook.received.map(({ body }) => String(body['type']));
const troubles = () =>
  post.hook.received
    .filter(({ body }) => String(body['type']).startsWith('trouble'))
    .map(({ body }) => `${String(body['type'])} ${String(body['trouble'])}`);
const subjects = async () => (await post.mails()).map(({ subject }) => subject);

test('workers stop: one notice of trouble; they come back: one of its end', async () => {
  await open();
  const first = await work();
  await post.t.join('garden', 'ash');
  await post.t.settle();
  await post.look();
  await first.drain();
  await post.t.join('garden', 'elm');
  await looks(8);
  await expect.poll(troubles, PATIENCE).toEqual(['trouble.started no-workers']);

  await work();
  await post.t.settle();
  await looks(8);
  await expect.poll(troubles, PATIENCE).toEqual(['trouble.started no-workers', 'trouble.ended no-workers']);
  await expect
    .poll(subjects, PATIENCE)
    .toEqual([
      '“Frost” has gone out',
      'Mail is due and nobody sends it',
      'Over: nobody sent the mail that was due',
    ]);
  expect(post.t.received('elm')).toEqual(['Frost']);
  expect(post.hook.received.every(({ isGenuine }) => isGenuine)).toBe(true);
});

test('the mail server is away: webhooks hear of it at once; the mail that comes when it is back tells of all of it', async () => {
  let isAway = true;
  await open({
    script: ({ at }) => (isAway && at === 'greeting' ? '421 4.3.2 Down <b>for</b> repair' : undefined),
  });
  await work();
  await post.t.join('garden', 'ash');
  await expect.poll(() => post.t.app.store.transport.findTrouble(), PATIENCE).toContain('421');
  await looksAtWorkers(5);
  await expect.poll(troubles, PATIENCE).toEqual(['trouble.started mail-blocked']);
  expect(post.hook.received[0]?.body['reason']).toContain('421 4.3.2 Down <b>for</b> repair');

  isAway = false;
  await expect.poll(() => post.t.received('ash'), PATIENCE).toEqual(['Frost']);
  await expect.poll(() => post.t.app.store.transport.findTrouble(), PATIENCE).toBeUndefined();
  await looks(5);
  await expect
    .poll(troubles, PATIENCE)
    .toEqual(['trouble.started mail-blocked', 'trouble.ended mail-blocked']);
  await expect.poll(subjects, PATIENCE).toContain('Over: mail did not go out');
  const ended = (await post.mails()).find(({ subject }) => subject.startsWith('Over'));
  expect(ended?.html).toContain('421 4.3.2 Down &lt;b&gt;for&lt;/b&gt; repair');
});

test('workers are there and nothing moves: every face says since when, one notice tells, one of its end', async () => {
  await open();
  const { store } = post.t.app;
  await post.t.join('garden', 'ash');
  const since = await store.now();
  await looksAtWorkers(8);
  const { series } = await takeOverview(post.t.app);
  const [stuck] = series.flatMap(({ attention }) => attention.filter(({ kind }) => kind === 'stuck'));
  expect(stuck).toMatchObject({ series: 'garden', due: 1 });
  if (stuck?.kind !== 'stuck') throw new Error('Nothing is stuck.');
  expect(Math.abs(stuck.since - since)).toBeLessThanOrEqual(31_000);
  await expect.poll(troubles, PATIENCE).toEqual(['trouble.started stuck']);
  expect(post.hook.received[0]?.body).toMatchObject({
    series: 'garden',
    since: new Date(stuck.since).toISOString(),
  });

  await store.workers.forget('mars:1');
  await work();
  await post.t.settle();
  await looks(4);
  await expect.poll(troubles, PATIENCE).toEqual(['trouble.started stuck', 'trouble.ended stuck']);
  await expect
    .poll(subjects, PATIENCE)
    .toEqual(expect.arrayContaining(['Nothing moves in “garden”', 'Over: nothing moved in “garden”']));
});

test.skipIf(!existsSync('dist/src/cli/main.js'))(
  'a process is killed between the mark and the queue: another one takes over, and tells once',
  { timeout: 180_000 },
  async () => {
    post = await openWatchPost();
    closing.push(() => post.close());
    const redis = post.t.redis.redis();
    const env = {
      PARTWORK_NOTIFY: WRITER,
      PARTWORK_FROM: 'Garden Letters <letters@example.com>',
      PARTWORK_WEBHOOKS: `${post.hook.url}/hook`,
      PARTWORK_WEBHOOK_SECRET: WEBHOOK_SECRET,
      PARTWORK_WEBHOOK_PRIVATE: 'yes',
    };
    const start = (more: Record<string, string> = {}): WorkerProcess => {
      const worker = startWorkerProcess(post.t, { ...env, ...more });
      closing.push(() => worker.kill());
      return worker;
    };
    await post.t.write('garden', 'every: 0', { '1-frost': 'title: Frost' });
    await post.t.schedule('garden');
    const doomed = start({ PARTWORK_FAILPOINTS: 'watch.committed@2=kill' });
    await expect.poll(() => redis.get('pw:{watch}:memory'), PATIENCE).not.toBeNull();
    await post.t.join('garden', 'ash');
    expect(await doomed.ended()).toBeNull();
    const leader = await redis.get(LEADER);

    start();
    await expect.poll(types, PATIENCE).toEqual(['release.finished']);
    await expect.poll(subjects, PATIENCE).toEqual(['“Frost” has gone out']);
    await expect.poll(async () => ![leader, null].includes(await redis.get(LEADER)), PATIENCE).toBe(true);
    await sleep(2_000);
    expect([types().length, (await subjects()).length]).toEqual([1, 1]);
    expect(await redis.llen('pw:{watch}:outbox')).toBe(0);
  },
);
