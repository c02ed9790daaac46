import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Every } from '../../src/domain/cadence.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/instant.ts';
import { subscriberIdOf } from '../../src/domain/subscriber.ts';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { openMailHosts } from '../../src/mail/mail-hosts.ts';
import { GARDEN, joinAt, planWith, subscriber } from '../support/ledger.ts';
import { redisPerFile } from '../support/redis-per-file.ts';
import { openSignupDesk, START, type SignupDesk } from '../support/signup-desk.ts';

const given = redisPerFile();
const WEEKLY: Every = { kind: 'days', days: 7 };
const base = planWith(['one', 'two']);
const plan = { ...base, about: { ...base.about, paces: [WEEKLY] } };
const ZONE = {
  'typo.example': [],
  'null.example': [''],
  'gone.example': 'no such name',
  'sick.example': 'server failure',
} as const;

let desk: SignupDesk;
beforeEach(async () => {
  desk = await openSignupDesk(given.server, given.redis, plan, { zone: ZONE });
});
afterEach(() => desk.close());

const networkOf = (nth: number): string => `10.${nth >> 8}.${nth & 255}.0/24`;
const askedKeys = () => given.redis.keys('pw:{p*signup*');
const limitKeys = () => given.redis.keys('pw:{limits}:*');

test('a request is kept as it was made, and one letter is ordered that names nobody', async () => {
  const asked = { name: ' Ash ', pace: '1w', language: 'zh-Hant', source: 'embed https://blog.example.com' };
  expect(await desk.ask(asked)).toEqual({ kind: 'asked' });
  const [order, ...more] = await desk.orders('ash');
  expect(more).toEqual([]);
  expect(await desk.store.signups.find(GARDEN, subscriber('ash').id)).toEqual({
    series: GARDEN,
    subscriber: subscriber('ash').id,
    address: 'ash@example.com',
    name: 'Ash',
    language: 'zh-Hant',
    pace: WEEKLY,
    source: 'embed https://blog.example.com',
    requestedAt: order?.at,
  });
  expect(Object.keys(order ?? {}).toSorted()).toEqual(['at', 'kind', 'series', 'subscriber']);
  expect(Math.abs((order?.at ?? 0) - START)).toBeLessThan(1_000);
});

describe('what cannot be taken is said, and nothing is done', () => {
  test.each([
    ['no address', { address: 'ash' }, { kind: 'invalid', field: 'address' }],
    ['a name with a line break', { name: 'ash\nbay' }, { kind: 'invalid', field: 'name' }],
    ['a pace that is not offered', { pace: '1h' }, { kind: 'invalid', field: 'pace' }],
    ['a series nobody knows', { series: 'stone' as SeriesId }, { kind: 'closed' }],
    ['a domain without mail hosts', { address: 'ash@typo.example' }, { kind: 'unmailable' }],
    ['a domain that refuses mail', { address: 'ash@null.example' }, { kind: 'unmailable' }],
    ['a domain that is not there', { address: 'ash@gone.example' }, { kind: 'unmailable' }],
  ])('%s', async (_what, changes, answer) => {
    expect(await desk.ask(changes)).toEqual(answer);
    expect([...(await askedKeys()), ...(await limitKeys())]).toEqual([]);
    expect(await given.redis.keys('*pw-queue*letter--*')).toEqual([]);
  });

  test('a trap, which is answered like anybody', async () => {
    expect(await desk.ask({ isTrap: true, address: 'not one' })).toEqual({ kind: 'asked' });
    expect([...(await askedKeys()), ...(await limitKeys())]).toEqual([]);
    expect(await desk.orders('ash')).toEqual([]);
  });

  test('a series that was cancelled', async () => {
    await desk.store.plans.commit({ ...plan, revision: 2, state: 'cancelled' });
    expect(await desk.ask()).toEqual({ kind: 'closed' });
    await desk.store.plans.commit({ ...plan, revision: 3, state: 'paused' });
    expect(await desk.ask()).toEqual({ kind: 'asked' });
  });
});

test('a domain whose name server is sick is given the benefit of the doubt', async () => {
  expect(await desk.ask({ address: 'ash@sick.example' })).toEqual({ kind: 'asked' });
});

test('asking again replaces what was asked, also when no second letter goes out', async () => {
  await desk.ask({ name: 'before', pace: '1w' });
  await desk.ask({ name: 'after' });
  const signup = await desk.store.signups.find(GARDEN, subscriber('ash').id);
  expect(signup).toMatchObject({ name: 'after' });
  expect(signup).not.toHaveProperty('pace');
  expect(await desk.orders('ash')).toHaveLength(1);
});

describe('a stranger learns nothing about an address', () => {
  const states: readonly [state: string, make: () => Promise<unknown>][] = [
    ['unknown', () => Promise.resolve()],
    ['asked by somebody', () => desk.ask({ network: '198.51.100.0/24' })],
    ['a reader', () => joinAt(desk.store, plan, 'ash', 'one')],
    [
      'gone',
      async () => {
        await joinAt(desk.store, plan, 'ash', 'one');
        await desk.store.subscriptions.leave(plan, subscriber('ash').id, 'unsubscribed');
      },
    ],
    [
      'suppressed',
      () => desk.store.subscribers.suppress(subscriber('ash').id, { reason: '550 5.1.1', at: 1 }),
    ],
    ['erased', () => desk.store.subscribers.suppress(subscriber('ash').id, { reason: 'erased', at: 1 })],
  ];

  test.each(states)('%s: the same answer after the same commands', async (_state, make) => {
    // Somebody before, so that scripts are loaded and every key that is shared is there.
    await desk.ask({ address: 'bay@example.com' });
    const expected = await commandsOf(() => desk.ask({ address: 'cob@example.com' }));
    await make();
    const seen = await commandsOf(() => desk.ask());
    expect(seen).toEqual(expected);
  });

  test('a busy network is busy for every address', async () => {
    await joinAt(desk.store, plan, 'ash', 'one');
    for (let nth = 0; nth < 5; nth++) await desk.ask();
    const [known, unknown] = [await desk.ask(), await desk.ask({ address: 'bay@example.com' })];
    expect([known.kind, unknown.kind]).toEqual(['busy', 'busy']);
  });
});

describe('not a weapon', () => {
  test('10,000 requests for one victim from as many networks in a day order three letters', async () => {
    const patient = { perNetwork: 5, perDomain: 1_000_000, overall: 1_000_000 };
    const spellings = ['ash@example.com', 'ASH@EXAMPLE.COM', 'ash@example.com ', 'Ａsh@example.com'];
    const answers = new Set<string>();
    for (let nth = 0; nth < 10_000; nth += 20) {
      desk.clock.at = START + (nth / 10_000) * (DAY_MS - MINUTE_MS);
      const volley = Array.from({ length: 20 }, (_, i) =>
        desk.ask({ address: spellings[i % 4] ?? '', network: networkOf(nth + i) }, { limits: patient }),
      );
      for (const { kind } of await Promise.all(volley)) answers.add(kind);
    }
    expect(answers).toEqual(new Set(['asked']));
    expect(await desk.orders('ash')).toHaveLength(3);
  }, 60_000);

  test('with the limits as they come, most of such a flood is turned away at the door', async () => {
    const answers: string[] = [];
    for (let nth = 0; nth < 1_000; nth++) answers.push((await desk.ask({ network: networkOf(nth) })).kind);
    expect(answers.filter((kind) => kind === 'asked')).toHaveLength(20);
    expect(await desk.orders('ash')).toHaveLength(1);
  });

  test('tags and dots of one mailbox are no way around', async () => {
    const addresses = ['ash@gmail.com', 'a.sh@gmail.com', 'as.h+1@gmail.com', 'ash+2@googlemail.com'];
    for (const [nth, address] of addresses.entries()) await desk.ask({ address, network: networkOf(nth) });
    const ids = addresses.map((address) => subscriberIdOf(address as EmailAddress, 'salt'));
    const jobs = await given.redis.keys('*letter--confirm--*');
    expect(jobs.filter((key) => ids.some((id) => key.includes(id)))).toHaveLength(1);
  });

  test('1,000 victims from one network: five letters, and a wait that is said', async () => {
    const answers = [];
    for (let nth = 0; nth < 1_000; nth++) {
      answers.push(await desk.ask({ address: `reader${nth}@example${nth % 100}.com` }));
    }
    expect(answers.filter(({ kind }) => kind === 'asked')).toHaveLength(5);
    expect(await given.redis.keys('*letter--confirm--*')).toHaveLength(5);
    const last = answers.at(-1);
    if (last?.kind !== 'busy') throw new Error('the network still has room');
    expect(last.retryAfterMs).toBeGreaterThan(9 * MINUTE_MS);
    expect(last.retryAfterMs).toBeLessThanOrEqual(10 * MINUTE_MS);
  });

  test('an hour against everybody stays under the limit on all', async () => {
    let letters = 0;
    for (let minute = 0; minute < 60; minute += 15) {
      desk.clock.at = START + HOUR_MS + minute * MINUTE_MS;
      for (let nth = 0; nth < 300; nth++) {
        const address = `v${minute}x${nth}@d${nth % 50}.example`;
        const { kind } = await desk.ask({ address, network: networkOf(nth) }, { mailHosts: unasked });
        if (kind === 'asked') letters++;
      }
    }
    expect(letters).toBe(4 * 200);
  });
});

/** Asks for none of the hundreds of domains. */
const unasked = openMailHosts({ mostPerMinute: 0 });

/** Everything Redis was told, with what differs from one address to the next left out. */
async function commandsOf(act: () => Promise<unknown>): Promise<string[]> {
  const monitor = await given.server.redis('monitor').monitor();
  const seen: string[][] = [];
  monitor.on('monitor', (_time: string, args: string[]) => seen.push(args));
  await act();
  // Redis shows commands in order, so that this one comes last.
  const end = `end ${Math.random()}`;
  const all = new Promise<void>((resolve) => {
    monitor.on('monitor', (_time: string, args: string[]) => {
      if (args.includes(end)) resolve();
    });
  });
  await given.redis.echo(end);
  await all;
  monitor.disconnect();
  if (monitor.status !== 'end') await once(monitor, 'end');
  return seen.filter((args) => !args.includes(end)).map((args) => shapeOf(args));
}

/** BullMQ packs its arguments into bytes, the time among them; what its script then does is shown after it. */
function shapeOf([command = '', ...args]: readonly string[]): string {
  if (command === 'evalsha') return `evalsha ${args.slice(0, 2).join(' ')}`;
  return [command, ...args]
    .join(' ')
    .replace(/\{p\d\d\}/g, '{p}')
    .replace(/[a-z2-7]{16}(?![a-z0-9])/g, '<id>')
    .replace(/[\w-]{43}/g, '<hash>')
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
    .replace(/\b(?:ash|bay|cob)@/g, '<name>@')
    .replace(/ (?:NX|XX) /, ' <NX or XX> ')
    .replace(/-?\d{4,}(?:\.\d+)?/g, '<number>');
}
