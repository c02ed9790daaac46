import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { pauseReading } from '../../../src/actions/reading/pause-reading.ts';
import { readAgain } from '../../../src/actions/reading/read-again.ts';
import { resumeReading } from '../../../src/actions/reading/resume-reading.ts';
import { sendNext } from '../../../src/actions/reading/send-next.ts';
import { setPace } from '../../../src/actions/reading/set-pace.ts';
import { unsubscribe } from '../../../src/actions/reading/unsubscribe.ts';
import { seriesStatus } from '../../../src/actions/series-status.ts';
import type { Delivery } from '../../../src/domain/delivery.ts';
import { DAY_MS, HOUR_MS } from '../../../src/domain/instant.ts';
import { END } from '../../../src/domain/plan.ts';
import { GARDEN } from '../../support/ledger.ts';
import {
  courseWith,
  gap,
  openReadingWorld,
  ownerOf,
  type ReadingWorld,
} from '../../support/reading-world.ts';
import { redisPerFile } from '../../support/redis-per-file.ts';

const given = redisPerFile();
const ash = ownerOf('ash');
const ISSUES = ['one', 'two', 'three', 'four', 'five'];
const GAPS = { own: DAY_MS, '12h': 12 * HOUR_MS, '72h': 72 * HOUR_MS };
type Pace = keyof typeof GAPS;

let world: ReadingWorld | undefined;
afterEach(() => world?.close());

/** What one reader does, or the world to them. */
type Wish =
  | { readonly do: 'pause'; readonly hours: number }
  | { readonly do: 'resume' | 'next' | 'leave' | 'join' | 'edit' }
  | { readonly do: 'pace'; readonly pace: Pace }
  | { readonly do: 'again'; readonly issue: string };

type Step =
  | Wish
  | { readonly do: 'wait'; readonly hours: number }
  | {
      readonly do: 'deliver';
      readonly end: 'accepted' | 'deferred' | 'cut' | 'dies before' | 'dies after';
      readonly onceClaimed?: Wish;
      readonly onceSubmitted?: Wish;
    };

const wish: fc.Arbitrary<Wish> = fc.oneof(
  fc.record({ do: fc.constant('pause' as const), hours: fc.integer({ min: 1, max: 200 }) }),
  fc.record({
    do: fc.constantFrom(
      'resume' as const,
      'next' as const,
      'next' as const,
      'leave' as const,
      'join' as const,
      'edit' as const,
    ),
  }),
  fc.record({ do: fc.constant('pace' as const), pace: fc.constantFrom<Pace>('own', '12h', '72h') }),
  fc.record({ do: fc.constant('again' as const), issue: fc.constantFrom(...ISSUES) }),
);
const deliver = fc.record(
  {
    do: fc.constant('deliver' as const),
    end: fc.constantFrom(
      'accepted' as const,
      'accepted' as const,
      'accepted' as const,
      'deferred' as const,
      'cut' as const,
      'dies before' as const,
      'dies after' as const,
    ),
    onceClaimed: wish,
    onceSubmitted: wish,
  },
  { requiredKeys: ['do', 'end'] },
);
const plainDeliver = fc.constant({ do: 'deliver', end: 'accepted' } as const);
const wait = fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 40 }) });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: wish },
    { weight: 3, arbitrary: plainDeliver },
    { weight: 3, arbitrary: deliver },
    { weight: 4, arbitrary: wait },
  ),
  { minLength: 10, maxLength: 60 },
);

/** What must be true of one reader, kept beside the ledger and knowing none of its ways. */
class Model {
  isReader = true;
  /** Index of the issue that must come next. */
  next = 0;
  round = 0;
  pausedUntil = 0;
  pace: Pace = 'own';
  /** No claim of a new issue before this, by the gaps in force. */
  notBefore = 0;
  lastAcceptedAt: number | undefined;
  /** An issue that was claimed and is not settled: it may come again without regard to gap or pause… */
  begun: string | undefined;
  readonly accepted = new Set<string>();

  gapEnd(): number {
    return this.lastAcceptedAt === undefined ? 0 : this.lastAcceptedAt + GAPS[this.pace];
  }

  claimed(delivery: Delivery, now: number): void {
    assert.ok(this.isReader, 'a reader who has left gets nothing');
    assert.equal(delivery.issue, ISSUES[this.next], 'in order');
    assert.equal(delivery.round, this.round);
    // …but not during a pause.
    assert.ok(now >= this.pausedUntil, 'no mail during a pause');
    assert.ok(this.begun === delivery.issue || now >= this.notBefore, 'the gap');
  }

  wasAccepted(delivery: Delivery, now: number): void {
    const copy = `${delivery.issue} in round ${delivery.round}`;
    assert.ok(!this.accepted.has(copy), 'accepted once');
    this.accepted.add(copy);
    this.next++;
    this.begun = undefined;
    this.lastAcceptedAt = now;
    this.notBefore = this.gapEnd();
  }
}

async function grant(at: ReadingWorld, model: Model, asked: Wish): Promise<void> {
  const now = await at.store.now();
  // Only who reads it can change how.
  const judge = (answer: string) =>
    assert.equal(answer === 'ended', !model.isReader, `${asked.do}: ${answer}`);
  switch (asked.do) {
    case 'pause': {
      const until = now + asked.hours * HOUR_MS;
      judge(await pauseReading(at, ash, until));
      if (model.isReader) model.pausedUntil = until;
      return;
    }
    case 'resume':
      judge(await resumeReading(at, ash));
      // Looked at anew: a gap that ends later than the next issue was asked for is kept.
      if (model.isReader) {
        if (model.pausedUntil > now) model.notBefore = model.gapEnd();
        model.pausedUntil = 0;
      }
      return;
    case 'pace':
      judge(await setPace(at, ash, asked.pace === 'own' ? undefined : gap(asked.pace)));
      if (model.isReader && asked.pace !== model.pace) {
        model.pace = asked.pace;
        if (model.begun === undefined) model.notBefore = model.gapEnd();
      }
      return;
    case 'next': {
      const answer = await sendNext(at, ash);
      judge(answer);
      if (answer === 'coming') {
        model.pausedUntil = 0;
        model.notBefore = 0;
      }
      return;
    }
    case 'again': {
      const answer = await readAgain(at, ash, asked.issue as never);
      judge(answer);
      const index = ISSUES.indexOf(asked.issue);
      if (answer === 'moved' && index !== model.next) {
        assert.ok(index < model.next, 'never ahead');
        model.next = index;
        model.round++;
        model.begun = undefined;
        model.notBefore = model.gapEnd();
      }
      return;
    }
    case 'leave':
      assert.equal(await unsubscribe(at, ash), model.isReader);
      model.isReader = false;
      return;
    case 'join':
      assert.equal(await at.join('ash'), model.isReader ? 'known' : 'rejoined');
      if (!model.isReader) {
        model.isReader = true;
        model.pausedUntil = 0;
        // By the pace they had when they left.
        model.pace = 'own';
      }
      return;
    case 'edit':
      await at.change({ title: `Edition ${at.plan.revision}` });
  }
}

/** One mail from claim to its end, as a worker, a server and a reader who does not wait make it. */
async function deliverOnce(at: ReadingWorld, model: Model, step: Step & { do: 'deliver' }): Promise<boolean> {
  const delivery = await at.claim('ash');
  if (delivery === undefined) return false;
  model.claimed(delivery, await at.store.now());
  if (step.end === 'dies before') {
    at.travel(11_000);
    return true;
  }
  if (step.onceClaimed !== undefined) await grant(at, model, step.onceClaimed);
  const mayLeave = await at.submit(delivery);
  assert.ok(mayLeave || step.onceClaimed !== undefined, 'what is due may leave');
  if (!mayLeave) return true;
  assert.ok(model.isReader, 'nothing is begun for who has left');
  assert.ok(model.pausedUntil <= (await at.store.now()), 'nothing is begun in a pause');
  model.begun = delivery.issue;
  if (step.onceSubmitted !== undefined) await grant(at, model, step.onceSubmitted);
  await end(at, model, delivery, step.end);
  return true;
}

async function end(
  at: ReadingWorld,
  model: Model,
  delivery: Delivery,
  how: (Step & { do: 'deliver' })['end'],
): Promise<void> {
  const isOurs = model.isReader;
  switch (how) {
    case 'accepted':
      await at.settle(delivery, { kind: 'accepted' });
      model.wasAccepted(delivery, await at.store.now());
      return;
    case 'deferred':
      assert.equal(await at.settle(delivery, { kind: 'deferred', reason: '451' }), isOurs);
      return;
    case 'cut':
      assert.equal(await at.settle(delivery, { kind: 'uncertain', reason: 'cut' }), isOurs);
      return;
    case 'dies before':
    case 'dies after':
      at.travel(11_000);
  }
}

async function countsAddUp(at: ReadingWorld): Promise<void> {
  const status = await seriesStatus(at, GARDEN);
  assert.deepEqual(
    status?.issues.filter(({ addsUp }) => !addsUp),
    [],
  );
  assert.deepEqual(
    status?.attention.filter(({ kind }) => kind.endsWith('-differ')),
    [],
  );
}

async function take(at: ReadingWorld, model: Model, step: Step): Promise<void> {
  if (step.do === 'wait') at.travel(step.hours * HOUR_MS);
  else if (step.do === 'deliver') await deliverOnce(at, model, step);
  else await grant(at, model, step);
}

/** However it went, who is a reader and is left in peace gets all that is ahead. */
async function readToTheEnd(at: ReadingWorld, model: Model): Promise<void> {
  await grant(at, model, { do: 'join' });
  await grant(at, model, { do: 'resume' });
  for (let days = 0; days < 40 && model.next < ISSUES.length; days++) {
    at.travel(DAY_MS);
    await deliverOnce(at, model, { do: 'deliver', end: 'accepted' });
  }
  assert.equal(model.next, ISSUES.length, 'everything comes in the end');
  const place = await at.store.subscriptions.findPlace(at.plan, ash.subscriber);
  assert.equal(place?.place, END);
}

test('whatever a reader does, and when: in order, once a round, never within the gap or a pause, and to the end', async () => {
  const walks = fc.assert(
    fc.asyncProperty(steps, async (walk) => {
      await given.redis.flushall();
      const at = await openReadingWorld(given.redis, given.server.socket, courseWith());
      world = at;
      await at.join('ash');
      const model = new Model();
      for (const step of walk) await take(at, model, step);
      await countsAddUp(at);
      await readToTheEnd(at, model);
      await countsAddUp(at);
      await at.close();
      world = undefined;
    }),
    // `HOSTILE_PART=all` walks as often as it takes to meet nearly everything.
    { numRuns: process.env['HOSTILE_PART'] === 'all' ? 100 : 30 },
  );
  await expect(walks).resolves.toBeUndefined();
}, 120_000);
