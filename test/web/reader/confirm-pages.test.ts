import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { leaveSeries } from '../../../src/actions/leave-series.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../../src/domain/instant.ts';
import { GARDEN, subscriber } from '../../support/ledger.ts';
import { changesBetween, dumpRedis } from '../../support/redis-dump.ts';
import { redisPerFile } from '../../support/redis-per-file.ts';
import { openReaderWorld, type ReaderWorld } from './reader-world.ts';

const given = redisPerFile();
let world: ReaderWorld;

beforeEach(async () => {
  world = await openReaderWorld(given.server, given.redis);
});
afterEach(() => world.close());

/** Ash signs up; returns when that was, which is in the letter's link. */
async function signedUp(fields: Record<string, string> = {}): Promise<Instant> {
  await world.signUp({ address: 'ash@example.com', ...fields });
  const signup = await world.store.signups.find(GARDEN, subscriber('ash').id);
  if (signup === undefined) throw new Error('No sign-up.');
  return signup.requestedAt;
}

const page = async (answer: Response | Promise<Response>) => (await answer).text();
const stateOf = async () =>
  (await world.store.subscribers.find(subscriber('ash').id))?.subscriptions[0]?.state;

describe('the link in a confirmation', () => {
  test('shows one button; pressing it subscribes, and tells when the first issue comes', async () => {
    const path = world.confirmPath('ash', await signedUp({ name: 'Ash', pace: '1w' }));
    const shown = await page(world.get(path));
    expect(shown).toContain('Would you like to read Garden Letters?');
    expect(shown.match(/<button/g)).toHaveLength(1);
    expect(shown).toContain(`<form method="post" action="${path}"`);
    expect(await stateOf()).toBeUndefined();

    const answer = await world.post(path);
    const done = await answer.text();
    expect(answer.status).toBe(200);
    expect(done).toContain('You are in');
    expect(done).toContain('Part 1 goes out within minutes.');
    expect(done).toContain(`href="${world.readerPath('ash')}"`);
    expect(await stateOf()).toBe('active');
    expect(await world.store.subscribers.find(subscriber('ash').id)).toMatchObject({
      subscriber: { name: 'Ash', language: 'en' },
      subscriptions: [{ pace: { kind: 'days', days: 7 } }],
      consents: [{ source: 'form, confirmed' }],
    });
  });

  test('says so, when it is pressed or looked at again', async () => {
    const path = world.confirmPath('ash', await signedUp());
    await world.post(path);
    for (const again of [world.post(path), world.get(path)]) {
      const answer = await again;
      const shown = await answer.text();
      expect(answer.status).toBe(200);
      expect(shown).toContain('You are in already');
      expect(shown).toContain(`href="${world.readerPath('ash')}"`);
      expect(shown).not.toContain('<button');
    }
  });

  test('tells the hour of the first issue, and whose hour it is, where it comes later', async () => {
    const startAt = Date.parse('2030-03-07T00:00:00Z');
    const path = world.confirmPath('ash', await signedUp());
    await world.store.plans.commit({ ...world.plan, revision: 2, startAt });
    expect(await page(world.post(path))).toMatch(
      /Part 1 comes on Thursday,? 7 March 2030 at 08:00 \((?:Taipei|Taiwan).* Time\)\./,
    );
    expect(await page(world.get(`${path}?lang=zh-Hant`))).toMatch(
      /第 1 篇將於2030年3月7日.?星期四.08:00（.*時間）寄出。/u,
    );
  });

  test('is no longer good after seven days, and leads to the form', async () => {
    const path = world.confirmPath('ash', await signedUp());
    world.clock.offsetMs += 7 * DAY_MS;
    for (const answer of [await world.get(path), await world.post(path)]) {
      expect(answer.status).toBe(410);
      const shown = await answer.text();
      expect(shown).toContain('This link is no longer good');
      expect(shown).toContain('href="/s/garden#subscribe"');
    }
    expect(await stateOf()).toBeUndefined();
  });

  test('does not bring back who has left since', async () => {
    const path = world.confirmPath('ash', await signedUp());
    await world.post(path);
    world.clock.offsetMs += HOUR_MS;
    await leaveSeries(world, GARDEN, subscriber('ash').id);
    expect((await world.post(path)).status).toBe(410);
    expect(await stateOf()).toBe('ended');
  });

  test('tells who holds it that no mail is sent to their address', async () => {
    const path = world.confirmPath('ash', await signedUp());
    await world.store.subscribers.suppress(subscriber('ash').id, { reason: 'rejected', at: 1 });
    expect(await page(world.post(path))).toContain('please write to ivy@example.com');
    expect(await stateOf()).toBeUndefined();
  });

  test('works for no other series, and not when it was changed', async () => {
    const path = world.confirmPath('ash', await signedUp());
    const elsewhere = path.replace('/c/garden/', '/c/orchard/');
    for (const wrong of [
      elsewhere,
      `${path}x`,
      path.slice(0, -1),
      '/c/garden/x',
      world.readerPath('ash').replace('/m/', '/c/garden/'),
    ]) {
      for (const answer of [await world.get(wrong), await world.post(wrong)]) {
        expect(answer.status).toBe(404);
        expect(await answer.text()).toContain('This link does not work');
      }
    }
  });

  test('changes nothing by being fetched, as scanners do', async () => {
    const path = world.confirmPath('ash', await signedUp());
    const before = await dumpRedis(given.redis);
    for (const method of ['GET', 'HEAD', 'OPTIONS']) await world.web.request(path, { method });
    expect(changesBetween(before, await dumpRedis(given.redis))).toEqual([]);
  });

  test('is kept by no cache and no search engine', async () => {
    const answer = await world.get(world.confirmPath('ash', await signedUp()));
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(await answer.text()).toContain('<meta name="robots" content="noindex"/>');
  });
});
