import { expect, test } from 'vitest';
import { replyClassOf } from '../../src/domain/reply-class.ts';

test.each([
  ['answer to RCPT TO: 451 4.7.1 Greylisted, try again', '451 4.7.1'],
  ['answer to RCPT TO: 450 busy', '450'],
  ['answer to the message: 550 #5.7.1 no', '550 5.7.1'],
  ['answer to RCPT TO: 550 5.1.1000 no', '550'],
  ['given up after 72 hours: answer to RCPT TO: 452 4.2.2 mailbox full', '452 4.2.2'],
  ['connection lost at the message: ECONNRESET', 'lost'],
  ['no connection: ECONNREFUSED', 'lost'],
  ['the message cannot be made: no such rendering', 'other'],
  ['', 'other'],
  ['answer to RCPT TO: <script>451</script>', 'other'],
])('%s is counted as %s', (words, expected) => {
  expect(replyClassOf(words)).toBe(expected);
});
