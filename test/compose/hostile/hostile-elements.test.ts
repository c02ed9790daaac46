import { expect, test } from 'vitest';
import { CARRIERS } from './carriers.ts';
import { describeHostile } from './describe-hostile.ts';
import { ELEMENTS, PAYLOADS } from './payloads.ts';

test('there are over five thousand ways to try', () => {
  expect(PAYLOADS.length * Object.keys(CARRIERS).length).toBeGreaterThan(5_000);
});

describeHostile(ELEMENTS);
