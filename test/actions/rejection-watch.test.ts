import { expect, test } from 'vitest';
import { RejectionWatch } from '../../src/actions/rejection-watch.ts';
import type { Judgement } from '../../src/domain/delivery.ts';
import type { SeriesId } from '../../src/domain/series.ts';

const garden = 'garden' as SeriesId;
const rejected: Judgement = { kind: 'rejected', suppress: true, reason: '550 account suspended' };

/** How many refusals in a row are believed before the sender is blamed. */
function believed(watch: RejectionWatch): number {
  for (let count = 0; ; count++) if (watch.weigh(garden, rejected).kind === 'senderFault') return count;
}

test('ten readers refused in a row are our fault, and not the tenth reader’s', () => {
  const watch = new RejectionWatch();
  expect(believed(watch)).toBe(9);
});

test('an acceptance in between shows that it was about the readers', () => {
  const watch = new RejectionWatch();
  for (let count = 0; count < 50; count++) {
    expect(watch.weigh(garden, rejected).kind).toBe('rejected');
    if (count % 5 === 0) watch.weigh(garden, { kind: 'accepted' });
  }
});

test('who resumes all the same gets twice as far each time', () => {
  const watch = new RejectionWatch();
  expect([believed(watch), believed(watch), believed(watch)]).toEqual([9, 19, 39]);
});

test('whoever was under way when the alarm was given does not pay; whoever begins after it does', () => {
  const watch = new RejectionWatch();
  const before = performance.now();
  believed(watch);
  expect(watch.weigh(garden, rejected, before)).toEqual({
    kind: 'deferred',
    reason: '550 account suspended',
  });
  expect(watch.weigh(garden, rejected).kind).toBe('rejected');
});

test('one series is not held against another', () => {
  const watch = new RejectionWatch();
  for (let count = 0; count < 9; count++) watch.weigh(garden, rejected);
  expect(watch.weigh('other' as SeriesId, rejected).kind).toBe('rejected');
});

test('ten messages in a row that cannot be made pause the series; fewer only make their readers wait', () => {
  const watch = new RejectionWatch();
  const kinds = Array.from({ length: 10 }, () => watch.weighUnmade(garden, 'a bug').kind);
  expect(kinds).toEqual([...Array.from({ length: 9 }, () => 'deferred'), 'senderFault']);
});
