import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SeriesId } from '../../../src/domain/series.ts';
import { subscriberIdOf } from '../../../src/domain/subscriber.ts';
import type { EmailAddress } from '../../../src/domain/email-address.ts';
import { createWeb } from '../../../src/web/server.ts';
import type { WebTools } from '../../../src/web/web-tools.ts';
import { BASE_URL, BLOG, openDoor, type Door } from '../../support/door.ts';
import { dumpRedis } from '../../support/redis-dump.ts';

let door: Door;
beforeAll(async () => (door = await openDoor()));
afterAll(() => door.close());

let networks = 0;
let web: ReturnType<typeof createWeb>;
beforeEach(() => {
  networks += 1;
  web = createWeb(door.tools);
});

/** From a connection of its own network each test, unless said otherwise. */
const ask = (path: string, init: RequestInit = {}, on = web, network = networks) =>
  on.request(path, init, { incoming: { socket: { remoteAddress: `10.0.${network}.1` } } });
const post = (body: unknown, headers: Record<string, string> = { Origin: BLOG }, on = web) =>
  ask(
    '/api/subscribe/garden',
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    },
    on,
  );
const signupOf = (address: string) =>
  door.tools.store.signups.find(
    'garden' as SeriesId,
    subscriberIdOf(address as EmailAddress, door.tools.salt),
  );
const errorOf = async (answer: Response) => {
  const { error, field } = (await answer.json()) as { error: string; field?: string };
  return [answer.status, error, ...(field === undefined ? [] : [field])];
};

test('a sign-up from a site of the writer’s is kept, with where it came from', async () => {
  const answer = await post({ address: 'ash@example.com', name: 'Ash', pace: '1w', language: 'zh-TW' });
  expect([answer.status, await answer.json()]).toEqual([200, { status: 'asked' }]);
  expect(await signupOf('ash@example.com')).toMatchObject({
    name: 'Ash',
    pace: { kind: 'days', days: 7 },
    language: 'zh-TW',
    source: `api ${BLOG}`,
  });
});

test('the answer is the same to the byte whoever the address belongs to', async () => {
  await door.t.join('garden', 'in');
  await door.t.join('garden', 'left');
  await door.t.leave('garden', 'left');
  await post({ address: 'pending@example.com' });
  const answers = await Promise.all(
    ['new', 'in', 'left', 'pending'].map(async (name) => {
      const answer = await post({ address: `${name}@example.com` });
      return JSON.stringify([answer.status, [...answer.headers], await answer.text()]);
    }),
  );
  expect(new Set(answers).size).toBe(1);
});

test('the field nobody sees: the same answer, and nothing is kept', async () => {
  const answer = await post({ address: 'robot@example.com', website: 'https://example.org' });
  expect([answer.status, await answer.json()]).toEqual([200, { status: 'asked' }]);
  expect(await signupOf('robot@example.com')).toBeUndefined();
});

describe('what is refused', () => {
  test.each([
    ['', 400, 'body'],
    ['{', 400, 'body'],
    ['null', 400, 'body'],
    ['[]', 400, 'body'],
    ['"ash@example.com"', 400, 'body'],
    [{ address: ['ash@example.com'] }, 400, 'body', 'address'],
    [{ address: 'ash@example.com', name: 5 }, 400, 'body', 'name'],
    [{}, 422, 'invalid', 'address'],
    [{ address: 'ash' }, 422, 'invalid', 'address'],
    [{ address: 'ash@example.com\r\nBcc: bay@example.com' }, 422, 'invalid', 'address'],
    [{ address: 'ash@example.com', name: 'x'.repeat(201) }, 422, 'invalid', 'name'],
    [{ address: 'ash@example.com', name: 'a\u202Eb' }, 422, 'invalid', 'name'],
    [{ address: 'ash@example.com', pace: '1s' }, 422, 'invalid', 'pace'],
    [{ address: 'ash@example.com', stamp: 'x' }, 400, 'stamp', 'stamp'],
    [{ __proto__: { address: 'ash@example.com' } }, 422, 'invalid', 'address'],
  ])('%j: %i %s %s', async (body, ...expected) => {
    expect(await errorOf(await post(body))).toEqual(expected.filter((part) => part !== undefined));
  });

  test.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['application/jsonx', 415],
    ['application/json; charset=utf-8', 200],
    ['Application/JSON', 200],
  ])('as %s: %i', async (type, status) => {
    const body = { address: `type${networks}@example.com` };
    expect((await post(body, { Origin: BLOG, 'Content-Type': type })).status).toBe(status);
  });

  test.each(['nothing', 'garden%20', '__proto__', 'constructor', '%E8%8A%B1'])(
    'series %s',
    async (series) => {
      const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' };
      expect(await errorOf(await ask(`/api/subscribe/${series}`, init))).toEqual([404, 'not-found']);
      expect(await errorOf(await ask(`/api/form/${series}`))).toEqual([404, 'not-found']);
    },
  );

  test('an address that cannot get mail', async () => {
    const none = createWeb({ ...door.tools, mailHosts: { takesMail: () => Promise.resolve('no') } });
    const answer = await post({ address: 'ash@parked.example' }, { Origin: BLOG }, none);
    expect(await errorOf(answer)).toEqual([422, 'unmailable', 'address']);
  });

  test('the sixth from one network: 429, and when to come back; the form counts with it', async () => {
    for (let count = 0; count < 4; count++) {
      expect((await post({ address: `flood${count}@example.com` })).status).toBe(200);
    }
    const form = new URLSearchParams({ address: 'flood-form@example.com' });
    const headers = { Origin: BLOG };
    expect((await ask('/s/garden/subscribe', { method: 'POST', body: form, headers })).status).toBe(200);
    const answer = await post({ address: 'flood5@example.com' });
    expect(await errorOf(answer)).toEqual([429, 'busy']);
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(BLOG);
  });

  test.each([
    ['en', 'This is not an email address'],
    ['zh-TW', '這不是可以寄信的電子郵件地址'],
    ['zh-CN', '这不是可以寄信的电子邮件地址'],
    ['fr', 'This is not an email address'],
  ])('in %s', async (language, words) => {
    const answer = await post({ address: 'ash', language });
    expect(((await answer.json()) as { message: string }).message).toContain(words);
  });

  test.each([
    ['/api/subscribe/garden', 'GET', 'POST, OPTIONS'],
    ['/api/form/garden', 'POST', 'GET, HEAD, OPTIONS'],
  ])('%s with %s', async (path, method, allow) => {
    const answer = await ask(path, { method });
    expect([...(await errorOf(answer)), answer.headers.get('Allow')]).toEqual([405, 'method', allow]);
  });
});

describe('origins', () => {
  const preflight = {
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'content-type',
  };

  test.each([BLOG, BASE_URL])('%s may', async (origin) => {
    const asked = await ask('/api/subscribe/garden', {
      method: 'OPTIONS',
      headers: { Origin: origin, ...preflight },
    });
    expect(asked.status).toBe(204);
    const form = await ask('/api/form/garden', { headers: { Origin: origin } });
    for (const { headers } of [asked, form]) {
      expect(headers.get('Access-Control-Allow-Origin')).toBe(origin);
      expect(headers.get('Vary')).toContain('Origin');
      expect(headers.has('Access-Control-Allow-Credentials')).toBe(false);
    }
    expect(asked.headers.get('Access-Control-Allow-Methods')).toContain('POST');
    expect(asked.headers.get('Access-Control-Allow-Headers')).toBe('Content-Type');
  });

  test.each([
    'https://evil.example',
    'https://blog.example.com.evil.example',
    'https://evilblog.example.com',
    'http://blog.example.com',
    'https://blog.example.com:8443',
    'https://BLOG.example.com',
    'https://blog.example.com/',
    'null',
    '*',
    '',
  ])('%s may not', async (origin) => {
    const headers = { Origin: origin, 'Content-Type': 'application/json' };
    const answers = await Promise.all([
      ask('/api/subscribe/garden', { method: 'OPTIONS', headers: { ...headers, ...preflight } }),
      ask('/api/subscribe/garden', {
        method: 'POST',
        headers,
        body: JSON.stringify({ address: 'evil@example.com' }),
      }),
      ask('/api/form/garden', { headers }),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(403);
      expect(answer.headers.has('Access-Control-Allow-Origin')).toBe(false);
      expect(answer.headers.get('Vary')).toContain('Origin');
    }
    expect(await signupOf('evil@example.com')).toBeUndefined();
  });

  test('what is refused says so to the page that asked, and not only to its console', async () => {
    for (const answer of [
      await post({}),
      await post('x'.repeat(20_000)),
      await ask('/api/nowhere', { headers: { Origin: BLOG } }),
      await ask(
        '/api/form/garden',
        { headers: { Origin: BLOG } },
        createWeb({ ...door.tools, ping: () => Promise.reject(new Error('away')) }),
      ),
    ]) {
      expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(BLOG);
      expect(await answer.json()).toHaveProperty('error');
    }
  });
});

const form = async (on = web) =>
  (await (await ask('/api/form/garden', {}, on)).json()) as {
    stamp: string;
    difficulty: number;
    waitMs: number;
  };

/** The same pages, some time after now. */
const later = (ms: number, more: Partial<WebTools> = {}) => {
  const { store } = door.tools;
  const now = async () => (await store.now()) + ms;
  return createWeb({ ...door.tools, ...more, store: { ...store, now } });
};

describe('stamps', () => {
  test('a program without an Origin needs one, and to take its time; fetching it changes nothing', async () => {
    expect(await errorOf(await post({ address: 'cob@example.com' }, {}))).toEqual([400, 'stamp', 'stamp']);
    const redis = door.t.redis.redis();
    const before = await dumpRedis(redis);
    const { stamp, difficulty, waitMs } = await form();
    expect([difficulty, waitMs]).toEqual([0, 3_000]);
    expect(await dumpRedis(redis)).toEqual(before);
    expect(await errorOf(await post({ address: 'cob@example.com', stamp }, {}))).toEqual([
      400,
      'stamp',
      'stamp',
    ]);
    const answer = await post({ address: 'cob@example.com', stamp }, {}, later(waitMs));
    expect(answer.status).toBe(200);
    expect(await signupOf('cob@example.com')).toMatchObject({ source: 'api' });
  });

  test('with a proof of work, the writer’s own site needs both', async () => {
    const proofBits = { proofBits: 10 };
    const { stamp, difficulty, waitMs } = await form(createWeb({ ...door.tools, ...proofBits }));
    const proving = later(waitMs, proofBits);
    const address = 'elm@example.com';
    const tell = (more: object) => post({ address, ...more }, { Origin: BLOG }, proving);
    expect(await errorOf(await tell({}))).toEqual([400, 'stamp', 'stamp']);
    expect(await errorOf(await tell({ stamp }))).toEqual([400, 'proof', 'proof']);
    let number = 0;
    const digest = () => createHash('sha256').update(`${stamp}\n${address}\n${number}`).digest();
    while (digest().readUInt32BE() >= 2 ** (32 - difficulty)) number++;
    expect((await tell({ stamp, proof: String(number) })).status).toBe(200);
  });
});
