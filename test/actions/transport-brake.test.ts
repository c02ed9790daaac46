import { expect, test } from 'vitest';
import { TransportBrake } from '../../src/actions/transport-brake.ts';
import type { Judgement } from '../../src/domain/delivery.ts';

const unavailable: Judgement = { kind: 'unavailable', reason: 'refused' };

function brakeAt() {
  let now = 0;
  const brake = new TransportBrake(() => now);
  return { brake, pass: (ms: number) => (now += ms) };
}

test('a server that is not there is tried again after 1, 2, 4 … seconds, a minute at most', () => {
  const { brake, pass } = brakeAt();
  const waits = Array.from({ length: 8 }, () => {
    const wait = brake.note(unavailable);
    expect(brake.isOn).toBe(true);
    pass(wait);
    expect(brake.isOn).toBe(false);
    return wait / 1_000;
  });
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
});

test('mails that fail together are one failure', () => {
  const { brake } = brakeAt();
  expect([brake.note(unavailable), brake.note(unavailable), brake.note(unavailable)]).toEqual([1_000, 0, 0]);
});

test('an answer about a mail shows that the server is back', () => {
  const { brake, pass } = brakeAt();
  pass(brake.note(unavailable));
  pass(brake.note(unavailable));
  expect(brake.note({ kind: 'deferred', reason: '450' })).toBe(0);
  expect(brake.note(unavailable)).toBe(1_000);
});

test('a server that will not have us is left alone for five minutes; one that will not have a series is not', () => {
  const { brake } = brakeAt();
  expect(brake.note({ kind: 'senderFault', scope: 'series', reason: '550' })).toBe(0);
  expect(brake.note({ kind: 'senderFault', scope: 'transport', reason: '535' })).toBe(300_000);
});
