import { expect, test } from 'vitest';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { mailboxOf } from '../../src/domain/signup-limits.ts';

test.each([
  ['ash@example.com', 'ash@example.com'],
  ['ASH@example.com', 'ash@example.com'],
  ['ash+garden@example.com', 'ash@example.com'],
  ['ash+a+b@example.com', 'ash@example.com'],
  ['+ash@example.com', '+ash@example.com'],
  ['a.s.h@example.com', 'a.s.h@example.com'],
  ['a.s.h+x@gmail.com', 'ash@gmail.com'],
  ['A.sh@googlemail.com', 'ash@gmail.com'],
  ['a.sh@gmail.com.example.org', 'a.sh@gmail.com.example.org'],
])('letters to %s count against %s', (address, mailbox) => {
  expect(mailboxOf(address as EmailAddress)).toBe(mailbox);
});
