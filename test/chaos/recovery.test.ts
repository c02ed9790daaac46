import { expect, test } from 'vitest';
import type { ChaosEvent, Evidence, LedgerReader } from './evidence.ts';
import { mailsAfterRedis, percentile, recoveryOf } from './recovery.ts';
import type { SmtpRecord } from './smtp-record.ts';

const ANN = 'ann@example.com';
const BEN = 'ben@example.com';

let began = 0;
const mail = (at: number, to: string, client: string, more: Partial<SmtpRecord> = {}): SmtpRecord => ({
  began: began++,
  ended: began++,
  mailAt: at,
  endedAt: at + 5,
  client,
  connection: 1,
  from: '',
  to: [to],
  stage: 'body',
  fate: 'taken',
  ...more,
});

const kill = (at: number, worker: string): ChaosEvent => ({ kind: 'kill', at, worker, signal: 'SIGKILL' });

const orphans = (
  killedAt: number,
  worker: string,
  ...claims: [reader: string, token: string][]
): ChaosEvent => ({
  kind: 'orphans',
  at: killedAt + 3_600,
  worker,
  killedAt,
  claims: claims.map(([reader, token]) => ({ reader, token })),
});

const reader = (address: string): LedgerReader => ({
  id: address,
  address,
  membership: 'active',
  history: {},
  uncertain: {},
});

const evidence = (mails: SmtpRecord[], events: ChaosEvent[]): Evidence => ({
  series: 'tides',
  issues: [],
  audience: [],
  mails,
  events,
  ledger: { readers: [ANN, BEN].map(reader), counts: {} },
});

test('what a dead worker had claimed waits until somebody begins it', () => {
  const mails = [mail(500, ANN, 'w0-1'), mail(9_000, ANN, 'w1-1'), mail(20_000, ANN, 'w1-1')];
  const events = [kill(1_000, 'w0-1'), orphans(1_000, 'w0-1', [ANN, '7'])];
  expect(recoveryOf(evidence(mails, events))).toEqual({ waits: [8_000], never: 0 });
});

test('what was going over is known from the server, without the ledger', () => {
  const cut = mail(995, BEN, 'w0-1', { fate: 'cut', stage: 'data', endedAt: 1_001 });
  const events = [kill(1_000, 'w0-1')];
  expect(recoveryOf(evidence([cut, mail(13_000, BEN, 'w0-2')], events)).waits).toEqual([12_000]);
  expect(recoveryOf(evidence([cut], events))).toEqual({ waits: [], never: 1 });
});

test('a wait ends with the death of the next one who claimed it, and begins anew', () => {
  const events = [
    kill(1_000, 'w0-1'),
    orphans(1_000, 'w0-1', [ANN, '7']),
    kill(9_000, 'w1-1'),
    orphans(9_000, 'w1-1', [ANN, '8']),
  ];
  expect(recoveryOf(evidence([mail(16_000, ANN, 'w0-2')], events)).waits).toEqual([7_000, 8_000]);
});

test('an orphan that is found after two kills counts from the first, once', () => {
  const events = [
    kill(1_000, 'w0-1'),
    orphans(1_000, 'w0-1', [ANN, '7']),
    kill(2_000, 'w1-1'),
    orphans(2_000, 'w1-1', [ANN, '7']),
  ];
  expect(recoveryOf(evidence([mail(9_000, ANN, 'w0-2')], events)).waits).toEqual([8_000]);
});

test('what a mail server cut long before the kill is no orphan', () => {
  const cut = mail(100, BEN, 'w0-1', { fate: 'cut', fault: 'dropMidData' });
  expect(recoveryOf(evidence([cut], [kill(1_000, 'w0-1')]))).toEqual({ waits: [], never: 0 });
});

test('the first mail after Redis is back', () => {
  const events: ChaosEvent[] = [
    { kind: 'redisKill', at: 1_000 },
    { kind: 'redisBack', at: 1_300 },
  ];
  expect(mailsAfterRedis(evidence([mail(1_100, ANN, 'w0-1'), mail(2_000, ANN, 'w0-1')], events))).toEqual([
    700,
  ]);
});

test.each([
  [0.5, 2],
  [0.99, 4],
  [1, 4],
  [0.25, 1],
])('percentile %s of four is %s', (share, value) => {
  expect(percentile([1, 2, 3, 4], share)).toBe(value);
});
