import { describe, expect, test } from 'vitest';
import { check, type Invariant } from './checker.ts';
import type { ChaosEvent, Evidence, LedgerReader } from './evidence.ts';
import type { SmtpRecord } from './smtp-record.ts';

const SERIES = 'tides';
const ISSUES = ['one', 'two'];
const ANN = 'ann@example.com';
const BEN = 'ben@example.com';

/** A message the server has taken, `nth` among all; each takes one count to begin and one to end. */
function mail(nth: number, issue: string, reader: string, more: Partial<SmtpRecord> = {}): SmtpRecord {
  return {
    began: 2 * nth,
    ended: 2 * nth + 1,
    mailAt: 1_000 * nth,
    endedAt: 1_000 * nth + 5,
    client: 'w0-1',
    connection: 1,
    from: 'harbour@example.com',
    to: [reader],
    stage: 'body',
    fate: 'taken',
    sha256: `${issue} for ${reader}`,
    messageId: `<${issue}.${reader}>`,
    subject: `Issue ${issue}`,
    headerTo: reader,
    mark: `${SERIES}/${issue}`,
    ...more,
  };
}

function reader(address: string, more: Partial<LedgerReader> = {}): LedgerReader {
  return {
    id: `id of ${address}`,
    address,
    membership: 'active 1',
    history: { one: 'accepted 1', two: 'accepted 2' },
    uncertain: {},
    place: '@end',
    ...more,
  };
}

const ALL = [mail(1, 'one', ANN), mail(2, 'one', BEN), mail(3, 'two', ANN), mail(4, 'two', BEN)];
const COUNTS = { entered: 2, accepted: 2 };

/** A send without a flaw, but for what is given. */
function send({ mails = ALL, events = [], readers = [reader(ANN), reader(BEN)], ...more }: Flaw): Evidence {
  const counts = { one: COUNTS, two: COUNTS, ...more.counts };
  return {
    series: SERIES,
    issues: ISSUES,
    audience: [ANN, BEN],
    mails,
    events,
    ledger: { readers, counts },
    connections: 2,
    onUncertain: more.onUncertain ?? 'resend',
  };
}

interface Flaw {
  readonly mails?: readonly SmtpRecord[];
  readonly events?: readonly ChaosEvent[];
  readonly readers?: readonly LedgerReader[];
  readonly counts?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly onUncertain?: 'resend' | 'hold';
}

const found = (flaw: Flaw): Invariant[] => [...new Set(check(send(flaw)).map(({ invariant }) => invariant))];

const stop = (worker: string, from: number, until: number): ChaosEvent[] => [
  { kind: 'stop', at: from, worker },
  { kind: 'continue', at: until, worker },
];

describe('nothing is found in', () => {
  test.each<[string, Flaw]>([
    ['a send without a flaw', {}],
    [
      'one more copy of a doubtful mail',
      {
        mails: [...ALL, mail(5, 'two', ANN)],
        readers: [reader(ANN, { uncertain: { two: 1 } }), reader(BEN)],
      },
    ],
    [
      'an issue refused for good, with the next one after it',
      {
        mails: [mail(1, 'one', ANN, { fate: 'refused', mark: '' }), ...ALL.slice(1)],
        readers: [reader(ANN, { history: { one: 'rejected 1 full', two: 'accepted 2' } }), reader(BEN)],
        counts: { one: { entered: 2, accepted: 1, rejected: 1 } },
      },
    ],
    [
      'a reader who is no more',
      {
        mails: [mail(1, 'one', ANN, { fate: 'refused', mark: '' }), ALL[1]!, ALL[3]!],
        readers: [
          reader(ANN, { history: { one: 'rejected 1 gone' }, membership: 'ended 1 rejected' }),
          reader(BEN),
        ],
        counts: { one: { entered: 2, accepted: 1, rejected: 1 }, two: { entered: 1, accepted: 1 } },
      },
    ],
    [
      'a doubtful mail that is held, with what is behind it',
      {
        mails: ALL.filter(({ to, mark }) => !(to[0] === ANN && mark === 'tides/two')),
        readers: [
          reader(ANN, { held: 'one', history: { one: 'held 1' }, uncertain: { one: 1 } }),
          reader(BEN),
        ],
        counts: { one: { entered: 2, accepted: 1, held: 1 }, two: { entered: 1, accepted: 1 } },
        onUncertain: 'hold',
      },
    ],
    [
      'a mail under way when its reader left',
      { events: [{ kind: 'unsubscribed', at: 2_500, address: ANN }] },
    ],
    [
      'the same, and they were counted as having left before it was on record',
      {
        events: [{ kind: 'unsubscribed', at: 2_500, address: ANN }],
        readers: [reader(ANN, { membership: 'ended 2 unsubscribed' }), reader(BEN)],
        counts: { two: { entered: 2, accepted: 1, left: 1 } },
      },
    ],
    [
      'a doubt whose reader has left',
      {
        mails: ALL.filter(({ to, mark }) => !(to[0] === ANN && mark === 'tides/two')),
        events: [{ kind: 'unsubscribed', at: 2_500, address: ANN }],
        readers: [
          reader(ANN, {
            membership: 'ended 2 unsubscribed',
            history: { one: 'accepted 1' },
            uncertain: { two: 1 },
            claim: 'uncertain',
          }),
          reader(BEN),
        ],
        counts: { two: { entered: 2, accepted: 1, left: 1 } },
      },
    ],
    ['a stopped worker whose claims nobody took', { events: stop('w0-1', 3_001, 3_003) }],
  ])('%s', (_, flaw) => {
    expect(check(send(flaw))).toEqual([]);
  });
});

describe('is found:', () => {
  test.each<[Invariant, string, Flaw]>([
    ['loss', 'an issue that never came, though the ledger says so', { mails: ALL.slice(0, 3) }],
    [
      'loss',
      'an issue that nobody wrote anything about',
      { mails: ALL.slice(0, 3), readers: [reader(ANN), reader(BEN, { history: { one: 'accepted 1' } })] },
    ],
    ['loss', 'a reader whom the ledger has forgotten', { readers: [reader(ANN)] }],
    ['phantom', 'a mail to a stranger', { mails: [...ALL, mail(5, 'one', 'eve@example.com')] }],
    ['phantom', 'a mail that is no issue', { mails: [...ALL, mail(5, 'three', ANN)] }],
    [
      'order',
      'the second issue before the first',
      { mails: [ALL[1]!, ALL[3]!, mail(5, 'two', ANN), mail(6, 'one', ANN)] },
    ],
    [
      'order',
      'the second issue begun before the first was taken',
      { mails: [mail(1, 'one', ANN, { ended: 6.5 }), ...ALL.slice(1)] },
    ],
    ['repeats', 'a second copy that nobody recorded', { mails: [...ALL, mail(5, 'two', ANN)] }],
    [
      'repeats',
      'more copies than doubts',
      {
        mails: [...ALL, mail(5, 'two', ANN), mail(6, 'two', ANN)],
        readers: [reader(ANN, { uncertain: { two: 1 } }), reader(BEN)],
      },
    ],
    [
      'repeats',
      'a second copy despite "hold"',
      {
        mails: [...ALL, mail(5, 'two', ANN)],
        readers: [reader(ANN, { uncertain: { two: 1 } }), reader(BEN)],
        onUncertain: 'hold',
      },
    ],
    [
      'repeats',
      'more mails of one worker in doubt than it can have under way',
      {
        mails: [...ALL, ...Array.from({ length: 7 }, (_, n) => mail(5 + n, 'two', ANN))],
        readers: [reader(ANN, { uncertain: { two: 7 } }), reader(BEN)],
      },
    ],
    [
      'bytes',
      'a copy with other bytes',
      {
        mails: [...ALL, mail(5, 'two', ANN, { sha256: 'other' })],
        readers: [reader(ANN, { uncertain: { two: 1 } }), reader(BEN)],
      },
    ],
    [
      'bytes',
      'a copy with another Message-ID',
      {
        mails: [...ALL, mail(5, 'two', ANN, { messageId: '<other>' })],
        readers: [reader(ANN, { uncertain: { two: 1 } }), reader(BEN)],
      },
    ],
    [
      'bytes',
      'one Message-ID for two readers',
      { mails: [...ALL.slice(0, 3), mail(4, 'two', BEN, { messageId: `<two.${ANN}>` })] },
    ],
    [
      'envelope',
      'two readers in one message',
      { mails: [...ALL.slice(0, 3), mail(4, 'two', BEN, { to: [BEN, ANN] })] },
    ],
    [
      'envelope',
      'a letter in the wrong envelope',
      { mails: [...ALL.slice(0, 3), mail(4, 'two', BEN, { headerTo: ANN })] },
    ],
    [
      'consent',
      'a mail long after its reader left',
      { events: [{ kind: 'unsubscribed', at: 900, address: ANN }] },
    ],
    [
      'content',
      'two contents under one issue',
      { mails: [...ALL.slice(0, 3), mail(4, 'two', BEN, { subject: 'Draft' })] },
    ],
    [
      'fencing',
      'a message handed over with a claim that another worker has',
      {
        mails: [
          ...ALL.slice(0, 3),
          mail(4, 'two', BEN, { endedAt: 9_000 }),
          mail(5, 'two', BEN, { client: 'w1-1' }),
        ],
        readers: [reader(ANN), reader(BEN, { uncertain: { two: 1 } })],
        events: stop('w0-1', 4_001, 8_000),
      },
    ],
    ['ledger', 'accepted by the ledger, and no copy anywhere', { mails: ALL.slice(0, 3) }],
    [
      'ledger',
      'a copy the ledger knows nothing of',
      {
        readers: [reader(ANN), reader(BEN, { history: { one: 'accepted 1' } })],
        counts: { two: { entered: 2, accepted: 1, left: 1 } },
      },
    ],
    [
      'ledger',
      'a claim that is never settled',
      { readers: [reader(ANN), reader(BEN, { claim: 'submitting' })] },
    ],
    [
      'ledger',
      'a doubt that is never settled',
      { readers: [reader(ANN), reader(BEN, { claim: 'uncertain', uncertain: { two: 1 } })] },
    ],
    ['counts', 'a reader who is not accounted for', { counts: { two: { entered: 3, accepted: 2 } } }],
    ['counts', 'counters that say more than the readers', { counts: { two: { entered: 3, accepted: 3 } } }],
    [
      'counts',
      'counters that say less than the readers who are there',
      { counts: { two: { entered: 2, accepted: 1, skipped: 1 } } },
    ],
    ['counts', 'a held mail that is in no list', { counts: { two: { entered: 3, accepted: 2, held: 1 } } }],
    [
      'limits',
      'more mails at once than connections',
      {
        mails: [
          mail(1, 'one', ANN, { began: 0.1, ended: 5 }),
          mail(2, 'one', BEN, { began: 0.2, ended: 5.1 }),
          mail(3, 'two', ANN, { began: 0.3, ended: 6.9 }),
          ALL[3]!,
        ],
      },
    ],
  ])('%s: %s', (invariant, _, flaw) => {
    expect(found(flaw)).toContain(invariant);
  });
});

test('a sender without a ledger is judged by what the server has', () => {
  const { ledger: _, ...evidence } = send({ mails: [...ALL.slice(1), mail(5, 'one', ANN)] });
  expect(check(evidence).map(({ invariant }) => invariant)).toEqual(['order']);
  expect(check({ ...evidence, mails: ALL.slice(1) }).map(({ invariant }) => invariant)).toEqual([
    'loss',
    'order',
  ]);
});
