import { expect, test } from 'vitest';
import type { Cast } from '../../src/cli/demo/cast.ts';
import { proveDelivery } from '../../src/cli/demo/prove-delivery.ts';

const cast = {
  series: [{ id: 'garden', issues: [{ subject: 'One' }, { subject: 'Two' }] }],
  readers: [{ address: 'monday@example.com', series: 'garden', afterMs: 0 }],
} as unknown as Cast;

const inbox = (...subjects: string[]) =>
  subjects.map((subject) => ({
    to: [subject === 'For a visitor' ? 'visitor@example.com' : 'monday@example.com'],
    listId: subject === 'A letter' ? '' : '<garden.example.com>',
    subject,
  })) as unknown as Parameters<typeof proveDelivery>[1];

test.each([
  ['all in order', inbox('One', 'Two'), []],
  ['a loss', inbox('One'), ['did not get issue 2', '1 mails came in, 2 were expected']],
  ['a repeat', inbox('One', 'One', 'Two'), ['got issue 1 2 times', '3 mails came in']],
  ['disorder', inbox('Two', 'One'), ['out of order']],
  ['a stranger', inbox('One', 'Two', 'Buy now'), ['3 mails came in']],
  ['visitors and letters beside it', inbox('A letter', 'One', 'For a visitor', 'Two'), []],
])('%s', (_, mails, complaints) => {
  const { broken } = proveDelivery(cast, mails);
  expect(broken).toHaveLength(complaints.length);
  for (const complaint of complaints) expect(broken.join()).toContain(complaint);
});
