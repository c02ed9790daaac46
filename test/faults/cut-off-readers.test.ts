import { afterEach, beforeEach, expect, test } from 'vitest';
import { confirmSubscription } from '../../src/actions/confirm-subscription.ts';
import { eraseSubscriber } from '../../src/actions/erase-subscriber.ts';
import { unsubscribe } from '../../src/actions/reading/unsubscribe.ts';
import type { Failpoint } from '../../src/domain/failpoint.ts';
import { MINUTE_MS } from '../../src/domain/instant.ts';
import { GARDEN, joinAt, planWith, subscriber } from '../support/ledger.ts';
import { disarm, throwAt } from '../support/mishaps.ts';
import { redisPerFile } from '../support/redis-per-file.ts';
import { openSignupDesk, type SignupDesk } from '../support/signup-desk.ts';

const given = redisPerFile();
const base = planWith(['one', 'two']);
const plan = { ...base, about: { ...base.about, letters: ['welcome', 'goodbye'] as const } };
const { id } = subscriber('ash');

let desk: SignupDesk;
beforeEach(async () => {
  desk = await openSignupDesk(given.server, given.redis, plan);
});
afterEach(async () => {
  disarm();
  await desk.close();
});

/** Cuts it off at a place, then does it again as a person or a mail program would who got no answer. */
async function twice<T>(at: Failpoint, act: () => Promise<T>): Promise<T> {
  throwAt(at, 1);
  await expect(act()).rejects.toThrow(at);
  disarm();
  return act();
}

test.each(['signup.counted', 'signup.kept', 'signup.ordered'] as const)(
  'a sign-up that is cut off at %s can be made again, and is confirmed by the letter that came',
  async (at) => {
    throwAt(at, 1);
    await expect(desk.ask()).rejects.toThrow(at);
    disarm();
    // Whoever asks again at once is told the same, and gets no second letter within ten minutes.
    desk.clock.at += 11 * MINUTE_MS;
    await desk.ask();
    const [order] = (await desk.orders('ash')).slice(-1);
    const answer = await confirmSubscription(desk, GARDEN, desk.token('ash', order?.at ?? 0));
    expect(answer.kind).toBe('confirmed');
  },
);

test.each(['confirm.joined', 'confirm.welcomed', 'confirm.forgotten'] as const)(
  'a confirmation that is cut off at %s makes one reader and one welcome when the button is pressed again',
  async (at) => {
    await desk.ask();
    const [order] = await desk.orders('ash');
    const token = desk.token('ash', order?.at ?? 0);
    desk.clock.at += MINUTE_MS;
    const { kind } = await twice(at, () => confirmSubscription(desk, GARDEN, token));
    expect(kind).toBe(at === 'confirm.forgotten' ? 'already' : 'confirmed');
    expect(await desk.orders('ash', 'welcome')).toHaveLength(1);
    expect(await desk.store.subscriptions.findPlace(plan, id)).toMatchObject({ place: 'one' });
  },
);

test.each(['leave.left', 'leave.ordered'] as const)(
  'an unsubscription that is cut off at %s holds',
  async (at) => {
    await joinAt(desk.store, plan, 'ash', 'one');
    expect(await twice(at, () => unsubscribe(desk, { series: GARDEN, subscriber: id }))).toBe(false);
    expect(await desk.store.subscriptions.findPlace(plan, id)).toBeUndefined();
  },
);

test('an erasure that is cut off is completed when it is given again, and nobody is mailed meanwhile', async () => {
  await joinAt(desk.store, plan, 'ash', 'one');
  expect(await twice('erase.left', () => eraseSubscriber(desk, id))).toBe(true);
  expect(await desk.store.subscribers.find(id)).toBeUndefined();
  expect(await given.redis.keys('*subscriber*')).toEqual([]);
});
