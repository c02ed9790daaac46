import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eraseSubscriber } from '../../../src/actions/erase-subscriber.ts';
import { joinSeries } from '../../../src/actions/join-series.ts';
import { DAY_MS, HOUR_MS } from '../../../src/domain/instant.ts';
import type { SeriesId } from '../../../src/domain/series.ts';
import { localDayOf } from '../../../src/domain/time-zone.ts';
import { doneMessage } from '../../../src/web/reader/done-message.ts';
import { GARDEN, planWith, subscriber } from '../../support/ledger.ts';
import { changesBetween, dumpRedis } from '../../support/redis-dump.ts';
import { redisPerFile } from '../../support/redis-per-file.ts';
import { openReaderWorld, type ReaderWorld } from './reader-world.ts';

const given = redisPerFile();
let world: ReaderWorld;
let path: string;

beforeEach(async () => {
  world = await openReaderWorld(given.server, given.redis);
  await world.join('ash');
  path = world.readerPath('ash');
});
afterEach(() => world.close());

const pageAt = async (url: string) => (await world.get(url)).text();
/** Presses a button, and shows the page it leads to. */
async function pressed(action: string, fields: Record<string, string> = {}): Promise<string> {
  const answer = await world.post(`${path}/${action}`, fields);
  expect(answer.status).toBe(303);
  const location = answer.headers.get('Location') ?? '';
  expect(location).toMatch(new RegExp(`^${path}\\?done=[a-z-]+$`));
  return pageAt(location);
}
const subscription = async () =>
  (await world.store.subscribers.find(subscriber('ash').id))?.subscriptions.find(
    ({ series }) => series === GARDEN,
  );
const place = () => world.store.subscriptions.findPlace(world.plan, subscriber('ash').id);
const isoDay = (inDays: number, now: number) =>
  new Date((localDayOf(now, 'Asia/Taipei') + inDays) * DAY_MS).toISOString().slice(0, 10);

describe('the page shows', () => {
  test('a reader who has just begun the first issue on its way', async () => {
    const page = await pageAt(path);
    expect(page).toContain('<h1 lang="en">Garden Letters</h1>');
    expect(page).toContain('Part 1 goes out within minutes.');
    expect(page).toContain('The first issue is still ahead of you.');
    expect(page).not.toContain('/next"');
    expect(page).not.toContain('Begin again at');
  });

  test('a reader in the middle what came, what is next and when, and what they can do', async () => {
    await world.deliver('ash', 'frost');
    await world.deliver('ash', 'thaw');
    const page = await pageAt(path);
    expect(page).toContain('2 of 5 issues have come to you.');
    expect(page).toMatch(/Part 3 comes on \w+,? \d+ \w+ \d{4} at 08:00 \(.* Time\)\./);
    expect(page.match(/<rect class="progress-had"/g)).toHaveLength(2);
    expect(page.match(/<rect class="progress-next"/g)).toHaveLength(1);
    expect(page.match(/<rect class="progress-ahead"/g)).toHaveLength(2);
    for (const action of ['next', 'pause', 'pace', 'again', 'profile', 'leave', 'leave-all', 'data']) {
      expect(page).toContain(`action="${path}/${action}"`);
    }
    expect(page).toContain('<option value="" selected="">Every day (as usual)</option>');
    expect(page).toContain('<option value="3d">Every 3 days</option>');
    expect(page.match(/<option value="(frost|thaw)"/g)).toHaveLength(2);
  });

  test('the titles of what has come out, and only the number of what has not', async () => {
    const page = await pageAt(path);
    expect(page).toContain('<a href="/s/garden/sun">The sun</a>');
    expect(page).toContain('Part 5');
    expect(page).not.toContain('CANARY');
  });

  test('a reader who joined late what went by before', async () => {
    await world.join('bay', 'seed');
    const page = await pageAt(world.readerPath('bay'));
    expect(page.match(/passed over/g)).toHaveLength(2);
    expect(page).toContain('<option value="frost">1. The first frost</option>');
  });

  test('a reader who has had everything so', async () => {
    const issues = world.plan.issues.slice(0, 2);
    await world.store.plans.commit({ ...world.plan, revision: 2, issues });
    await world.deliver('ash', 'frost');
    await world.deliver('ash', 'thaw');
    const page = await pageAt(path);
    expect(page).toContain('All 2 issues have come to you.');
    expect(page).toContain('You have had everything there is.');
  });

  test.each([
    ['paused', 'The series is resting. You keep your place, and part 2 comes when it goes on.'],
    ['cancelled', 'The series has been ended. Nothing more comes for now.'],
  ] as const)('a %s series so, and no button to send the next issue', async (state, said) => {
    await world.deliver('ash', 'frost');
    await world.store.plans.commit({ ...world.plan, revision: 2, state });
    const page = await pageAt(path);
    expect(page).toContain(said);
    expect(page).not.toContain(`${path}/next`);
  });

  test('an issue that is being sent', async () => {
    await world.store.plans.commit({ ...world.plan, revision: 2 });
    const plan = (await world.store.plans.find(GARDEN)) ?? world.plan;
    const [issue] = plan.issues;
    if (issue === undefined) throw new Error('No issue.');
    const stand = { plan, issue, partition: world.partition('ash') };
    const limits = { limit: 10, leaseMs: 10_000, onUncertain: 'resend' } as const;
    const claimed = await world.store.deliveries.claim(stand, limits);
    if (claimed === 'stale-plan') throw new Error('The plan is stale.');
    await world.store.deliveries.submit(stand, claimed, 10_000);
    expect(await pageAt(path)).toContain('Part 1 is on its way to you.');
  });

  test('no address, and no other series', async () => {
    const orchard = 'orchard' as SeriesId;
    await world.store.plans.commit(planWith(['apple'], { series: orchard, title: 'Orchard Notes' }));
    const joiner = { subscriber: subscriber('ash') };
    await joinSeries(world, orchard, [joiner], { source: 'test', mayComeBack: true });
    const page = await pageAt(path);
    expect(page).not.toContain('ash@example.com');
    expect(page).not.toContain('rchard');
  });

  test('one who has left how to come back', async () => {
    await world.post(`${path}/leave`);
    const page = await pageAt(path);
    expect(page).toContain('You are not subscribed');
    expect(page).toContain('href="/s/garden#subscribe"');
    expect(page).not.toContain(`${path}/pause`);
  });

  test('one who was erased that nothing is kept', async () => {
    await eraseSubscriber(world, subscriber('ash').id);
    const answer = await world.get(path);
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain('Nothing is kept about you');
    expect((await world.post(`${path}/pause`, { for: 'week' })).status).toBe(410);
  });

  test.each(['/m/x', '/m/constructor', '/m/%E0%A4%A'])('%s is nobody’s', async (wrong) => {
    expect((await world.get(wrong)).status).toBe(404);
    expect((await world.post(`${wrong}/leave-all`)).status).toBe(404);
  });

  test('in the language the reader has chosen, unless they ask for another', async () => {
    await world.post(`${path}/profile`, { name: 'Ash', language: 'zh-Hant' });
    expect(await pageAt(path)).toContain('<html lang="zh-Hant"');
    const asked = await pageAt(`${path}?lang=zh-Hans`);
    expect(asked).toContain('<html lang="zh-Hans"');
    expect(asked).toContain(`action="${path}/pause?lang=zh-Hans"`);
  });
});

describe('a break', () => {
  test.each([
    ['of a week', { for: 'week' }, 7],
    ['until a day', { until: '' }, 20],
  ])('%s begins at once, and the page says until when', async (_, fields, days) => {
    await world.deliver('ash', 'frost');
    const now = await world.store.now();
    const page = await pressed('pause', { ...fields, ...('until' in fields && { until: isoDay(20, now) }) });
    expect(page).toContain('<p>Your break has begun.</p>');
    expect(page).toContain('Part 2 waits for you.');
    const until = (await subscription())?.pausedUntil ?? 0;
    expect(isoDay(0, until)).toBe(isoDay(days, now));
    expect(isoDay(0, until - 1)).toBe(isoDay(days - 1, now));
  });

  test('ends when the reader says so', async () => {
    await pressed('pause', { for: 'month' });
    const page = await pressed('resume');
    expect(page).toContain('Your break is over.');
    expect((await subscription())?.pausedUntil).toBeUndefined();
  });

  test.each(['', '2020-01-01', 'soon', '2026-13-45'])('until "%s" is asked for again', async (until) => {
    const answer = await world.post(`${path}/pause`, { until });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain('Please choose a day between tomorrow and a year from now.');
    expect(page).toContain('aria-describedby="until-hint until-error"');
    expect(page).toContain('<title>Something needs another look – Garden Letters</title>');
    expect((await subscription())?.pausedUntil).toBeUndefined();
  });
});

describe('a pace', () => {
  test('that is offered is kept, shown, and taken back', async () => {
    await world.deliver('ash', 'frost');
    const page = await pressed('pace', { pace: '1w' });
    expect(page).toContain('<option value="1w" selected="">Every week</option>');
    expect((await subscription())?.pace).toEqual({ kind: 'days', days: 7 });
    await pressed('pace', { pace: '' });
    expect((await subscription())?.pace).toBeUndefined();
  });

  test.each(['1h', '0', 'whenever'])('%s is not', async (pace) => {
    const answer = await world.post(`${path}/pace`, { pace });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('This pace is not among those of this series.');
  });
});

describe('the next issue', () => {
  test('comes at once when the reader asks for it', async () => {
    await world.deliver('ash', 'frost');
    expect(await pressed('next')).toContain('The next issue is on its way.');
    expect((await place())?.dueAt).toBeLessThanOrEqual(await world.store.now());
  });

  test.each([
    ['not-released', 'rain', 'That issue is not out yet.'],
    ['nothing-ahead', '@end', 'There is no further issue yet.'],
  ])('does not when it is %s', async (_, at, said) => {
    await world.join('bay', at);
    path = world.readerPath('bay');
    expect(await pressed('next')).toContain(said);
  });
});

describe('reading again', () => {
  test('begins at the issue chosen', async () => {
    for (const issue of ['frost', 'thaw', 'seed']) await world.deliver('ash', issue);
    expect(await pressed('again', { issue: 'thaw' })).toContain('You begin again at the issue you chose.');
    expect((await place())?.place).toBe('thaw');
  });

  test.each(['', 'nothing', 'constructor'])('at "%s" is asked for again', async (issue) => {
    await world.deliver('ash', 'frost');
    const answer = await world.post(`${path}/again`, { issue });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('Please choose an issue of the list.');
  });
});

describe('name and language', () => {
  test('are changed together', async () => {
    const page = await pressed('profile', { name: ' Ash & Bay ', language: 'en' });
    expect(page).toContain('value="Ash &amp; Bay"');
    expect((await world.store.subscribers.find(subscriber('ash').id))?.subscriber).toMatchObject({
      name: 'Ash & Bay',
      language: 'en',
    });
  });

  test('a new language is seen at once', async () => {
    const answer = await world.post(`${path}/profile?lang=en`, { name: 'Ash', language: 'zh-Hant' });
    expect(answer.headers.get('Location')).toBe(`${path}?done=profile`);
    expect(await pageAt(`${path}?done=profile`)).toContain('已經儲存。');
  });

  test.each([
    [{ name: 'Ash\u202eyaB', language: 'en' }, 'Please write the name on one line'],
    [{ name: 'Ash', language: 'tlh' }, 'Please choose a language of the list.'],
  ])('%j are asked for again', async (fields, said) => {
    const answer = await world.post(`${path}/profile`, fields);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(said);
    expect((await world.store.subscribers.find(subscriber('ash').id))?.subscriber.name).toBe('ash');
  });
});

describe('leaving and data', () => {
  test('leaving ends this subscription', async () => {
    expect(await pressed('leave')).toContain('<p>You have left this series.</p>');
    expect((await subscription())?.state).toBe('ended');
    expect(await world.letters()).toEqual(['goodbye']);
  });

  test('leaving everything ends all, and names none', async () => {
    const orchard = 'orchard' as SeriesId;
    await world.store.plans.commit(planWith(['apple'], { series: orchard, title: 'Orchard Notes' }));
    const joiner = { subscriber: subscriber('ash') };
    await joinSeries(world, orchard, [joiner], { source: 'test', mayComeBack: true });
    expect(await pressed('leave-all')).not.toContain('rchard');
    const record = await world.store.subscribers.find(subscriber('ash').id);
    expect(record?.subscriptions.map(({ state }) => state)).toEqual(['ended', 'ended']);
  });

  test('the link to one’s data goes by mail, three times a day', async () => {
    for (let n = 0; n < 3; n++) {
      expect(await pressed('data')).toContain('The link is on its way to your address.');
      world.clock.offsetMs += 1_000;
    }
    expect(await pressed('data')).toContain('That was asked for very often today.');
    expect(await world.letters()).toEqual(['data', 'data', 'data']);
  });
});

describe('?done=', () => {
  test.each(['constructor', '__proto__', '<script>alert(1)</script>', 'toString', ''])(
    '%s says nothing',
    async (name) => {
      expect(doneMessage(name)).toBeUndefined();
      expect(await pageAt(`${path}?done=${encodeURIComponent(name)}`)).toBe(await pageAt(path));
    },
  );

  test('is said in the window’s title first, and in a region that is read out', async () => {
    const page = await pageAt(`${path}?done=pace`);
    expect(page).toContain('<title>Your pace is set. – Garden Letters</title>');
    expect(page).toMatch(/role="status"><p>Your pace is set.<\/p>/);
  });
});

test('reloading what a button answered leads back to the page', async () => {
  const answer = await world.get(`${path}/pause?lang=zh-Hant`);
  expect(answer.status).toBe(302);
  expect(answer.headers.get('Location')).toBe(`${path}?lang=zh-Hant`);
  expect((await world.get(`${path}/other`)).status).toBe(404);
  expect((await world.post(`${path}/constructor`)).status).toBe(404);
});

test('looking changes nothing', async () => {
  await world.deliver('ash', 'frost');
  world.clock.offsetMs += HOUR_MS;
  const before = await dumpRedis(given.redis);
  for (const action of ['', '/pause', '/resume', '/next', '/leave', '/leave-all', '/data', '?done=leave']) {
    for (const method of ['GET', 'HEAD', 'OPTIONS']) await world.web.request(path + action, { method });
  }
  expect(changesBetween(before, await dumpRedis(given.redis))).toEqual([]);
});
