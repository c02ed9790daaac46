import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS, SECOND_MS } from '../../../src/domain/instant.ts';
import type { SeriesId } from '../../../src/domain/series.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { judgeForm, sealForm, sealStep } from '../../../src/web/guard/form-guard.tsx';
import { redisPerFile } from '../../support/redis-per-file.ts';

const given = redisPerFile();
const GARDEN = 'garden' as SeriesId;
const BLOG = 'https://blog.example.com';
const ASH = 'ash@example.com';

let clock: { offsetMs: number };
let store: Store;
beforeEach(() => {
  clock = { offsetMs: 0 };
  store = openStore(given.redis, clock);
});

const toolsWith = (proofBits: number, secrets = ['a secret that is long enough']) => ({
  store,
  secrets,
  origins: [BLOG],
  proofBits,
});
const from = (origin?: string) => ({ req: { header: () => origin } }) as unknown as Context;

function proofFor(stamp: string, address: string, bits: number): string {
  for (let number = 0; ; number++) {
    const digest = createHash('sha256').update(`${stamp}\n${address}\n${number}`).digest();
    if (digest.readUInt32BE() < 2 ** (32 - bits)) return String(number);
  }
}

describe('without a proof of work', () => {
  test.each([
    [0, 'again'],
    [2_900, 'again'],
    [3_100, 'person'],
    [2 * HOUR_MS - 1_000, 'person'],
    [2 * HOUR_MS + 1_000, 'again'],
    [-HOUR_MS, 'again'],
  ])('a form sent %i ms after it was shown: %s', async (age, verdict) => {
    const tools = toolsWith(0);
    const { stamp } = await sealForm(tools, GARDEN);
    clock.offsetMs += age;
    expect(await judgeForm(tools, from(), GARDEN, { address: ASH, stamp })).toBe(verdict);
  });

  test('the stamp of another series, of another secret, or with a bit changed is no stamp; an older secret still is', async () => {
    const tools = toolsWith(0);
    const { stamp } = await sealForm(tools, GARDEN);
    clock.offsetMs += 10 * SECOND_MS;
    const judge = (secrets: string[], given: string, series = GARDEN) =>
      judgeForm(toolsWith(0, secrets), from(), series, { address: ASH, stamp: given });
    const [own = ''] = tools.secrets;
    expect(await judge([own], stamp, 'other' as SeriesId)).toBe('again');
    expect(await judge(['another secret, long enough'], stamp)).toBe('again');
    expect(await judge(['another secret, long enough', own], stamp)).toBe('person');
    for (let at = 0; at < stamp.length; at++) {
      const other = stamp.charAt(at) === 'A' ? 'B' : 'A';
      expect(await judge([own], stamp.slice(0, at) + other + stamp.slice(at + 1))).toBe('again');
    }
  });

  test.each([
    [BLOG, 'person'],
    ['https://blog.example.com.evil.example', 'again'],
    ['http://blog.example.com', 'again'],
    ['null', 'again'],
    [undefined, 'again'],
  ])('a form without a stamp posted from %s: %s', async (origin, verdict) => {
    expect(await judgeForm(toolsWith(0), from(origin), GARDEN, { address: ASH })).toBe(verdict);
  });

  test('an expired stamp is not mended by where it was posted', async () => {
    const { stamp } = await sealForm(toolsWith(0), GARDEN);
    clock.offsetMs += 3 * HOUR_MS;
    expect(await judgeForm(toolsWith(0), from(BLOG), GARDEN, { address: ASH, stamp })).toBe('again');
  });

  test('the field nobody sees gives a robot away, whatever else is right', async () => {
    const { stamp } = await sealForm(toolsWith(0), GARDEN);
    clock.offsetMs += 10 * SECOND_MS;
    const filledIn = { address: ASH, stamp, website: 'https://example.org' };
    expect(await judgeForm(toolsWith(0), from(), GARDEN, filledIn)).toBe('trap');
  });

  test.each([[{ stamp: ['a', 'b'] }], [{ stamp: 5, address: {} }], [{}], [{ stamp: 'x'.repeat(10_000) }]])(
    'fields that are no text, or nonsense: %j',
    async (body) => {
      expect(await judgeForm(toolsWith(0), from(), GARDEN, body)).toBe('again');
    },
  );

  test('the second step lets through at the press of its button, for the address it was made for only', async () => {
    const tools = toolsWith(0);
    const { stamp } = await sealStep(tools, GARDEN, { address: ASH });
    expect(await judgeForm(tools, from(), GARDEN, { address: ASH, stamp })).toBe('again');
    clock.offsetMs += 1_100;
    expect(await judgeForm(tools, from(), GARDEN, { address: ASH, stamp })).toBe('person');
    expect(await judgeForm(tools, from(), GARDEN, { address: 'bay@example.com', stamp })).toBe('again');
  });
});

describe('with a proof of work', () => {
  // A wrong proof is right once in 65,536 times.
  const BITS = 16;

  test.each([
    ['the right one', (stamp: string) => proofFor(stamp, ASH, BITS), 'person'],
    ['none', () => '', 'again'],
    ['the one of another stamp', (stamp: string) => proofFor(`${stamp}x`, ASH, BITS), 'again'],
    ['the one of another address', (stamp: string) => proofFor(stamp, 'bay@example.com', BITS), 'again'],
    ['a very long one', () => '1'.repeat(10_000), 'again'],
  ])('%s: %s', async (_, find, verdict) => {
    const tools = toolsWith(BITS);
    const { stamp, proofBits } = await sealForm(tools, GARDEN);
    expect(proofBits).toBe(BITS);
    clock.offsetMs += 10 * SECOND_MS;
    const proof = find(stamp);
    expect(await judgeForm(tools, from(), GARDEN, { address: ASH, stamp, proof })).toBe(verdict);
  });

  test('the writer’s own site is no proof', async () => {
    expect(await judgeForm(toolsWith(BITS), from(BLOG), GARDEN, { address: ASH })).toBe('again');
  });

  test('without script, the second step lets through after twenty seconds; trying earlier does not begin them anew', async () => {
    const tools = toolsWith(BITS);
    const first = await sealStep(tools, GARDEN, { address: ASH });
    clock.offsetMs += 12 * SECOND_MS;
    const tried = { address: ASH, stamp: first.stamp, proof: '' };
    expect(await judgeForm(tools, from(), GARDEN, tried)).toBe('again');
    expect(await sealStep(tools, GARDEN, tried)).toEqual(first);
    clock.offsetMs += 9 * SECOND_MS;
    expect(await judgeForm(tools, from(), GARDEN, tried)).toBe('person');
    clock.offsetMs += 2 * HOUR_MS;
    expect((await sealStep(tools, GARDEN, tried)).stamp).not.toBe(first.stamp);
  });
});
