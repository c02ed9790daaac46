import { describe, expect, test } from 'vitest';
import { SendMeter } from '../../src/actions/send-meter.ts';
import type { Delivery } from '../../src/domain/delivery.ts';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { BUCKETS_S, bucketOf } from '../../src/domain/send-times.ts';

const to = (address: string, issue = 'one') =>
  ({ series: 'garden', issue, address: address as EmailAddress }) as Delivery;

describe('a meter', () => {
  test('has nothing before anything was sent, nor after it was asked', () => {
    const meter = new SendMeter();
    expect(meter.take()).toBeUndefined();
    meter.note(to('ash@example.com'), 5);
    expect(meter.take()).toBeDefined();
    expect(meter.take()).toBeUndefined();
  });

  test('sums up by issue and domain', () => {
    const meter = new SendMeter();
    meter.note(to('ash@example.com'), 1_000);
    meter.note(to('bay@example.com'), 3_000);
    meter.note(to('elm@example.net'), 250);
    meter.note(to('elm@example.net', 'two'), 250);
    expect(meter.take()).toMatchObject({
      times: { count: 4, seconds: 4.5 },
      issues: [
        {
          issue: 'one',
          domains: [
            { domain: 'example.com', count: 2, seconds: 4 },
            { domain: 'example.net', count: 1, seconds: 0.25 },
          ],
        },
        { issue: 'two', domains: [{ domain: 'example.net', count: 1, seconds: 0.25 }] },
      ],
    });
  });

  test('tells no more than two hundred domains of an issue apart', () => {
    const meter = new SendMeter();
    for (let i = 0; i < 1_000; i++) meter.note(to(`ash@d${i}.example`), 1);
    const domains = meter.take()?.issues[0]?.domains ?? [];
    expect(domains).toHaveLength(201);
    expect(domains.at(-1)).toMatchObject({ domain: '*', count: 800 });
  });
});

test.each([
  [0, 0],
  [0.005, 0],
  [0.0051, 1],
  [60, BUCKETS_S.length - 1],
  [60.1, BUCKETS_S.length],
])('%d seconds belong into bucket %d', (seconds, bucket) => {
  expect(bucketOf(seconds)).toBe(bucket);
});
