import { expect, test } from 'vitest';
import { drawPart } from './drawn-part.ts';

const PAYLOADS = 70;
const CARRIERS = 74;
const pairs = Array.from({ length: PAYLOADS * CARRIERS }, (_, at): [number, number] => [
  at % PAYLOADS,
  Math.floor(at / PAYLOADS),
]);

test('the parts are the whole, each pair in one of them', () => {
  const parts = ['0', '1', '2', '3', '4', '5'].map((part) => drawPart(6, part));
  for (const [payload, carrier] of pairs) {
    expect(parts.filter(({ isIn }) => isIn(payload, carrier))).toHaveLength(1);
  }
});

test('a part has every payload and every carrier many times', () => {
  const drawn = pairs.filter(([payload, carrier]) => drawPart(6, '2').isIn(payload, carrier));
  for (let payload = 0; payload < PAYLOADS; payload++)
    expect(drawn.filter(([one]) => one === payload).length).toBeGreaterThan(10);
  for (let carrier = 0; carrier < CARRIERS; carrier++)
    expect(drawn.filter(([, one]) => one === carrier).length).toBeGreaterThan(10);
});

test.each(['6', '-1', '', 'x'])('there is no part %j', (asked) => {
  expect(() => drawPart(6, asked)).toThrow('HOSTILE_PART');
});
