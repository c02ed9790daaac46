import { describe, expect, test } from 'vitest';
import { html } from 'hono/html';
import { DAY_MS, HOUR_MS } from '../../../src/domain/instant.ts';
import type { EmailAddress } from '../../../src/domain/email-address.ts';
import type { SeriesId } from '../../../src/domain/series.ts';
import type { Obstacle, SeriesStory, Story, StoryEvent, Wait } from '../../../src/domain/story.ts';
import type { SubscriberId } from '../../../src/domain/subscriber.ts';
import type { BoardView } from '../../../src/web/admin/pages/board-view.ts';
import { ReaderBody } from '../../../src/web/admin/pages/reader-page.tsx';
import { HOSTILE, textIn, troublesIn } from './harmless-html.ts';
import { madeUpViews, NOW } from './made-up.ts';

const views = await madeUpViews();
const later = NOW + DAY_MS;
const earlier = NOW - HOUR_MS;

const everyEvent = (text: string): StoryEvent[] => {
  const about = {
    at: earlier,
    issue: { id: 'frost', title: text, number: 1 },
    doubts: 2,
    isEarlierReading: true,
  };
  return [
    { kind: 'asked', at: earlier, source: text },
    { kind: 'agreed', at: earlier, source: text },
    { kind: 'accepted', ...about, words: text },
    { kind: 'rejected', ...about, words: text, isGivenUp: false },
    { kind: 'rejected', ...about, words: text, isGivenUp: true },
    { kind: 'skipped', ...about },
    { kind: 'held', ...about },
    ...(['unsubscribed', 'removed', 'erased', 'rejected', 'suppressed', 'unsaid'] as const).map(
      (how) => ({ kind: 'left', at: earlier, how }) as const,
    ),
  ];
};

const everyWait = (text: string): Wait[] => {
  const gap = {
    kind: 'gap',
    until: later,
    every: { kind: 'days', days: 1 },
    timezone: 'Asia/Taipei',
    after: { id: 'frost', title: text },
    since: earlier,
  } as const;
  return [
    { ...gap, isOwn: true },
    { ...gap, isOwn: false, hour: 480 },
    { kind: 'earlier-gap', until: later },
    { kind: 'break', until: later },
    { kind: 'release', until: later },
    { kind: 'start', until: later },
    { kind: 'window', until: later, window: { from: 480, to: 1200 }, timezone: 'Asia/Taipei' },
    { kind: 'retry', until: later, attempt: 3, firstTriedAt: earlier, words: text },
    { kind: 'repeat', until: later, attempt: 2, words: text },
    { kind: 'put-aside', until: later, words: text },
    { kind: 'lease', until: later, stage: 'claimed', attempt: 1 },
    { kind: 'lease', until: later, stage: 'submitting', attempt: 1 },
    { kind: 'turn', since: earlier },
  ];
};

const everyObstacle = (text: string): Obstacle[] => [
  { kind: 'not-confirmed', since: earlier, until: later },
  { kind: 'left', since: earlier, how: 'unsubscribed' },
  { kind: 'suppressed', why: 'refused', at: earlier, words: text },
  { kind: 'suppressed', why: 'erased', at: earlier },
  { kind: 'not-scheduled' },
  { kind: 'series-paused' },
  { kind: 'series-stopped', words: text },
  { kind: 'series-cancelled' },
  { kind: 'caught-up' },
  { kind: 'caught-up', since: earlier },
  { kind: 'held', issue: { id: 'frost', title: text, number: 1 }, words: text },
  { kind: 'nobody-works' },
  { kind: 'mail-server-trouble', words: text },
  { kind: 'no-place' },
];

function fullStory(text: string): Story {
  const one: SeriesStory = {
    series: 'garden' as SeriesId,
    title: text,
    seriesState: 'running',
    state: 'reading',
    since: earlier,
    pace: { every: { kind: 'days', days: 7 }, isOffered: false },
    round: 2,
    place: { kind: 'end' },
    had: 3,
    issues: 9,
    events: everyEvent(text),
    missed: [
      { id: 'a', title: text, number: 2, why: 'before-first' },
      { id: 'b', title: text, why: 'passed-by' },
    ],
    next: { issue: { id: 'thaw', title: text, number: 4 }, at: later, waits: everyWait(text) },
    obstacles: everyObstacle(text),
  };
  return {
    kind: 'reader',
    subscriber: 'abcdefghij234567' as SubscriberId,
    address: 'ash@example.com' as EmailAddress,
    name: text,
    language: 'zh-TW',
    now: NOW,
    suppression: { why: 'refused', at: earlier, words: text },
    sending: { isWorking: true },
    series: [
      one,
      { ...one, series: 'left' as SeriesId, state: 'left' },
      { ...one, series: 'asked' as SeriesId, state: 'asked', events: [] },
    ],
  };
}

const shown = async (view: BoardView, story: Story): Promise<string> =>
  String(await html`${ReaderBody({ view, story, timezoneOf: () => 'Asia/Taipei' })}`);

describe('a story with everything that can happen', () => {
  test('is told without a gap, in each language, each thing in words of its own', async () => {
    for (const [locale, view] of views) {
      const told = await shown(view, fullStory('Frost'));
      expect([locale, troublesIn(told), textIn(told).match(/\{\w+\}/g)]).toEqual([locale, [], null]);
      const lines = [...told.matchAll(/<li[^>]*>(.*?)<\/li>/gs)].map(([, line = '']) => line);
      expect(new Set(lines).size).toBeGreaterThan(35);
    }
  });

  test.each(HOSTILE)('and %j in it is only a text', async (text) => {
    for (const [locale, view] of views) {
      expect([locale, troublesIn(await shown(view, fullStory(text)))]).toEqual([locale, []]);
    }
  });
});

test('an obstacle comes with the command that mends it', async () => {
  const [, view] = views[0] ?? [];
  if (view === undefined) throw new Error('There is no English.');
  const told = textIn(await shown(view, fullStory('Frost')));
  for (const command of ['schedule garden', 'resume garden', 'held garden', 'work', 'subscribers unsuppress'])
    expect(told).toContain(`partwork ${command}`);
});
