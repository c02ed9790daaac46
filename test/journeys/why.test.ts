import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { changeState } from '../../src/actions/change-state.ts';
import { eraseSubscriber } from '../../src/actions/erase-subscriber.ts';
import { leaveSeries } from '../../src/actions/leave-series.ts';
import { pauseReading } from '../../src/actions/reading/pause-reading.ts';
import { readAgain } from '../../src/actions/reading/read-again.ts';
import { setPace } from '../../src/actions/reading/set-pace.ts';
import { tellStory } from '../../src/actions/why/tell-story.ts';
import { describeStory } from '../../src/cli/why/describe-story.ts';
import { storyJson } from '../../src/cli/why/story-json.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/domain/instant.ts';
import type { IssueId } from '../../src/domain/issue.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { subscriberIdOf } from '../../src/domain/subscriber.ts';
import { partitionOf } from '../../src/domain/subscriber.ts';
import { addressOf, openTestApp, type Posts, type TestApp } from '../support/app.ts';
import { dumpRedis } from '../support/redis-dump.ts';
import type { SmtpAnswer, SmtpMoment } from '../support/smtp-server.ts';

/** A reader of a series, and what there is to tell of them. */
interface Situation {
  readonly reader: string;
  readonly is: string;
  /** One of their own, which is made for them; `letters` unless given. */
  readonly series?: string;
  /** The series' front matter; `every: 1d`, `at: "08:00"` unless given. */
  readonly index?: string;
  readonly posts?: Posts;
  readonly startAt?: number;
  readonly joins?: 'never';
  readonly isScheduled?: false;
  /** What the mail server says to them, and how often; for ever unless given. */
  readonly server?: { readonly at: SmtpMoment['at']; readonly says: SmtpAnswer; readonly times?: number };
  /** Once everybody has had what was due at first. */
  readonly later?: (t: TestApp) => Promise<unknown>;
  readonly json: object;
  readonly says: readonly (string | RegExp)[];
  readonly isSilentOn?: readonly RegExp[];
}

const MONDAY_TEN = new Date('2026-11-23T10:00:00Z');
const DAILY = 'every: 1d\nat: "08:00"';
const POSTS: Posts = { '01-one': 'title: One', '02-two': 'title: Two', '03-three': 'title: Three' };
const MINUTES = '\\d\\d \\((?:now|\\d+ (?:s|min) ago)\\)';

const ownerOf = (t: TestApp, reader: string, series = 'letters') => ({
  series: series as SeriesId,
  subscriber: subscriberIdOf(addressOf(reader), t.app.salt),
});

const gapOf = (more: object = {}) => ({
  kind: 'gap',
  every: '1d',
  hour: '08:00',
  timezone: 'UTC',
  isOwn: false,
  until: '2026-11-24T08:00:00.000Z',
  after: { id: 'one', title: 'One', number: 1 },
  ...more,
});

const SITUATIONS: readonly Situation[] = [
  {
    reader: 'gap',
    is: 'waits for the gap',
    json: {
      title: 'letters',
      seriesState: 'running',
      state: 'reading',
      consent: { source: 'test' },
      place: { kind: 'before', issue: { id: 'two', number: 2, title: 'Two' } },
      had: 1,
      issues: 3,
      events: [
        { kind: 'agreed', source: 'test' },
        { kind: 'accepted', issue: { id: 'one' }, words: 'Ok: queued as gap', doubts: 0 },
      ],
      missed: [],
      next: { issue: { id: 'two' }, at: '2026-11-24T08:00:00.000Z', waits: [gapOf()] },
      obstacles: [],
    },
    says: [
      'letters (letters): reads it, had 1 of 3 issues',
      new RegExp(`  Mon 2026-11-23 10:${MINUTES}  agreed to get it \\(test\\)`),
      new RegExp(`  Mon 2026-11-23 10:${MINUTES}  #1 "One" accepted: "Ok: queued as gap"`),
      '  Next: #2 "Two", Tue 2026-11-24 08:00 (in 22 h).',
      new RegExp(
        `By the gap of the series \\(1d at 08:00, UTC\\) after #1 "One", settled Mon 2026-11-23 10:${MINUTES}, it waits until Tue 2026-11-24 08:00 \\(in 22 h\\)\\.`,
      ),
    ],
    isSilentOn: [/!/],
  },
  {
    reader: 'dated',
    series: 'dated',
    is: 'waits for a release, which is later than the gap',
    posts: { '01-one': 'title: One', '02-two': 'title: Two\ndate: 2026-11-26T09:30:00Z' },
    json: {
      next: {
        issue: { id: 'two' },
        at: '2026-11-26T09:30:00.000Z',
        waits: [gapOf(), { kind: 'release', until: '2026-11-26T09:30:00.000Z' }],
      },
      obstacles: [],
    },
    says: ['Next: #2 "Two", Thu 2026-11-26 09:30 (in 3 d).', 'It is released Thu 2026-11-26 09:30 (in 3 d).'],
  },
  {
    reader: 'done',
    series: 'done',
    is: 'has caught up',
    posts: { '01-one': 'title: One' },
    json: { place: { kind: 'end' }, had: 1, issues: 1, obstacles: [{ kind: 'caught-up', since: anyTime() }] },
    says: [
      'had 1 of 1 issue',
      /^  They have caught up with everything there is, the last one Mon 2026-11-23 10:.*: they get the next one that comes\./m,
    ],
    isSilentOn: [/Next:/],
  },
  {
    reader: 'paused',
    series: 'paused',
    is: 'reads a series that is paused by hand',
    later: (t) => changeState(t.app, 'paused' as SeriesId, 'paused'),
    json: {
      seriesState: 'paused',
      next: { issue: { id: 'two' }, waits: [gapOf()] },
      obstacles: [{ kind: 'series-paused' }],
    },
    says: ['Next: #2 "Two".', '! The series is paused by hand: `partwork resume paused` lets it go on.'],
  },
  {
    reader: 'stopped',
    series: 'stopped',
    is: 'reads a series that has paused itself, in the words of the server',
    server: { at: 'rcpt', says: '550 5.1.8 Sender refused here' },
    json: {
      seriesState: 'paused',
      had: 0,
      next: { issue: { id: 'one' } },
      obstacles: [
        {
          kind: 'series-stopped',
          words: 'the mail server refuses it: answer to RCPT TO: 550 5.1.8 Sender refused here',
        },
      ],
    },
    says: [
      '! The series has paused itself: the mail server refuses it: answer to RCPT TO: 550 5.1.8 Sender refused here. When that is mended, `partwork resume stopped` lets it go on.',
    ],
  },
  {
    reader: 'cancelled',
    series: 'cancelled',
    is: 'reads a series that is cancelled',
    later: (t) => changeState(t.app, 'cancelled' as SeriesId, 'cancelled'),
    json: { seriesState: 'cancelled', obstacles: [{ kind: 'series-cancelled' }] },
    says: ['! The series is cancelled: `partwork schedule cancelled` starts it again.'],
  },
  {
    reader: 'grey',
    is: 'was put off, in the words of the server',
    server: { at: 'rcpt', says: '450 4.2.0 Greylisted, come again' },
    json: {
      had: 0,
      place: { kind: 'before', issue: { id: 'one' } },
      next: {
        issue: { id: 'one' },
        waits: [
          {
            kind: 'retry',
            attempt: expect.any(Number),
            words: 'answer to RCPT TO: 450 4.2.0 Greylisted, come again',
          },
        ],
      },
      obstacles: [],
    },
    says: [
      /Next: #1 "One", Mon 2026-11-23 10:\d\d \(in \d+ (?:s|min)\)\./,
      /It was put off: "answer to RCPT TO: 450 4\.2\.0 Greylisted, come again"\. Try \d+ is Mon 2026-11-23 10:\d\d \(in \d+ (?:s|min)\); the first was Mon 2026-11-23 10:/,
    ],
  },
  {
    reader: 'full',
    is: 'was refused one issue and went on',
    server: { at: 'rcpt', says: '552 5.2.2 Mailbox full', times: 1 },
    json: {
      had: 0,
      events: [
        { kind: 'agreed' },
        {
          kind: 'rejected',
          issue: { id: 'one' },
          words: 'answer to RCPT TO: 552 5.2.2 Mailbox full',
          isGivenUp: false,
        },
      ],
      missed: [],
      next: { issue: { id: 'two' }, waits: [gapOf()] },
      obstacles: [],
    },
    says: [
      '#1 "One" refused: "answer to RCPT TO: 552 5.2.2 Mailbox full"',
      'Next: #2 "Two", Tue 2026-11-24 08:00',
    ],
  },
  {
    reader: 'dead',
    is: 'has an address that does not exist',
    server: { at: 'rcpt', says: '550 5.1.1 No such person here' },
    json: {
      state: 'left',
      place: { kind: 'none' },
      events: [{ kind: 'agreed' }, { kind: 'rejected' }, { kind: 'left', how: 'rejected' }],
      obstacles: [
        {
          kind: 'suppressed',
          why: 'refused',
          words: 'answer to RCPT TO: 550 5.1.1 No such person here',
        },
        { kind: 'left', how: 'rejected' },
      ],
    },
    says: [
      'letters (letters): left, had 0 of 3 issues',
      /! The address is suppressed since Mon .*: "answer to RCPT TO: 550 5\.1\.1 No such person here"\. `partwork subscribers unsuppress <address>` lifts it\./,
      /! They do not read it any more: their mail server said that there is no such address Mon .*`partwork subscribers add <address> --series letters --confirmed` puts them back\./,
    ],
    isSilentOn: [/Next:/],
  },
  {
    reader: 'left',
    is: 'has left',
    later: (t) => t.leave('letters', 'left'),
    json: {
      state: 'left',
      place: { kind: 'none' },
      had: 1,
      events: [{ kind: 'agreed' }, { kind: 'accepted' }, { kind: 'left', how: 'unsubscribed' }],
      obstacles: [{ kind: 'left', how: 'unsubscribed', since: anyTime() }],
    },
    says: [/! They do not read it any more: they unsubscribed Mon 2026-11-23 10:[^`]*$/m],
    isSilentOn: [/Next:/],
  },
  {
    reader: 'removed',
    is: 'was removed by the writer',
    later: (t) => leaveSeries(t.app, 'letters' as SeriesId, ownerOf(t, 'removed').subscriber, 'removed'),
    json: { state: 'left', obstacles: [{ kind: 'left', how: 'removed' }] },
    says: ['they were removed with `partwork subscribers remove` Mon 2026-11-23 10:'],
  },
  {
    reader: 'back',
    is: 'has left and come back, and waits for the same gap',
    later: async (t) => {
      await t.leave('letters', 'back');
      await t.join('letters', 'back');
    },
    json: {
      state: 'reading',
      had: 1,
      next: { issue: { id: 'two' }, at: '2026-11-24T08:00:00.000Z', waits: [gapOf()] },
      obstacles: [],
    },
    says: ['letters (letters): reads it, had 1 of 3 issues'],
  },
  {
    reader: 'struck',
    is: 'reads it and is suppressed',
    later: (t) =>
      t.app.store.subscribers.suppress(ownerOf(t, 'struck').subscriber, {
        reason: 'answer to RCPT TO: 550 5.1.1 Gone',
        at: MONDAY_TEN.getTime(),
      }),
    json: {
      state: 'reading',
      next: { issue: { id: 'two' }, waits: [gapOf()] },
      obstacles: [{ kind: 'suppressed', why: 'refused', at: MONDAY_TEN.toISOString() }],
    },
    says: ['Next: #2 "Two".', '! The address is suppressed since Mon 2026-11-23 10:00'],
  },
  {
    reader: 'erased',
    is: 'was erased: nobody, with a suppression',
    later: (t) => eraseSubscriber(t.app, ownerOf(t, 'erased').subscriber),
    json: { kind: 'unknown', name: '', suppression: { why: 'erased', at: anyTime() }, series: [] },
    says: ['The address was erased Mon 2026-11-23 10:'],
    isSilentOn: [/Nobody is known/],
  },
  {
    reader: 'away',
    is: 'is on a break',
    later: (t) => pauseReading(t.app, ownerOf(t, 'away'), Date.parse('2026-12-01T12:00:00Z')),
    json: {
      next: {
        issue: { id: 'two' },
        at: '2026-12-01T12:00:00.000Z',
        waits: [gapOf(), { kind: 'break', until: '2026-12-01T12:00:00.000Z' }],
      },
      obstacles: [],
    },
    says: [
      'Next: #2 "Two", Tue 2026-12-01 12:00 (in 8 d).',
      'They are on a break until Tue 2026-12-01 12:00 (in 8 d), by their own wish.',
    ],
  },
  {
    reader: 'slow',
    is: 'has a pace of their own',
    later: (t) => setPace(t.app, ownerOf(t, 'slow'), { kind: 'days', days: 7 }),
    json: {
      pace: { every: '1w', isOffered: true },
      next: {
        at: '2026-11-30T08:00:00.000Z',
        waits: [gapOf({ every: '1w', isOwn: true, until: '2026-11-30T08:00:00.000Z' })],
      },
    },
    says: [
      'Own pace: 1w.',
      /By their own pace \(1w at 08:00, UTC\) after #1 "One", .* until Mon 2026-11-30 08:00/,
    ],
  },
  {
    reader: 'twice',
    is: 'may have had one issue twice',
    server: { at: 'body', says: { drop: true }, times: 1 },
    json: {
      had: 1,
      events: [{ kind: 'agreed' }, { kind: 'accepted', issue: { id: 'one' }, doubts: 1 }],
      next: { issue: { id: 'two' } },
      obstacles: [],
    },
    says: ['#1 "One" accepted: "Ok: queued as twice"; may have come twice: the outcome was unknown 1 time'],
  },
  {
    reader: 'doubt',
    is: 'waits for one more copy, for nobody knows whether the server took two of them',
    server: { at: 'body', says: { drop: true } },
    json: {
      had: 0,
      next: {
        issue: { id: 'one' },
        waits: [
          {
            kind: 'repeat',
            attempt: expect.any(Number),
            words: expect.stringContaining('connection lost at the message'),
          },
        ],
      },
      obstacles: [],
    },
    says: [
      /Nobody can know whether the server took it: "connection lost at the message: .*"\. One more copy, the same to the byte, goes Mon /,
    ],
  },
  {
    reader: 'asked',
    is: 'has asked and not confirmed',
    joins: 'never',
    later: async (t) =>
      t.app.store.signups.keep({
        ...ownerOf(t, 'asked'),
        address: addressOf('asked'),
        name: 'Ash',
        language: 'en',
        requestedAt: (await t.app.store.now()) - HOUR_MS,
        source: 'form',
      }),
    json: {
      state: 'asked',
      place: { kind: 'none' },
      events: [{ kind: 'asked', source: 'form' }],
      obstacles: [{ kind: 'not-confirmed', since: anyTime(), until: anyTime() }],
    },
    says: [
      'asked@example.com  Ash',
      'letters (letters): asked for, not confirmed',
      /! Their sign-up of Mon 2026-11-23 09:.* waits to be confirmed by the link in their letter; it is forgotten Mon 2026-11-30 09:\d\d \(in 7 d\)\./,
    ],
  },
  {
    reader: 'nobody',
    is: 'is known to nobody',
    joins: 'never',
    json: { kind: 'unknown', name: '', series: [] },
    says: ['nobody@example.com', 'Nobody is known by this address.'],
  },
  {
    reader: 'late',
    series: 'late',
    is: 'joined late, where new readers begin at the next issue to be released',
    index: `${DAILY}\njoin: next`,
    posts: { '01-one': 'title: One', '02-two': 'title: Two', '03-three': 'title: Three\ndate: 2026-11-25' },
    json: {
      had: 0,
      missed: [
        { id: 'one', number: 1, why: 'before-first' },
        { id: 'two', number: 2, why: 'before-first' },
      ],
      next: {
        issue: { id: 'three' },
        at: '2026-11-25T00:00:00.000Z',
        waits: [{ kind: 'release', until: '2026-11-25T00:00:00.000Z' }],
      },
    },
    says: [
      'Lies before where they began: #1 "One", #2 "Two".',
      'Next: #3 "Three", Wed 2026-11-25 00:00 (in 38 h).',
    ],
  },
  {
    reader: 'night',
    series: 'night',
    is: 'waits for the hours in which mail may go out',
    index: `${DAILY}\nwindow: "06:00-09:00"`,
    json: {
      had: 0,
      next: {
        issue: { id: 'one' },
        at: '2026-11-24T06:00:00.000Z',
        waits: [
          { kind: 'window', window: '06:00-09:00', timezone: 'UTC', until: '2026-11-24T06:00:00.000Z' },
        ],
      },
    },
    says: ['Mail goes out 06:00-09:00 (UTC) only; that opens Tue 2026-11-24 06:00 (in 20 h).'],
  },
  {
    reader: 'eager',
    series: 'eager',
    is: 'waits for the start of the series',
    startAt: Date.parse('2026-12-24T08:00:00Z'),
    json: {
      next: {
        at: '2026-12-24T08:00:00.000Z',
        waits: [{ kind: 'start', until: '2026-12-24T08:00:00.000Z' }],
      },
    },
    says: ['The series starts Thu 2026-12-24 08:00 (in 31 d).'],
  },
  {
    reader: 'early',
    series: 'early',
    is: 'joined before the series was scheduled',
    isScheduled: false,
    json: { seriesState: 'unscheduled', place: { kind: 'start' }, obstacles: [{ kind: 'not-scheduled' }] },
    says: ['! The series is not scheduled yet: `partwork schedule early`.'],
  },
  {
    reader: 'sooner',
    series: 'sooner',
    is: 'waits by a gap that has been shortened since',
    index: 'every: 7d\nat: "08:00"',
    later: async (t) => {
      await t.write('sooner', DAILY, POSTS);
      await t.schedule('sooner');
    },
    json: {
      next: {
        at: '2026-11-30T08:00:00.000Z',
        waits: [{ kind: 'earlier-gap', until: '2026-11-30T08:00:00.000Z' }],
      },
    },
    says: [/It waits until Mon 2026-11-30 08:00 \(in 7 d\): the gap as it was when that was reckoned/],
  },
  {
    reader: 'again',
    is: 'has begun again',
    later: (t) => readAgain(t.app, ownerOf(t, 'again'), 'one' as IssueId),
    json: {
      round: 1,
      had: 0,
      events: [{ kind: 'agreed' }, { kind: 'accepted', issue: { id: 'one' }, isEarlierReading: true }],
      next: { issue: { id: 'one' }, at: '2026-11-24T08:00:00.000Z', waits: [gapOf()] },
    },
    says: ['Began again 1 time.', '#1 "One" accepted: "Ok: queued as again" (before they began again)'],
  },
  {
    reader: 'inserted',
    series: 'inserted',
    is: 'is past an issue that came in behind them',
    index: 'every: 0',
    posts: { '01-one': 'title: One', '02-two': 'title: Two' },
    later: async (t) => {
      await t.write('inserted', 'every: 0\nissues: [zero, one, middle, two]', {
        zero: 'title: Zero',
        middle: 'title: Middle',
      });
      await t.schedule('inserted');
    },
    json: {
      had: 2,
      issues: 4,
      missed: [
        { id: 'zero', number: 1, why: 'before-first' },
        { id: 'middle', number: 3, why: 'passed-by' },
      ],
      obstacles: [{ kind: 'caught-up' }],
    },
    says: ['Lies before where they began: #1 "Zero".', 'Passed them by: #3 "Middle".'],
  },
];

function anyTime(): unknown {
  return expect.stringMatching(/^2026-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
}

const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

const terminal = { style: (_: unknown, text: string) => text };

async function told(t: TestApp, reader: string) {
  const story = await tellStory(t.app, ownerOf(t, reader).subscriber);
  const json = JSON.parse(storyJson(story)) as { kind: string; series: object[] };
  const prose = describeStory(story, addressOf(reader), 'UTC', terminal).join('\n');
  return { json, prose, own: json.series[0] };
}

const isFor = (moment: SmtpMoment, reader: string): boolean =>
  (moment.at === 'rcpt' && moment.line.includes(addressOf(reader))) || moment.to.includes(addressOf(reader));

function serverFor(situations: readonly Situation[]): (moment: SmtpMoment) => SmtpAnswer | undefined {
  const said = new Map<string, number>();
  return (moment) => {
    const { reader, server } = situations.find((one) => isFor(moment, one.reader)) ?? {};
    if (reader === undefined) return undefined;
    const times = said.get(reader) ?? 0;
    if (server?.at === moment.at && times < (server.times ?? Infinity)) {
      said.set(reader, times + 1);
      return server.says;
    }
    return moment.at === 'body' ? `250 2.0.0 Ok: queued as ${reader}` : undefined;
  };
}

describe('a reader who', () => {
  let t: TestApp;
  const stories = new Map<string, Awaited<ReturnType<typeof told>>>();
  beforeAll(async () => {
    t = await openTestApp({ from: MONDAY_TEN, script: serverFor(SITUATIONS) });
    await t.write('letters', `${DAILY}\npaces: [1w]`, POSTS);
    for (const { series, index = DAILY, posts = POSTS } of SITUATIONS) {
      if (series !== undefined) await t.write(series, index, posts);
    }
    await t.schedule('letters');
    for (const { series, startAt, isScheduled } of SITUATIONS) {
      if (series === undefined || isScheduled === false) continue;
      await t.schedule(series, { ...(startAt !== undefined && { startAt }) });
    }
    for (const { reader, series = 'letters', joins } of SITUATIONS) {
      if (joins !== 'never') await t.join(series, reader);
    }
    await t.settle();
    // Of `twice` and `doubt` the second copies.
    await t.travel(5 * SECOND_MS);
    for (const { later } of SITUATIONS) await later?.(t);
    // At once: time goes on, and a minute later some are tried again.
    for (const { reader } of SITUATIONS) stories.set(reader, await told(t, reader));
  }, 120_000);
  afterAll(() => t.close());

  test.each(SITUATIONS.map((one) => [one.is, one] as const))('%s', (_, situation) => {
    const { json, own = json, prose } = stories.get(situation.reader)!;
    expect(own).toMatchObject(situation.json);
    for (const words of situation.says) expect(prose).toMatch(words);
    for (const words of situation.isSilentOn ?? []) expect(prose).not.toMatch(words);
  });

  test('nothing that is told is a bare number of milliseconds, and no address is told but the one asked for', () => {
    for (const [reader, { json, prose }] of stories) {
      expect(JSON.stringify(json)).not.toMatch(/:\d{12,}/);
      expect(JSON.stringify(json).replaceAll(addressOf(reader), '')).not.toContain('@example.com');
      expect(prose.split('\n').slice(1).join('\n')).not.toContain('@example.com');
    }
  });

  test('what is told comes true: nothing before its time, and the issue itself then', async () => {
    const promised = await Promise.all(
      SITUATIONS.filter(({ server }) => server === undefined).map(async ({ reader }) => {
        const { series } = await tellStory(t.app, ownerOf(t, reader).subscriber);
        const { at, issue } = series[0]?.next ?? {};
        return { reader, at: at ?? 0, title: issue?.title ?? '' };
      }),
    );
    const coming = promised.filter(({ at }) => at > 0);
    expect(coming.length).toBeGreaterThanOrEqual(8);
    const had = new Map(coming.map(({ reader }) => [reader, t.received(reader)]));
    for (const time of [...new Set(coming.map(({ at }) => at))].toSorted((a, b) => a - b)) {
      const now = coming.filter(({ at }) => at === time);
      await t.travel(time - MINUTE_MS - (await t.app.store.now()));
      for (const { reader } of now) expect([reader, t.received(reader)]).toEqual([reader, had.get(reader)]);
      await t.travel(MINUTE_MS + SECOND_MS);
      for (const { reader, title } of now)
        expect([reader, t.received(reader)]).toEqual([reader, [...(had.get(reader) ?? []), title]]);
    }
  }, 120_000);
});

test('a story is read only, and is as much work for Redis with many readers as with few', async () => {
  const t = await openTestApp({ withoutWorkers: true });
  try {
    await t.write('letters', DAILY, POSTS);
    await t.schedule('letters');
    await t.join('letters', 'one');
    const probe = t.redis.redis();
    const commandsOf = async () => {
      await probe.config('RESETSTAT');
      await tellStory(t.app, ownerOf(t, 'one').subscriber);
      const calls = [...(await probe.info('commandstats')).matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm)];
      return Object.fromEntries(calls.map(([, name, count]) => [name, Number(count)]));
    };
    const [before, few] = [await dumpRedis(probe), await commandsOf()];
    expect(await dumpRedis(probe)).toEqual(before);
    await t.join('letters', ...Array.from({ length: 300 }, (_, index) => `reader-${index}`));
    expect(await commandsOf()).toEqual(few);
  } finally {
    await t.close();
  }
});

/** What comes of the whole sending: the policy, the server and the workers. */
describe('where', () => {
  let t: TestApp;
  let isDown = false;
  afterEach(() => t.close());

  async function open(more: Parameters<typeof openTestApp>[0] = {}): Promise<void> {
    t = await openTestApp({ from: MONDAY_TEN, ...more });
    await t.write('letters', DAILY, POSTS);
    await t.schedule('letters');
  }

  const toldOf = async (reader: string) => {
    const story = await tellStory(t.app, ownerOf(t, reader).subscriber);
    return {
      story,
      own: (JSON.parse(storyJson(story)) as { series: object[] }).series[0],
      prose: describeStory(story, addressOf(reader), 'UTC', terminal).join('\n'),
    };
  };

  test('what is in doubt is held, the reader waits for the operator; and a server that is away keeps what is due', async () => {
    await open({
      env: { PARTWORK_ON_UNCERTAIN: 'hold' },
      script: (moment) =>
        isDown || (moment.at === 'body' && isFor(moment, 'held')) ? { drop: true } : undefined,
    });
    await t.join('letters', 'held');
    await t.settle();
    const held = await toldOf('held');
    expect(held.own).toMatchObject({
      state: 'reading',
      place: { kind: 'held', issue: { id: 'one' } },
      events: [{ kind: 'agreed' }, { kind: 'held', issue: { id: 'one' } }],
      missed: [],
      obstacles: [
        {
          kind: 'held',
          issue: { id: 'one', number: 1 },
          since: anyTime(),
          words: expect.stringContaining('connection lost at the message'),
        },
      ],
    });
    expect(held.own).not.toHaveProperty('next');
    expect(held.prose).toContain('#1 "One" held: nobody can know whether it arrived');
    expect(held.prose).toMatch(
      /! #1 "One" may or may not have arrived Mon 2026-11-23 10:.* \("connection lost at the message: .*"\), and is held: `partwork held letters` decides\./,
    );

    isDown = true;
    await t.join('letters', 'blocked');
    await expect
      .poll(async () => (await toldOf('blocked')).own, { timeout: 30_000 })
      .toMatchObject({
        next: { issue: { id: 'one' } },
        obstacles: [
          {
            kind: 'mail-server-trouble',
            words: expect.stringMatching(/^(?:no connection:|(?:no connection|connection lost) at) /),
          },
        ],
      });
    isDown = false;
    await expect
      .poll(async () => (await toldOf('blocked')).own, { timeout: 60_000 })
      .toMatchObject({ had: 1 });
  }, 120_000);

  test('nobody works, it is due and stays; a worker that has it in hand, and hands it over just now', async () => {
    await open({ withoutWorkers: true });
    await t.join('letters', 'waiting');
    const due = await toldOf('waiting');
    expect(due.own).toMatchObject({
      next: { issue: { id: 'one' }, waits: [{ kind: 'turn', since: anyTime() }] },
      obstacles: [{ kind: 'nobody-works' }],
    });
    expect(due.own).not.toHaveProperty('next.at');
    expect(due.prose).toContain('! It is due and nobody sends it: start `partwork up` or `partwork work`.');
    expect(due.prose).toMatch(/It is due since Mon 2026-11-23 10:.*: it goes out at a worker's next turn\./);

    const plan = (await t.app.store.plans.find('letters' as SeriesId))!;
    const partition = partitionOf(ownerOf(t, 'waiting').subscriber);
    const stand = { plan, issue: plan.issues[0]!, partition };
    const limits = { limit: 1, leaseMs: MINUTE_MS, onUncertain: 'resend' } as const;
    const claimed = await t.app.store.deliveries.claim(stand, limits);
    if (claimed === 'stale-plan') throw new Error('The plan is stale.');
    const inHand = await toldOf('waiting');
    expect(inHand.own).toMatchObject({
      next: { at: anyTime(), waits: [{ kind: 'lease', stage: 'claimed', attempt: 1, until: anyTime() }] },
      obstacles: [],
    });
    expect(inHand.prose).toContain('A worker has it in hand just now (try 1).');
    await t.app.store.deliveries.submit(stand, claimed, MINUTE_MS);
    const goingOver = await toldOf('waiting');
    expect(goingOver.own).toMatchObject({ next: { waits: [{ kind: 'lease', stage: 'submitting' }] } });
    expect(goingOver.prose).toContain('It is being handed to the mail server just now (try 1).');
  });

  test('nobody works and nothing is due, it is told and is not what keeps it', async () => {
    await open({ withoutWorkers: true });
    await t.schedule('letters', { startAt: Date.parse('2026-12-24T08:00:00Z') });
    await t.join('letters', 'eager');
    const { own, prose } = await toldOf('eager');
    expect(own).toMatchObject({ next: { waits: [{ kind: 'start' }] }, obstacles: [] });
    expect(prose).toContain('Nobody sends mail just now: start `partwork up` or `partwork work`.');
  });

  test('others write what they like, it is harmless on a terminal, as prose and as JSON', async () => {
    const hostile =
      '\u001b]0;gone\u0007\u001b[2J\u009b31m\u202eevil\u2066\r\nMon 2026-11-23  "One" accepted\u2028';
    await open({
      script: ({ at, line }) =>
        at === 'rcpt' && line.includes('eve@')
          ? { bytes: `450 4.2.0 ${'\u001b[31mred\u001b[0m \u202e'.repeat(40)}\r\n` }
          : undefined,
    });
    const { subscriber } = ownerOf(t, 'eve');
    const plan = (await t.app.store.plans.find('letters' as SeriesId))!;
    await t.app.store.subscriptions.join(
      plan,
      [
        {
          subscriber: { id: subscriber, address: addressOf('eve'), name: hostile.repeat(50) },
          place: 'one' as IssueId,
        },
      ],
      { source: `embed https://${hostile}`, mayComeBack: true },
    );
    await t.settle();
    await t.app.store.subscribers.suppress(subscriber, { reason: hostile, at: 0 });
    const { story, prose } = await toldOf('eve');
    expect(story).toMatchObject({ name: hostile.repeat(50), suppression: { words: hostile } });
    expect(prose).toContain('red');
    for (const shown of [prose, storyJson(story)]) {
      expect(shown.split('\n').join('')).not.toMatch(HARMFUL);
    }
    expect(Math.max(...prose.split('\n').map((line) => line.length))).toBeLessThan(700);
    expect(JSON.parse(storyJson(story))).toMatchObject({ name: hostile.repeat(50) });
  });
});
