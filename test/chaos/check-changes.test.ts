import { describe, expect, test } from 'vitest';
import type { ChangesEvidence } from './changes-evidence.ts';
import { checkChanges } from './check-changes.ts';
import type { Invariant } from './checker.ts';
import type { LedgerReader } from './evidence.ts';
import type { Joined, Operation, Scheduled } from './operations.ts';
import type { SmtpRecord } from './smtp-record.ts';

const SERIES = 'tides';
const ANN = 'ann@example.com';
const BEN = 'ben@example.com';
const S = 1_000;

/** Seconds after the beginning; most of what happens takes no time. */
const at = (seconds: number) => ({ began: seconds * S, acked: seconds * S });

function mail(seconds: number, issue: string, reader: string, more: Partial<SmtpRecord> = {}): SmtpRecord {
  return {
    began: seconds,
    ended: seconds + 0.5,
    mailAt: seconds * S,
    endedAt: seconds * S + 5,
    client: 'w0-1',
    connection: 1,
    from: 'harbour@example.com',
    to: [reader],
    stage: 'body',
    fate: 'taken',
    sha256: `${issue} for ${reader}`,
    messageId: `<${issue}.${reader}>`,
    subject: `High ${issue} v1`,
    headerTo: reader,
    mark: `${SERIES}/${issue}`,
    ...more,
  };
}

/** A try that came to nothing. */
const tried = (seconds: number, reader: string, fate: 'deferred' | 'refused' | 'cut'): SmtpRecord => {
  const {
    mark: _,
    subject: __,
    sha256: ___,
    messageId: ____,
    headerTo: _____,
    ...rest
  } = mail(seconds, '', reader);
  return { ...rest, fate, stage: 'rcpt' };
};

function reader(address: string, more: Partial<LedgerReader> = {}): LedgerReader {
  const history = { one: 'accepted 1', two: 'accepted 2' };
  return { id: address, address, membership: 'active 1', history, uncertain: {}, place: '@end', ...more };
}

const scheduled = (seconds: number, live: string, more: Partial<Scheduled> = {}): Scheduled => {
  const versions = live.split(' ').map((word) => word.split('='));
  return {
    kind: 'scheduled',
    ...at(seconds),
    outcome: 'scheduled',
    order: versions.map(([issue = '']) => issue),
    live: Object.fromEntries(versions.map(([issue = '', version = '1']) => [issue, Number(version)])),
    state: 'running',
    ...more,
  };
};
const state = (seconds: number, to: 'running' | 'paused' | 'cancelled'): Operation => ({
  kind: 'state',
  ...at(seconds),
  state: to,
});
const left = (seconds: number, who: string, how: 'unsubscribed' | 'erased' = 'unsubscribed'): Operation => ({
  kind: 'left',
  ...at(seconds),
  reader: who,
  how,
});
const joined = (seconds: number, who: string, result: Joined['result'], position?: string): Operation => ({
  kind: 'joined',
  ...at(seconds),
  reader: who,
  result,
  ...(position !== undefined && { position }),
});
const wished = (seconds: number, wish: 'pause' | 'resume' | 'pace' | 'own-pace'): Operation => ({
  kind: 'wished',
  ...at(seconds),
  reader: ANN,
  wish,
  answer: wish === 'pause' ? 'paused' : 'set',
});
const NONE = { added: 0, known: 0, rejoined: 0, left: 0, suppressed: 0 };
const imported = (seconds: number, counts: Partial<typeof NONE>, isAgain = false): Operation => ({
  kind: 'imported',
  ...at(seconds),
  readers: [ANN],
  counts: { ...NONE, ...counts },
  isAgain,
});

interface Flaw {
  readonly mails?: readonly SmtpRecord[];
  /** After the first `schedule`. */
  readonly operations?: readonly Operation[];
  readonly readers?: readonly LedgerReader[];
  readonly counts?: ChangesEvidence['counts'];
  readonly standings?: ChangesEvidence['standings'];
  readonly leftovers?: ChangesEvidence['leftovers'];
}

const ALL = [mail(1, 'one', ANN), mail(2, 'one', BEN), mail(30, 'two', ANN), mail(31, 'two', BEN)];
const [ANN1, BEN1, ANN2, BEN2] = ALL as [SmtpRecord, SmtpRecord, SmtpRecord, SmtpRecord];
const READERS = [reader(ANN), reader(BEN)];

/** Two readers of two issues, half a minute apart; without a flaw, but for what is given. */
function send({ mails = ALL, operations = [], readers = READERS, ...more }: Flaw): ChangesEvidence {
  const active = readers.filter(({ membership }) => membership.startsWith('active'));
  return {
    series: SERIES,
    audience: [ANN, BEN],
    mails,
    operations: [scheduled(0, 'one two'), ...operations],
    readers,
    counts: { '': { joined: active.length, ended: 0 }, ...more.counts },
    standings: more.standings ?? active.map(({ id, place = '' }) => ({ id, place })),
    leftovers: more.leftovers ?? [],
    connections: 1,
  };
}

const GONE = reader(ANN, { membership: 'ended 1 unsubscribed', history: { one: 'accepted 1' } });
const DOUBTED = reader(ANN, { uncertain: { two: 1 } });
const WITH_NEW = { one: 'accepted 1', new: 'accepted 1', two: 'accepted 2' };

describe('nothing is found in', () => {
  test.each<[string, Flaw]>([
    ['a send in which nothing changes', {}],
    [
      'one more copy of a doubtful mail',
      { mails: [...ALL, mail(33, 'two', ANN)], readers: [DOUBTED, reader(BEN)] },
    ],
    [
      'a mail on its way when its reader left',
      {
        operations: [left(29, ANN)],
        mails: ALL,
        readers: [{ ...GONE, history: READERS[0]!.history }, reader(BEN)],
      },
    ],
    [
      'one who left, came back and has the rest',
      { operations: [left(10, ANN), joined(20, ANN, 'rejoined')] },
    ],
    [
      'one who was erased, came back and began anew',
      {
        operations: [left(10, ANN, 'erased'), joined(20, ANN, 'added')],
        mails: [...ALL, mail(25, 'one', ANN, { sha256: 'other' })],
        leftovers: [{ reader: ANN, where: 'a key' }],
      },
    ],
    [
      'an erased reader of whom nothing is left',
      { operations: [left(10, ANN, 'erased')], mails: [ANN1, BEN1, BEN2], readers: [reader(BEN)] },
    ],
    ['a pause between two mails', { operations: [state(10, 'paused'), state(29, 'running')] }],
    ['a mail on its way in a pause', { operations: [state(1.5, 'paused'), state(29, 'running')] }],
    [
      'a cancelled series that was scheduled anew',
      { operations: [state(10, 'cancelled'), scheduled(29, 'one two')] },
    ],
    ['a reader on a break', { operations: [wished(10, 'pause'), wished(29, 'resume')] }],
    ['one issue under way when its reader chose a pace', { operations: [wished(29, 'pace')] }],
    [
      'an issue put in that one reader is past, and the other gets',
      {
        operations: [scheduled(30.5, 'one new two')],
        mails: [ANN1, BEN1, ANN2, mail(32, 'new', BEN), mail(33, 'two', BEN)],
        readers: [reader(ANN), reader(BEN, { history: WITH_NEW })],
      },
    ],
    [
      'an issue put in that a reader is past by name',
      {
        operations: [joined(1, 'eve@example.com', 'added', 'two'), scheduled(3, 'one=2 two')],
        mails: [...ALL, mail(32, 'two', 'eve@example.com')],
        readers: [...READERS, reader('eve@example.com', { history: { two: 'accepted 2' } })],
      },
    ],
    [
      'an edit between two readers',
      {
        operations: [scheduled(30.5, 'one two=2')],
        mails: [ANN1, BEN1, ANN2, { ...BEN2, subject: 'High two v2' }],
      },
    ],
    ['a batch claimed just before an edit', { operations: [scheduled(29, 'one two=2')] }],
    [
      'a version kept from the first try',
      {
        operations: [scheduled(5, 'one two=2')],
        mails: [...ALL.slice(0, 2), tried(4, ANN, 'deferred'), ANN2, { ...BEN2, subject: 'High two v2' }],
      },
    ],
    [
      'an issue refused for good',
      {
        mails: [ANN1, BEN1, BEN2, tried(30, ANN, 'refused')],
        readers: [reader(ANN, { history: { one: 'accepted 1', two: 'rejected 2 full' } }), reader(BEN)],
      },
    ],
    [
      'two issues that changed places before anybody had either',
      {
        operations: [
          state(3, 'paused'),
          scheduled(4, 'one three two', { state: 'paused' }),
          state(8, 'running'),
        ],
        mails: [ANN1, BEN1, ...[ANN, BEN].flatMap((who) => [mail(30, 'three', who), mail(31, 'two', who)])],
        readers: READERS.map((one) => ({ ...one, history: { ...one.history, three: 'accepted 2' } })),
      },
    ],
    ['a file read twice', { operations: [imported(5, { known: 1 }), imported(6, { known: 1 }, true)] }],
  ])('%s', (_, flaw) => {
    expect(checkChanges(send(flaw))).toEqual([]);
  });
});

describe('is found:', () => {
  test.each<[Invariant, string, Flaw]>([
    ['phantom', 'a mail to a stranger', { mails: [...ALL, mail(5, 'one', 'eve@example.com')] }],
    [
      'phantom',
      'a mail before its reader was in',
      {
        operations: [joined(9, 'eve@example.com', 'added')],
        mails: [...ALL, mail(5, 'one', 'eve@example.com')],
      },
    ],
    ['phantom', 'a mail that is no issue', { mails: [...ALL, mail(40, 'three', ANN)] }],
    ['envelope', 'two readers in one message', { mails: [...ALL.slice(0, 3), { ...BEN2, to: [BEN, ANN] }] }],
    [
      'envelope',
      'a letter in the wrong envelope',
      { mails: [...ALL.slice(0, 3), { ...BEN2, headerTo: ANN }] },
    ],
    [
      'consent',
      'a mail long after its reader left',
      { operations: [left(10, ANN)], readers: [GONE, reader(BEN)] },
    ],
    [
      'consent',
      'a try long after its reader left',
      {
        operations: [left(10, ANN)],
        mails: [ANN1, BEN1, BEN2, tried(30, ANN, 'cut')],
        readers: [GONE, reader(BEN)],
      },
    ],
    [
      'consent',
      'two mails at once after leaving',
      {
        operations: [left(0.5, ANN)],
        mails: [ANN1, BEN1, { ...ANN2, mailAt: 1_100 }, BEN2],
        readers: [GONE, reader(BEN)],
      },
    ],
    [
      'consent',
      'a mail to an erased reader',
      { operations: [left(10, ANN, 'erased')], readers: [reader(BEN)] },
    ],
    ['consent', 'a reader who has left and is in', { operations: [left(32, ANN)] }],
    [
      'consent',
      'an import that brings back who left',
      { operations: [left(32, ANN), imported(40, { rejoined: 1 })] },
    ],
    ['consent', 'a mail in a pause', { operations: [state(10, 'paused'), state(40, 'running')] }],
    [
      'consent',
      'a mail of a cancelled series',
      { operations: [state(10, 'cancelled'), scheduled(40, 'one two')] },
    ],
    ['consent', 'a mail during a break', { operations: [wished(10, 'pause'), wished(40, 'resume')] }],
    ['gap', 'two issues at a pace of an hour', { operations: [wished(0.5, 'pace')] }],
    ['order', 'the second issue before the first', { mails: [BEN1, BEN2, { ...ANN2, mailAt: 500 }, ANN1] }],
    [
      'order',
      'an issue put in, sent to who was past it',
      {
        operations: [scheduled(35, 'one new two')],
        mails: [...ALL, mail(40, 'new', ANN)],
        readers: [reader(ANN, { history: WITH_NEW }), reader(BEN)],
      },
    ],
    ['repeats', 'a second copy that nobody recorded', { mails: [...ALL, mail(33, 'two', ANN)] }],
    [
      'repeats',
      'what was sent again to one who came back',
      { operations: [left(10, ANN), joined(20, ANN, 'rejoined')], mails: [...ALL, mail(25, 'one', ANN)] },
    ],
    [
      'bytes',
      'a copy with other bytes',
      { mails: [...ALL, mail(33, 'two', ANN, { sha256: 'other' })], readers: [DOUBTED, reader(BEN)] },
    ],
    [
      'bytes',
      'a copy with another Message-ID',
      { mails: [...ALL, mail(33, 'two', ANN, { messageId: '<other>' })], readers: [DOUBTED, reader(BEN)] },
    ],
    [
      'bytes',
      'one Message-ID for two readers',
      { mails: [...ALL.slice(0, 3), { ...BEN2, messageId: ANN2.messageId! }] },
    ],
    ['content', 'a version replaced long ago', { operations: [scheduled(5, 'one two=2')] }],
    [
      'content',
      'a version that is not scheduled yet',
      {
        operations: [scheduled(40, 'one two=2')],
        mails: [ANN1, BEN1, BEN2, { ...ANN2, subject: 'High two v2' }],
      },
    ],
    [
      'content',
      'an issue taken out long ago',
      { operations: [scheduled(5, 'one', { order: ['one', 'two'] })] },
    ],
    ['content', 'a mail without a version', { mails: [ANN1, BEN1, BEN2, { ...ANN2, subject: 'High two' }] }],
    ['loss', 'an issue that never came', { mails: ALL.slice(0, 3) }],
    [
      'loss',
      'an issue put in ahead of somebody who never got it',
      { operations: [scheduled(5, 'one new two')] },
    ],
    [
      'loss',
      'an issue put back ahead of somebody who never got it',
      {
        operations: [scheduled(3, 'one', { order: ['one', 'two'] }), scheduled(5, 'one two')],
        mails: ALL.slice(0, 3),
      },
    ],
    [
      'loss',
      'the last issue for one who came back',
      { operations: [left(10, ANN), joined(20, ANN, 'rejoined')], mails: [ANN1, BEN1, BEN2] },
    ],
    [
      'loss',
      'an issue behind the one a reader was put before by name',
      {
        operations: [joined(20, 'eve@example.com', 'added', 'one')],
        readers: [...READERS, reader('eve@example.com', { history: {} })],
        mails: [...ALL, mail(30, 'one', 'eve@example.com')],
      },
    ],
    ['loss', 'a reader who is gone without having left', { readers: [reader(ANN)] }],
    ['ledger', 'accepted, and no copy', { mails: ALL.slice(0, 3) }],
    [
      'ledger',
      'a copy the ledger knows nothing of',
      { readers: [reader(ANN, { history: { one: 'accepted 1' } }), reader(BEN)] },
    ],
    [
      'ledger',
      'a claim that is never settled',
      { readers: [reader(ANN, { claim: 'submitting' }), reader(BEN)] },
    ],
    [
      'ledger',
      'one who stands at two places',
      {
        standings: [
          { id: ANN, place: '@end' },
          { id: ANN, place: 'two' },
          { id: BEN, place: '@end' },
        ],
      },
    ],
    [
      'ledger',
      'nobody in particular who stands somewhere',
      { standings: [ANN, BEN, 'eve'].map((id) => ({ id, place: '@end' })) },
    ],
    [
      'ledger',
      'the same file once more, and somebody new',
      { operations: [imported(5, { added: 1 }, true)] },
    ],
    ['liveness', 'one who stands still', { readers: [reader(ANN, { place: 'two' }), reader(BEN)] }],
    ['liveness', 'one who stands nowhere', { standings: [{ id: BEN, place: '@end' }] }],
    ['counts', 'one who came and is not accounted for', { counts: { one: { entered: 3, accepted: 2 } } }],
    ['counts', 'an issue that was taken out and does not add up', { counts: { old: { entered: 1 } } }],
    ['counts', 'more accepted than there are copies', { counts: { one: { entered: 3, accepted: 3 } } }],
    ['counts', 'fewer accepted than readers who have it', { counts: { one: { entered: 1, accepted: 1 } } }],
    ['counts', 'more who joined than there are', { counts: { '': { joined: 3, ended: 0 } } }],
    [
      'counts',
      'a status that did not add up in between',
      { operations: [{ kind: 'told', ...at(5), counts: { one: { audience: 2, waiting: 1 } } }] },
    ],
    [
      'erasure',
      'the address of an erased reader',
      {
        operations: [left(10, ANN, 'erased')],
        mails: [ANN1, BEN1, BEN2],
        readers: [reader(BEN)],
        leftovers: [{ reader: ANN, where: 'a key' }],
      },
    ],
    [
      'erasure',
      'the record of an erased reader',
      {
        operations: [left(10, ANN, 'erased')],
        mails: [ANN1, BEN1, BEN2],
        readers: [{ ...GONE }, reader(BEN)],
      },
    ],
  ])('%s: %s', (invariant, _, flaw) => {
    const found = checkChanges(send(flaw)).map((violation) => violation.invariant);
    expect(found).toContain(invariant);
  });
});
