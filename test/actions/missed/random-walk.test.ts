import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { resendMissed } from '../../../src/actions/missed/resend-missed.ts';
import { pauseReading } from '../../../src/actions/reading/pause-reading.ts';
import { readAgain } from '../../../src/actions/reading/read-again.ts';
import { resumeReading } from '../../../src/actions/reading/resume-reading.ts';
import { seriesStatus } from '../../../src/actions/series-status.ts';
import { DAY_MS, HOUR_MS } from '../../../src/domain/instant.ts';
import { END, liveIssues } from '../../../src/domain/plan.ts';
import { editIssues } from '../../support/edit-issues.ts';
import { GARDEN } from '../../support/ledger.ts';
import { courseWith, openReadingWorld, ownerOf, type ReadingWorld } from '../../support/reading-world.ts';
import { redisPerFile } from '../../support/redis-per-file.ts';

const given = redisPerFile();
const ash = ownerOf('ash');

let world: ReadingWorld | undefined;
afterEach(() => world?.close());

const which = fc.nat(99);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const),
      end: fc.constantFrom(
        'accepted' as const,
        'rejected' as const,
        'rejected' as const,
        'deferred' as const,
      ),
      which,
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), which }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('resend' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('insert' as const, 'insert' as const, 'take out' as const),
      which,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('pause' as const, 'resume' as const, 'again' as const),
      which,
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What one reader must get, in whatever order the series has it: kept beside the ledger and knowing none of its ways. */
class Reference {
  readonly owed = new Set<string>();
  readonly refused = new Set<string>();
  readonly had = new Set<string>();
  /** What comes by itself begins with this one; undefined = they have come to the end. */
  frontier: string | undefined;
  lastHadAt = -DAY_MS;
  pausedUntil = 0;
  begun: string | undefined;

  first(order: readonly string[]): string | undefined {
    return order.find((issue) => this.owed.has(issue));
  }

  settled(issue: string, order: readonly string[], isHad: boolean): void {
    this.owed.delete(issue);
    this.begun = undefined;
    if (isHad) this.had.add(issue);
    else this.refused.add(issue);
    if (issue === this.frontier) this.frontier = order[order.indexOf(issue) + 1];
  }
}

const orderOf = (at: ReadingWorld): string[] => liveIssues(at.plan).map(({ id }) => id);

async function deliver(at: ReadingWorld, reference: Reference, end: 'accepted' | 'rejected' | 'deferred') {
  const delivery = await at.claim('ash');
  if (delivery === undefined) return;
  const now = await at.store.now();
  const order = orderOf(at);
  assert.equal(delivery.issue, reference.first(order), 'what is owed first');
  assert.ok(!reference.had.has(delivery.issue), 'nothing twice');
  assert.ok(now >= reference.pausedUntil, 'no mail during a break');
  assert.ok(reference.begun === delivery.issue || now >= reference.lastHadAt + DAY_MS, 'the gap');
  assert.ok(await at.submit(delivery));
  if (end === 'deferred') {
    await at.settle(delivery, { kind: 'deferred', reason: '451' });
    reference.begun = delivery.issue;
    return;
  }
  const outcome = {
    accepted: { kind: 'accepted' },
    rejected: { kind: 'rejected', suppress: false, reason: '552' },
  } as const;
  await at.settle(delivery, outcome[end]);
  if (end === 'accepted') reference.lastHadAt = await at.store.now();
  reference.settled(delivery.issue, order, end === 'accepted');
}

async function resend(at: ReadingWorld, reference: Reference, issue: string): Promise<number> {
  const isMissed = !reference.had.has(issue) && !reference.owed.has(issue);
  const reasons = ['rejected', 'skipped', 'began-later'] as const;
  const { coming } = await resendMissed(at, GARDEN, issue as never, { reasons });
  assert.equal(coming, isMissed ? 1 : 0, `${issue} is sent again`);
  if (isMissed) {
    reference.owed.add(issue);
    // What was put off gives way to it, and begins anew.
    if (reference.first(orderOf(at)) !== reference.begun) reference.begun = undefined;
  }
  return coming;
}

async function insert(at: ReadingWorld, reference: Reference, n: number): Promise<void> {
  const order = orderOf(at);
  const index = n % (order.length + 1);
  const issue = `new-${at.plan.revision}`;
  const frontierAt = reference.frontier === undefined ? order.length : order.indexOf(reference.frontier);
  await editIssues(at, [...order.slice(0, index), issue, ...order.slice(index)]);
  if (index < frontierAt) return;
  reference.owed.add(issue);
  if (index === frontierAt) {
    // Whoever stands there has it first, and what was put off begins anew behind it.
    if (reference.begun === reference.frontier) reference.begun = undefined;
    reference.frontier = issue;
  }
}

async function takeOut(at: ReadingWorld, reference: Reference, n: number): Promise<void> {
  const order = orderOf(at);
  const issue = order[n % order.length];
  if (issue === undefined || order.length < 3) return;
  await editIssues(
    at,
    order.filter((one) => one !== issue),
  );
  if (issue === reference.frontier) reference.frontier = order[order.indexOf(issue) + 1];
  if (issue === reference.begun) reference.begun = undefined;
  reference.owed.delete(issue);
}

async function again(at: ReadingWorld, reference: Reference, issue: string): Promise<void> {
  const order = orderOf(at);
  if ((await readAgain(at, ash, issue as never)) !== 'moved' || issue === reference.frontier) return;
  for (const one of order.slice(order.indexOf(issue))) {
    reference.owed.add(one);
    reference.had.delete(one);
    reference.refused.delete(one);
  }
  reference.frontier = issue;
  reference.begun = undefined;
}

async function take(at: ReadingWorld, reference: Reference, { do: what, ...more }: Step): Promise<number> {
  const order = orderOf(at);
  const issue = order[more.which % order.length] ?? '';
  const now = await at.store.now();
  switch (what) {
    case 'deliver':
      await deliver(at, reference, 'end' in more ? more.end : 'accepted');
      return 0;
    case 'wait':
      at.travel((1 + (more.which % 40)) * HOUR_MS);
      return 0;
    case 'resend':
      return resend(at, reference, issue);
    case 'insert':
      await insert(at, reference, more.which);
      return 0;
    case 'take out':
      await takeOut(at, reference, more.which);
      return 0;
    case 'pause':
      await pauseReading(at, ash, (reference.pausedUntil = now + more.which * HOUR_MS));
      return 0;
    case 'resume':
      await resumeReading(at, ash);
      reference.pausedUntil = 0;
      return 0;
    case 'again':
      await again(at, reference, issue);
      return 0;
  }
}

/** Each is in an issue's audience once for each time they came to it: what they had, and what they are owed. */
async function addsUp(at: ReadingWorld): Promise<void> {
  const status = await seriesStatus(at, GARDEN);
  const wrong = status?.issues.filter((issue) => !issue.addsUp || issue.waiting < 0 || issue.toCome < 0);
  assert.deepEqual(wrong, []);
  assert.deepEqual(
    status?.attention.filter(({ kind }) => kind.endsWith('-differ')),
    [],
  );
}

/** However it went: what is owed comes, and nothing else. */
async function readToTheEnd(at: ReadingWorld, reference: Reference): Promise<void> {
  await resumeReading(at, ash);
  reference.pausedUntil = 0;
  for (let days = 0; days < 60 && reference.owed.size > 0; days++) {
    at.travel(DAY_MS);
    await deliver(at, reference, 'accepted');
  }
  assert.deepEqual([...reference.owed], []);
  at.travel(9 * DAY_MS);
  assert.equal(await at.claim('ash'), undefined);
  assert.deepEqual((await at.store.subscriptions.findPlace(at.plan, ash.subscriber))?.place, END);
}

test('whatever is sent again, put in and taken out, and when: what is owed, in the order of the series, once, never within the gap', async () => {
  let sentAgain = 0;
  const walks = fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }), async (walk) => {
      await given.redis.flushall();
      const at = await openReadingWorld(given.redis, given.server.socket, courseWith());
      world = at;
      await at.join('ash');
      const reference = new Reference();
      for (const issue of orderOf(at)) reference.owed.add(issue);
      reference.frontier = orderOf(at)[0];
      for (const one of walk) {
        sentAgain += await take(at, reference, one);
        await addsUp(at);
      }
      await readToTheEnd(at, reference);
      await addsUp(at);
      await at.close();
      world = undefined;
    }),
    { numRuns: process.env['HOSTILE_PART'] === 'all' ? 100 : 20 },
  );
  await expect(walks).resolves.toBeUndefined();
  expect(sentAgain).toBeGreaterThan(0);
}, 240_000);
