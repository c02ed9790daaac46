import { describe, expect, test } from 'vitest';
import type { Judgement } from '../../src/domain/delivery.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/domain/instant.ts';
import { judge, retryDelayMs } from '../../src/domain/smtp-outcome.ts';
import { parseSmtpReply, type SmtpStage } from '../../src/domain/smtp-reply.ts';

type Short =
  | 'accepted'
  | 'deferred'
  | 'rejected'
  | 'rejected, dead'
  | 'uncertain'
  | 'unavailable'
  | 'series fault'
  | 'transport fault';

const REPLIES: readonly (readonly [stage: SmtpStage, line: string, outcome: Short])[] = [
  // before any transaction
  ['greeting', '421 4.3.2 Service shutting down', 'unavailable'],
  ['greeting', '421 mx.example.com Service not available', 'unavailable'],
  ['greeting', '554 mx.example.com ESMTP not accepting messages', 'unavailable'],
  [
    'greeting',
    '554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org',
    'transport fault',
  ],
  ['greeting', '550 Connection frequency limited', 'unavailable'],
  ['hello', '421 4.7.0 mx.example.com Error: too many errors', 'unavailable'],
  ['hello', '550 5.7.1 Helo command rejected: Host not found', 'transport fault'],
  ['tls', '454 4.7.0 TLS not available due to local problem', 'unavailable'],
  ['tls', '502 5.5.1 Error: command not implemented', 'unavailable'],
  ['auth', '535 5.7.8 Error: authentication failed', 'transport fault'],
  ['auth', '535-5.7.8 Username and Password not accepted. Learn more at', 'transport fault'],
  ['auth', '535 Error: authentication failed, system busy', 'transport fault'],
  ['auth', '534-5.7.9 Application-specific password required.', 'transport fault'],
  ['auth', '504 5.5.4 Unrecognized authentication type', 'transport fault'],
  ['auth', '454 4.7.0 Temporary authentication failure', 'unavailable'],
  ['auth', '421 4.7.0 Try again later, closing connection.', 'unavailable'],

  // MAIL FROM: nobody's attempt
  ['mail', '421 4.7.0 [192.0.2.1] Our system has detected an unusual rate of mail', 'unavailable'],
  ['mail', '451 4.3.0 Temporary lookup failure', 'unavailable'],
  ['mail', '452 4.3.1 Insufficient system storage', 'unavailable'],
  ['mail', '450 4.1.8 <ivy@example.com>: Sender address rejected: Domain not found', 'unavailable'],
  ['mail', '503 5.5.1 Error: nested MAIL command', 'unavailable'],
  ['mail', '550 Domain frequency limited. http://service.example.com/1', 'unavailable'],
  ['mail', '530 5.7.0 Must issue a STARTTLS command first', 'transport fault'],
  ['mail', '530 5.7.57 Client not authenticated to send mail.', 'transport fault'],
  ['mail', '550 5.7.60 SMTP; Client does not have permissions to send as this sender', 'transport fault'],
  ['mail', '553 authentication is required,smtp5,zgC', 'transport fault'],
  ['mail', '553 5.7.1 <ivy@example.com>: Sender address rejected: not owned by user garden', 'series fault'],
  ['mail', '552 5.3.4 Message size exceeds fixed limit', 'series fault'],
  ['mail', '501 5.1.7 Bad sender address syntax', 'series fault'],
  ['mail', '550 mail from denied', 'series fault'],

  // RCPT TO: this reader, now
  [
    'rcpt',
    '450 4.2.0 <a@example.com>: Recipient address rejected: Greylisted, see http://postgrey.example',
    'deferred',
  ],
  ['rcpt', '451 4.7.1 Greylisting in action, please come back later', 'deferred'],
  ['rcpt', '450 4.2.1 The user you are trying to contact is receiving mail too quickly.', 'deferred'],
  ['rcpt', "452-4.2.2 The recipient's inbox is out of storage space.", 'deferred'],
  ['rcpt', '452 4.3.1 Insufficient system storage', 'deferred'],
  ['rcpt', '451 4.4.1 No answer from host', 'deferred'],
  ['rcpt', '451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77719)', 'deferred'],
  ['rcpt', '451 Temporary local problem - please try later', 'deferred'],
  ['rcpt', "421 RP-001 Unfortunately, some messages from 192.0.2.1 weren't sent.", 'unavailable'],
  ['rcpt', '503 5.5.1 Error: need MAIL command', 'deferred'],
  ['rcpt', '550 Ip frequency limited [a1b2c3 IP: 192.0.2.1].', 'deferred'],

  // RCPT TO: this reader, never
  [
    'rcpt',
    '550 5.1.1 <a@example.com>: Recipient address rejected: User unknown in local recipient table',
    'rejected, dead',
  ],
  ['rcpt', '550-5.1.1 The email account that you tried to reach does not exist.', 'rejected, dead'],
  ['rcpt', '550 5.1.2 Host unknown', 'rejected, dead'],
  [
    'rcpt',
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
    'rejected, dead',
  ],
  ['rcpt', '556 5.1.10 Recipient address has null MX', 'rejected, dead'],
  ['rcpt', '550-5.2.1 The email account that you tried to reach is inactive.', 'rejected, dead'],
  ['rcpt', '550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).', 'rejected, dead'],
  ['rcpt', '550 Unrouteable address', 'rejected, dead'],
  ['rcpt', '550 No Such User Here', 'rejected, dead'],
  ['rcpt', '551 User not local; please try <b@example.com>', 'rejected, dead'],
  ['rcpt', "553 sorry, that domain isn't in my list of allowed rcpthosts", 'rejected, dead'],
  ['rcpt', '550 Mailbox not found. http://service.mail.example.com/?id=5', 'rejected, dead'],
  ['rcpt', '550 User not found: a@example.com', 'rejected, dead'],
  ['rcpt', '550 用户不存在', 'rejected, dead'],
  ['rcpt', '550 收件人不存在或已被禁用', 'rejected, dead'],
  ['rcpt', '550 #5.1.0 Address rejected.', 'rejected'],
  ['rcpt', '552 5.2.2 Mailbox full', 'rejected'],
  ['rcpt', '552-5.2.2 The email account that you tried to reach is over quota.', 'rejected'],
  ['rcpt', '552 Mailbox size limit', 'rejected'],
  ['rcpt', '550 5.7.1 <a@example.com>: Recipient address rejected: Please see our policy', 'rejected'],
  ['rcpt', "550 5.7.1 Message refused by the recipient's filter", 'rejected'],
  ['rcpt', '550 5.4.1 Recipient address rejected: Access denied.', 'rejected'],
  ['rcpt', '550 rejected by policy', 'rejected'],
  ['rcpt', "550 5.7.1 You are on the recipient's blacklist", 'rejected'],
  ['rcpt', '550 5.7.1 Sender rejected by recipient', 'rejected'],
  ['rcpt', '550 5.7.1 Sender not authorized to write to this recipient', 'rejected'],
  ['rcpt', '550 rejected because 192.0.2.1 is in a black list at bl.example.org', 'transport fault'],
  ['rcpt', '550 拒收：收件人设置了黑名单', 'rejected'],
  ['rcpt', '554 5.4.14 Hop count exceeded - possible mail loop', 'rejected'],
  ['rcpt', '555 5.5.2 Syntax error, goodbye.', 'rejected'],
  ['rcpt', '501 Invalid address', 'rejected'],

  // RCPT TO: but about us
  ['rcpt', '554 5.7.1 <a@example.com>: Relay access denied', 'transport fault'],
  ['rcpt', '550 relay not permitted', 'transport fault'],
  ['rcpt', '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain', 'transport fault'],
  ['rcpt', '550 5.7.1 Client host rejected: cannot find your hostname, [192.0.2.1]', 'transport fault'],
  [
    'rcpt',
    '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using bl.spamcop.net',
    'transport fault',
  ],
  ['rcpt', '504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname', 'transport fault'],
  ['rcpt', '530 5.7.1 Authentication required', 'transport fault'],
  ['rcpt', '550 5.7.606 Access denied, banned sending IP [192.0.2.1].', 'transport fault'],
  ['rcpt', '550 Sender verify failed', 'series fault'],
  ['rcpt', '553 5.7.1 <ivy@example.com>: Sender address rejected: not logged in', 'series fault'],
  ['rcpt', '550 5.1.8 <ivy@example.com>: Sender address rejected: Domain not found', 'series fault'],

  // DATA and the reply to the dot
  ['data', '421 4.3.2 Service not available', 'unavailable'],
  ['data', '451 4.3.5 Server configuration problem', 'deferred'],
  ['data', '554 5.7.1 Message rejected', 'series fault'],
  ['body', '250 2.0.0 Ok: queued as 4XyZ', 'accepted'],
  ['body', '250 OK id=1abcDE-000123-4F', 'accepted'],
  ['body', '250 Mail OK queued as smtp5,zgC', 'accepted'],
  ['body', '421 4.4.2 mx.example.com Error: timeout exceeded', 'deferred'],
  ['body', '451 4.3.0 Error: queue file write error', 'deferred'],
  ['body', '452 4.3.1 Insufficient system storage', 'deferred'],
  ['body', '421-4.7.28 Gmail has detected an unusual rate of unsolicited mail', 'deferred'],
  ['body', '454 Throttling failure: Maximum sending rate exceeded.', 'deferred'],
  ['body', '550 5.4.5 Daily user sending limit exceeded.', 'deferred'],
  [
    'body',
    '550 5.7.515 Access denied, sending domain example.com does not meet the required authentication level.',
    'transport fault',
  ],
  ['body', '550-5.7.26 This mail has been blocked because the sender is unauthenticated.', 'transport fault'],
  ['body', '550 5.7.27 This mail has been blocked because SPF did not pass', 'transport fault'],
  ['body', '421 4.7.26 This mail has been rate limited because it is unauthenticated.', 'transport fault'],
  ['body', '421 4.7.32 The From: header (RFC5322) in this message is not aligned', 'transport fault'],
  [
    'body',
    '550 5.7.509 Access denied, sending domain example.com does not pass DMARC verification',
    'transport fault',
  ],
  ['body', '554 5.7.1 Spam message rejected', 'series fault'],
  ['body', '550 Mail content denied. http://service.mail.example.com/?id=20022', 'series fault'],
  ['body', '554 DT:SPM 163 smtp5,zgC 垃圾邮件', 'series fault'],
  [
    'body',
    '552-5.7.0 This message was blocked because its content presents a potential security issue.',
    'series fault',
  ],
  ['body', '552 5.3.4 Message size exceeds fixed limit', 'series fault'],
  ['body', '552 Message size limit exceeded', 'series fault'],
  ['body', '554 Transaction failed', 'series fault'],
  [
    'body',
    "554 delivery error: dd This user doesn't have a yahoo.com account (a@example.com) [0]",
    'rejected, dead',
  ],
  ['body', '550 5.1.1 User unknown', 'rejected, dead'],
  ['body', '552 5.2.2 Mailbox full', 'rejected'],
  ['body', '552 Requested mail action aborted: exceeded storage allocation', 'rejected'],
  ['body', '354 Go ahead', 'uncertain'],
];

describe('a reply', () => {
  test.each(REPLIES)('%s: "%s" is %s', (stage, line, expected) => {
    const reply = parseSmtpReply(line);
    if (reply === undefined) throw new Error(`not a reply: ${line}`);
    const outcome = judge({ kind: 'reply', stage, ...reply });
    expect(shorten(outcome)).toBe(expected);
    const told = line.replace(/[\w.+-]+@example\.(?:com|org|net)/g, '(address)');
    expect('reason' in outcome ? outcome.reason : told).toContain(told);
  });
});

test('of a long acceptance as much is kept as a person’s hash in Redis holds cheaply', () => {
  const reply = parseSmtpReply('250 2.0.0 OK  1796005912 d2e1a72fcca58-6bd3cd1f3a2si12345678b3a.123 - gsmtp');
  const outcome = judge({ kind: 'reply', stage: 'body', ...reply! });
  const said = outcome.kind === 'accepted' ? outcome.reply : undefined;
  expect(said).toMatch(/^OK {2}1796005912 d2e1a72fcca58-/);
  expect(8 + Buffer.byteLength(said ?? '')).toBeLessThanOrEqual(64);
});

describe('a lost connection', () => {
  const stages: SmtpStage[] = ['connect', 'greeting', 'hello', 'tls', 'auth', 'mail', 'rcpt', 'data'];

  test.each(stages)('at %s costs nobody an attempt', (stage) => {
    expect(judge({ kind: 'lost', stage, reason: 'ECONNRESET' })).toMatchObject({ kind: 'unavailable' });
  });

  test('after the message began is uncertain', () => {
    expect(judge({ kind: 'lost', stage: 'body', reason: 'ECONNRESET' })).toEqual({
      kind: 'uncertain',
      reason: 'connection lost at the message: ECONNRESET',
    });
  });
});

describe('the wait before the next try', () => {
  test.each([
    [1, MINUTE_MS],
    [2, 5 * MINUTE_MS],
    [3, 15 * MINUTE_MS],
    [4, 30 * MINUTE_MS],
    [5, HOUR_MS],
    [6, 2 * HOUR_MS],
    [7, 4 * HOUR_MS],
    [40, 4 * HOUR_MS],
  ])('after attempt %i is about %i ms', (attempt, ms) => {
    expect(retryDelayMs(attempt, () => 0.5)).toBe(ms);
    expect(retryDelayMs(attempt, () => 0)).toBe(ms * 0.75);
    expect(retryDelayMs(attempt, () => 1)).toBe(ms * 1.25);
  });
});

describe('a reply is parsed', () => {
  test.each([
    [
      '550-5.1.1 The account\n550 5.1.1 does not exist',
      { code: 550, status: '5.1.1', text: '550-5.1.1 The account' },
    ],
    ['250', { code: 250, text: '250' }],
    ['550 10.0.0.1 is not welcome', { code: 550, text: '550 10.0.0.1 is not welcome' }],
    ['550 5.1.1.4 odd', { code: 550, text: '550 5.1.1.4 odd' }],
    ['550 a\u0007b\u202ec', { code: 550, text: '550 a b c' }],
    [`550 ${'x'.repeat(500)}`, { code: 550, text: `550 ${'x'.repeat(196)}` }],
  ])('%j', (line, expected) => {
    expect(parseSmtpReply(line)).toEqual(expected);
  });

  test.each(['', 'hello', '25', '999 no such code'])('%j is none', (line) => {
    expect(parseSmtpReply(line)).toBeUndefined();
  });
});

function shorten(outcome: Judgement): Short {
  if (outcome.kind === 'senderFault') return `${outcome.scope} fault`;
  if (outcome.kind === 'rejected') return outcome.suppress ? 'rejected, dead' : 'rejected';
  return outcome.kind;
}
