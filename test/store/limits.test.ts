import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { DAY_MS, MINUTE_MS } from '../../src/domain/instant.ts';
import {
  DEFAULT_SIGNUP_LIMITS,
  LETTER_LIMITS,
  refusingLimits,
  type SignupLimits,
} from '../../src/domain/signup-limits.ts';
import { openLimitStore, type LimitVerdict } from '../../src/store/limits.ts';
import { redisPerFile } from '../support/redis-per-file.ts';
import { standingClock } from '../support/standing-clock.ts';

const given = redisPerFile();
const START = Date.UTC(2026, 2, 1);
const WIDE: SignupLimits = { perNetwork: 1_000, perDomain: 1_000, overall: 1_000 };

interface Attempt {
  readonly afterMs: number;
  readonly name?: string;
  readonly network?: string;
  readonly domain?: string;
}

/** Sign-ups at times of our choosing. */
function counter(limits: SignupLimits) {
  const clock = standingClock(START);
  const store = openLimitStore(given.redis, clock);
  return ({ afterMs, name = 'ash', network = '192.0.2.0/24', domain = 'example.com' }: Attempt) => {
    clock.at = START + afterMs;
    return store.take({ address: `${name}@${domain}` as EmailAddress, network }, limits, 'salt');
  };
}

const inWords = (verdict: LimitVerdict): string => {
  if (verdict.kind === 'busy') return `busy ${verdict.full}`;
  return verdict.mayHaveLetter ? 'letter' : 'no letter';
};

describe('letters to one address', () => {
  test.each([
    ['one in ten minutes', [0, 1, 9.9, 10.1], ['letter', 'no letter', 'no letter', 'letter']],
    [
      'three in a day',
      [0, 11, 22, 33, 1_439, 1_441],
      ['letter', 'letter', 'letter', 'no letter', 'no letter', 'letter'],
    ],
    [
      'a day counts back from now, not from midnight',
      [1_410, 1_421, 1_432, 1_443],
      ['letter', 'letter', 'letter', 'no letter'],
    ],
    ['a request without a letter does not put off the next', [0, 9, 11], ['letter', 'no letter', 'letter']],
  ])('%s', async (_rule, minutes, expected) => {
    const take = counter(WIDE);
    const said: string[] = [];
    for (const minute of minutes) said.push(inWords(await take({ afterMs: minute * MINUTE_MS })));
    expect(said).toEqual(expected);
  });

  test.each(['ASH', 'ash+garden', 'ash+2'])('%s is the same mailbox', async (name) => {
    const take = counter(WIDE);
    await take({ afterMs: 0 });
    expect(inWords(await take({ afterMs: 1, name }))).toBe('no letter');
    expect(inWords(await take({ afterMs: 2, name: 'bay' }))).toBe('letter');
  });
});

const limits: SignupLimits = { perNetwork: 3, perDomain: 4, overall: 5 };

describe('what is full says so, and when there is room', () => {
  test.each<[string, (nth: number) => Partial<Attempt>, number, number]>([
    ['network', (nth) => ({ domain: `d${nth}.example` }), 3, 10 * MINUTE_MS],
    ['domain', (nth) => ({ network: `10.0.${nth}.0/24` }), 4, MINUTE_MS],
    ['overall', (nth) => ({ domain: `d${nth}.example`, network: `10.0.${nth}.0/24` }), 5, MINUTE_MS],
  ])('%s', async (full, others, most, withinMs) => {
    const take = counter(limits);
    const attempt = (nth: number, afterMs: number) => take({ afterMs, name: `reader${nth}`, ...others(nth) });
    for (let nth = 0; nth < most; nth++) {
      expect(inWords(await attempt(nth, nth * 1_000))).toBe('letter');
    }
    const refused = await attempt(most, withinMs / 2);
    if (refused.kind !== 'busy') throw new Error('there was room');
    expect(refused.full).toBe(full);
    expect(Math.abs(refused.retryAfterMs - withinMs / 2)).toBeLessThan(500);
    // The first has left the window, the second has not: a fixed window would let all in again.
    expect(inWords(await attempt(most, withinMs + 500))).toBe('letter');
    expect(inWords(await attempt(most + 1, withinMs + 600))).toBe(`busy ${full}`);
    expect(inWords(await attempt(most + 1, withinMs + 1_500))).toBe('letter');
  });

  test('a sign-up that is refused counts nowhere, nor against its address', async () => {
    const take = counter(limits);
    for (const name of ['a', 'b', 'c']) await take({ afterMs: 0, name });
    const before = await given.redis.keys('pw:{limits}:*');
    for (let nth = 0; nth < 10; nth++) await take({ afterMs: 1, name: 'victim' });
    expect((await given.redis.keys('pw:{limits}:*')).length).toBe(before.length);
    expect(inWords(await take({ afterMs: 2, name: 'victim', network: '10.0.0.0/24' }))).toBe('letter');
  });

  test('an address that has had its letters counts against everything else all the same', async () => {
    const take = counter(limits);
    for (let nth = 0; nth < 3; nth++) await take({ afterMs: nth });
    expect(inWords(await take({ afterMs: 4 }))).toBe('busy network');
    expect(inWords(await take({ afterMs: 4, name: 'bay' }))).toBe('busy network');
  });

  test('a limit of nothing lets nobody in', async () => {
    const take = counter({ ...limits, overall: 0 });
    expect(await take({ afterMs: 0 })).toEqual({ kind: 'busy', full: 'overall', retryAfterMs: MINUTE_MS });
  });

  test('a limit made narrower waits until enough have left', async () => {
    const wide = counter(WIDE);
    for (let nth = 0; nth < 5; nth++) await wide({ afterMs: nth * MINUTE_MS, name: `reader${nth}` });
    const verdict = await counter({ ...WIDE, perNetwork: 2 })({ afterMs: 5 * MINUTE_MS, name: 'bay' });
    if (verdict.kind !== 'busy') throw new Error('there was room');
    expect(Math.abs(verdict.retryAfterMs - 8 * MINUTE_MS)).toBeLessThan(500);
  });
});

test('nothing at rest tells an address, a domain or a network, and all of it expires in one slot', async () => {
  const take = counter(WIDE);
  await take({ afterMs: 0, name: 'ash', network: '203.0.113.0/24' });
  const keys = await given.redis.keys('*');
  expect(keys).toHaveLength(4);
  for (const key of keys) {
    expect(key).toMatch(/^pw:\{limits\}:[a-z]+:[\w-]{43}$/);
    expect((await given.redis.zrange(key, '0', '-1')).join()).not.toMatch(/ash|example|203/);
    const lives = await given.redis.pttl(key);
    expect(lives).toBeGreaterThan(0);
    expect(lives).toBeLessThanOrEqual(DAY_MS);
  }
});

test('a flood leaves no more at rest than the limits let in', async () => {
  const take = counter(DEFAULT_SIGNUP_LIMITS);
  for (let nth = 0; nth < 300; nth++)
    await take({ afterMs: nth, name: 'victim', network: `10.0.${nth}.0/24` });
  const keys = await given.redis.keys('pw:{limits}:*');
  const kept = await Promise.all(keys.map((key) => given.redis.zcard(key)));
  expect(kept.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(20 + 20 + 20 + 1);
});

/** The limits, as simply as they can be said: who came when, looked through from the beginning. */
class Model {
  readonly #letters: { name: string; at: number }[] = [];
  readonly #taken: { network: string; domain: string; at: number }[] = [];

  readonly #limits: SignupLimits;

  constructor(limits: SignupLimits) {
    this.#limits = limits;
  }

  take(name: string, network: string, domain: string, at: number): string {
    const of = { network, domain, overall: '' };
    const rules = Object.entries(refusingLimits(this.#limits)) as [
      keyof typeof of,
      { most: number; withinMs: number },
    ][];
    const isFull = rules.some(([what, { most, withinMs }]) => {
      const same = this.#taken.filter((one) => what === 'overall' || one[what] === of[what]);
      return same.filter((one) => one.at > at - withinMs).length >= most;
    });
    if (isFull) return 'busy';
    this.#taken.push({ network, domain, at });
    const had = this.#letters.filter((one) => one.name === `${name}@${domain}`);
    if (
      LETTER_LIMITS.some(({ most, withinMs }) => had.filter((one) => one.at > at - withinMs).length >= most)
    ) {
      return 'no letter';
    }
    this.#letters.push({ name: `${name}@${domain}`, at });
    return 'letter';
  }
}

// Steps of 7 s never end on the edge of a window, where the milliseconds of a command would decide.
const step = fc.record({
  wait: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 4_000 })),
  name: fc.constantFrom('ash', 'bay'),
  network: fc.constantFrom('192.0.2.0/24', '2001:db8::/64'),
  domain: fc.constantFrom('example.com', 'example.org'),
});
const narrow = fc.record({
  perNetwork: fc.integer({ min: 1, max: 6 }),
  perDomain: fc.integer({ min: 1, max: 6 }),
  overall: fc.integer({ min: 1, max: 8 }),
});

test('whatever comes when, the ledger lets in what the model lets in', async () => {
  const holds = fc.asyncProperty(
    narrow,
    fc.array(step, { minLength: 20, maxLength: 60 }),
    async (limits, steps) => {
      await given.redis.flushall();
      const take = counter(limits);
      const model = new Model(limits);
      let now = 0;
      for (const { wait, name, network, domain } of steps) {
        now += wait * 7_000;
        const verdict = await take({ afterMs: now, name, network, domain });
        expect(verdict.kind === 'busy' ? 'busy' : inWords(verdict)).toBe(
          model.take(name, network, domain, now),
        );
      }
    },
  );
  await fc.assert(holds, { numRuns: 60 });
});
