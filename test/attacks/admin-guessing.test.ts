import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../src/domain/instant.ts';
import { isScraper } from '../../src/web/admin/door/bearer.ts';
import { createWeb, startWeb, type WebServer } from '../../src/web/server.ts';
import { ADMIN_SECRET, cookieOf, FROM_HERE, postSecret } from '../support/admin-visitor.ts';
import { openDoor, type Door } from '../support/door.ts';
import { standingClock } from '../support/standing-clock.ts';

// A wait is not to be over because the machine is slow.
const clock = standingClock(Date.UTC(2026, 2, 1, 12));
/** While a command is under way, it goes. */
const A_LITTLE_MS = 5_000;
let door: Door;
let figures: WebServer;
beforeAll(async () => {
  door = await openDoor({ PARTWORK_ADMIN_SECRET: ADMIN_SECRET, PARTWORK_TRUSTED_PROXIES: 'loopback' }, clock);
  const web = createWeb(door.tools);
  // As /metrics does it.
  web.get('/figures', async (context) =>
    context.text('', (await isScraper(context, door.tools)) ? 200 : 401),
  );
  figures = await startWeb(web, 0, { trustedProxies: ['loopback'] });
});
afterAll(async () => {
  await figures.close();
  await door.close();
});
beforeEach(async () => {
  const redis = door.t.redis.redis();
  for (const key of await redis.keys('pw:{admin}:*')) await redis.del(key);
});

/** The nth network; two addresses of it. */
const from = (nth: number, last = 7) => ({ 'X-Forwarded-For': `10.${nth >> 8}.${nth & 255}.${last}` });
const guess = async (secret: string, headers = from(1)) =>
  (await postSecret(door.url, secret, { ...FROM_HERE, ...headers })).status;
const wrong = async (times: number, headers = from(1)) => {
  const statuses: number[] = [];
  for (let time = 0; time < times; time++) statuses.push(await guess(`wrong one ${time}`, headers));
  return statuses;
};
const scrape = async (authorization: string, headers = from(1)) => {
  const init = { headers: { Authorization: authorization, ...headers } };
  return (await fetch(`http://localhost:${figures.port}/figures`, init)).status;
};
/** Of two pages one may have come a moment after the other. */
const withoutSeconds = (page: string) => page.replace(/\d+ seconds?/, 'a while');
const [TRIED, LATER, IN] = [403, 429, 303];

test('five wrong ones from a network, and then one must wait, with the right one as well', async () => {
  expect(await wrong(7)).toEqual([TRIED, TRIED, TRIED, TRIED, TRIED, LATER, LATER]);
  const answers = await Promise.all(
    [ADMIN_SECRET, 'wrong'].map((secret) => postSecret(door.url, secret, { ...FROM_HERE, ...from(1, 99) })),
  );
  const [right = '', other = ''] = await Promise.all(answers.map((answer) => answer.text()));
  expect(answers.map(({ status }) => status)).toEqual([LATER, LATER]);
  expect(answers.map(cookieOf)).toEqual([undefined, undefined]);
  expect(withoutSeconds(right)).toBe(withoutSeconds(other));
  expect(right).toMatch(/There have been too many wrong tries\. Please try again in \d+ seconds?\./);
  expect(Number(answers[0]?.headers.get('Retry-After'))).toBeGreaterThan(0);
  expect(await guess(ADMIN_SECRET, from(2))).toBe(IN);
});

test('the wait doubles with each wrong one after it, up to an hour, and a right one ends it', async () => {
  await wrong(5);
  const waits: number[] = [];
  for (let time = 0; time < 11; time++) {
    const answer = await postSecret(door.url, ADMIN_SECRET, { ...FROM_HERE, ...from(1) });
    waits.push(Number(answer.headers.get('Retry-After')));
    clock.at += (waits.at(-1) ?? 0) * SECOND_MS + A_LITTLE_MS;
    expect(await wrong(1)).toEqual([TRIED]);
  }
  const doubled = [10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 3_600, 3_600];
  for (const [nth, wait] of waits.entries())
    expect([nth, isNear(wait, doubled[nth] ?? 0)]).toEqual([nth, true]);
  expect(await guess(ADMIN_SECRET)).toBe(LATER);
  clock.at += 60 * MINUTE_MS + A_LITTLE_MS;
  expect(await guess(ADMIN_SECRET)).toBe(IN);
  expect(await wrong(6)).toEqual([TRIED, TRIED, TRIED, TRIED, TRIED, LATER]);
});

const isNear = (given: number, wanted: number): boolean => Math.abs(given - wanted) * SECOND_MS < A_LITTLE_MS;

test('a hundred at once are not judged more than five times', async () => {
  const statuses = await Promise.all(Array.from({ length: 40 }, (_, nth) => guess(`wrong ${nth}`)));
  expect(statuses.filter((status) => status === TRIED)).toHaveLength(5);
});

describe('from many networks', () => {
  test('twenty-five wrong ones make strangers wait, and nobody who has been here', async () => {
    expect(await guess(ADMIN_SECRET, from(900))).toBe(IN);
    for (let nth = 0; nth < 25; nth++) expect(await wrong(1, from(nth))).toEqual([TRIED]);
    expect(await guess('wrong', from(500))).toBe(LATER);
    expect(await guess(ADMIN_SECRET, from(500))).toBe(LATER);
    expect(await guess(ADMIN_SECRET, from(900, 8))).toBe(IN);
    // Where the secret was known before, guesses are counted all the same.
    expect(await wrong(6, from(900))).toEqual([TRIED, TRIED, TRIED, TRIED, TRIED, LATER]);
  });

  test('strangers never wait longer than five minutes for each other', async () => {
    for (let nth = 0; nth < 60; nth++) {
      await wrong(1, from(nth));
      clock.at += 5 * MINUTE_MS + A_LITTLE_MS;
    }
    expect(await guess(ADMIN_SECRET, from(800))).toBe(IN);
  });

  test('a network is not chosen by who is not behind a proxy of ours', async () => {
    const server = await startWeb(createWeb({ ...door.tools, trustedProxies: [] }), 0);
    const statuses: number[] = [];
    for (let nth = 0; nth < 7; nth++) {
      const answer = await postSecret(`http://localhost:${server.port}`, 'wrong', {
        ...FROM_HERE,
        ...from(nth),
      });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([TRIED, TRIED, TRIED, TRIED, TRIED, LATER, LATER]);
    await server.close();
  });
});

const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;

describe('programs', () => {
  test.each([
    [`Bearer ${ADMIN_SECRET.replaceAll(' ', '')}`, 401],
    [`Bearer ${ADMIN_SECRET}`, 200],
    [`bearer ${ADMIN_SECRET}`, 200],
    [basic(`prometheus:${ADMIN_SECRET}`), 200],
    [basic(`:${ADMIN_SECRET}`), 200],
    [basic(ADMIN_SECRET), 401],
    [basic(`${ADMIN_SECRET}:`), 401],
    [ADMIN_SECRET, 401],
    [`Digest ${ADMIN_SECRET}`, 401],
    ['Bearer', 401],
    ['Bearer ', 401],
    [`Bearer ${ADMIN_SECRET}x`, 401],
    ['Basic %%%%', 401],
    ['', 401],
  ])('%j is answered with %i', async (authorization, status) => {
    expect(await scrape(authorization)).toBe(status);
  });

  test('who guesses there has guessed here', async () => {
    for (let time = 0; time < 5; time++) expect(await scrape(`Bearer wrong-${time}`)).toBe(401);
    expect(await guess(ADMIN_SECRET)).toBe(LATER);
    expect(await scrape(`Bearer ${ADMIN_SECRET}`)).toBe(401);
    expect(await scrape(`Bearer ${ADMIN_SECRET}`, from(2))).toBe(200);
  });

  test('reading the figures every second makes nobody wait', async () => {
    const statuses = await Promise.all(Array.from({ length: 30 }, () => scrape(`Bearer ${ADMIN_SECRET}`)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await guess(ADMIN_SECRET)).toBe(IN);
  });
});

test('without a secret there is nothing to guess', async () => {
  const other = await openDoor();
  try {
    const page = await (await fetch(`${other.url}/admin/sign-in`)).text();
    expect(page).toContain('No admin secret is set here.');
    expect(page).not.toContain('<input');
    for (const secret of ['', 'undefined', 'null', ' ']) {
      const answer = await postSecret(other.url, secret);
      expect([answer.status, cookieOf(answer)]).toEqual([200, undefined]);
    }
  } finally {
    await other.close();
  }
});
