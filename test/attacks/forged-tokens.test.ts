import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawPart } from '../support/drawn-part.ts';
import { GARDEN_SITE } from '../support/garden-site.ts';
import { patiently } from '../support/patiently.ts';
import { changesBetween, dumpWithoutWatch, lastingDump, type RedisDump } from '../support/redis-dump.ts';
import { isLinkedTo, linkIn } from '../support/received-mail.ts';
import { openPartwork, type RunningPartwork } from '../support/running-partwork.ts';
import { fromAnotherNetwork, openSignupForm, subscribe } from '../support/web-visitor.ts';

const READER = 'ash@example.com';
const PENDING = 'bay@example.com';

/** Each kind of token, and what it opens: where it stands in a path as `*`. */
const DOORS = {
  confirm: { get: ['/c/garden/*'], post: ['/c/garden/*'] },
  unsubscribe: { get: ['/u/*'], post: ['/u/*'] },
  reader: {
    get: ['/m/*'],
    post: ['pause', 'resume', 'pace', 'next', 'again', 'profile', 'leave', 'leave-all', 'data'].map(
      (verb) => `/m/*/${verb}`,
    ),
  },
  data: { get: ['/d/*'], post: ['/d/*/download', '/d/*/erase'] },
} as const;
type Kind = keyof typeof DOORS;
const KINDS = Object.keys(DOORS) as Kind[];

/** What every form of these pages may say, all at once. */
const EVERYTHING = new URLSearchParams({
  'List-Unsubscribe': 'One-Click',
  until: '2099-01-01',
  for: '1w',
  pace: '3d',
  issue: 'frost',
  name: 'Mallory',
  language: 'zh-Hant',
  sure: 'yes',
});

/** Every door is tried with a sixth of the bits, each door with another. */
const PART = drawPart();

let partwork: RunningPartwork;
let quiet: RedisDump;
const tokens = {} as Record<Kind, string>;
const lastPart = (url: string): string => new URL(url).pathname.split('/').at(-1) ?? '';

beforeAll(async () => {
  partwork = await openPartwork({ files: GARDEN_SITE });
  await partwork.start('up');
  await partwork.command('schedule', 'garden', '--yes');
  await partwork.command('schedule', '茶信', '--yes');
  const form = await openSignupForm(partwork, 'garden');
  const { issue } = await subscribe(partwork, form, READER);
  tokens.reader = lastPart(linkIn(issue, 'm'));
  tokens.unsubscribe = lastPart(linkIn(issue, 'u'));
  await fetch(`${partwork.url}/m/${tokens.reader}/data`, { method: 'POST', redirect: 'manual' });
  tokens.data = lastPart(linkIn(await partwork.waitForMail(READER, isLinkedTo('d')), 'd'));
  await form({ address: PENDING }, fromAnotherNetwork());
  tokens.confirm = lastPart(linkIn(await partwork.waitForMail(PENDING, isLinkedTo('c')), 'c'));

  // From here on nothing changes by itself: only pages run.
  await partwork.stop();
  await partwork.start('serve');
  quiet = await lastingDump(partwork.redis);
}, 300_000);
afterAll(() => partwork?.close());

const changes = async () => changesBetween(quiet, await dumpWithoutWatch(partwork.redis));

async function statusOf(path: string, method: 'GET' | 'POST'): Promise<number> {
  const response = await patiently(() =>
    fetch(partwork.url + path, {
      redirect: 'manual',
      ...(method === 'POST' && { method, body: EVERYTHING }),
    }),
  );
  await response.arrayBuffer();
  return response.status;
}

/** Every token that differs from this one in one bit, as it stands in a path. */
function flipped(token: string): string[] {
  const bytes = Buffer.from(token, 'latin1');
  return Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const other = Buffer.from(bytes);
    other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return [...other].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  });
}

async function openedBy(paths: readonly string[], method: 'GET' | 'POST'): Promise<string[]> {
  const opened: string[] = [];
  for (const path of paths) {
    const status = await statusOf(path, method);
    if (![400, 404, 410].includes(status)) opened.push(`${method} ${path}: ${status}`);
  }
  return opened;
}

test.each(KINDS)('the %s token is a good one, as its own page shows', async (kind) => {
  for (const door of DOORS[kind].get)
    expect(await statusOf(door.replace('*', tokens[kind]), 'GET')).toBe(200);
});

test.each(KINDS)(
  `a %s token with any one bit flipped opens nothing (${PART.name})`,
  { timeout: 120_000 },
  async (kind) => {
    const forged = flipped(tokens[kind]);
    expect(forged.length).toBeGreaterThan(250);
    const { get, post } = DOORS[kind];
    const at = (doors: readonly string[]) =>
      doors.flatMap((door, nth) =>
        forged.filter((_, bit) => PART.isIn(bit, nth)).map((token) => door.replace('*', token)),
      );
    expect(await openedBy(at(get), 'GET')).toEqual([]);
    expect(await openedBy(at(post), 'POST')).toEqual([]);
    expect(await changes()).toEqual([]);
  },
);

test.each(KINDS)('a %s token opens no door but its own, in any series', async (kind) => {
  const others = KINDS.filter((one) => one !== kind).map((one) => DOORS[one]);
  const token = tokens[kind];
  const get = [...others.flatMap((doors) => doors.get), `/c/${encodeURIComponent('茶信')}/*`, '/c/none/*'];
  const post = [...others.flatMap((doors) => doors.post), `/c/${encodeURIComponent('茶信')}/*`, '/c/none/*'];
  expect(
    await openedBy(
      get.map((door) => door.replace('*', token)),
      'GET',
    ),
  ).toEqual([]);
  expect(
    await openedBy(
      post.map((door) => door.replace('*', token)),
      'POST',
    ),
  ).toEqual([]);
  expect(await changes()).toEqual([]);
});

const spoilt = (token: string) => [
  `${token}=`,
  `${token}A`,
  `A${token}`,
  ` ${token}`,
  `${token}%00`,
  `${token}%0a`,
  `${token}%20`,
  token.slice(0, -1),
  token.slice(1),
  `${token}${token}`,
  token.toUpperCase(),
  `%ef%bb%bf${token}`,
  `2${token.slice(1)}`,
  `0${token.slice(1)}`,
  '1',
  '',
  '1'.repeat(5_000),
];

test('a token with anything before, after or beside it opens nothing', { timeout: 60_000 }, async () => {
  for (const kind of KINDS) {
    for (const door of DOORS[kind].post) {
      const paths = spoilt(tokens[kind]).map((token) => door.replace('*', token));
      for (const path of paths) {
        const status = await statusOf(path, 'POST');
        expect([path, status >= 400 && status < 500]).toEqual([path, true]);
      }
    }
  }
  expect(await changes()).toEqual([]);
});
