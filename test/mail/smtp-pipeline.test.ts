import { describe, expect, test } from 'vitest';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import type { SmtpResult } from '../../src/domain/smtp-reply.ts';
import { judge } from '../../src/domain/smtp-outcome.ts';
import { wireBytes } from '../../src/mail/wire-bytes.ts';
import { openTrial, type SmtpTrial, type TrialOptions } from '../support/smtp-trial.ts';

const OVERLAP = ['PIPELINING', '8BITMIME', 'ENHANCEDSTATUSCODES'];
const CHUNKED = [...OVERLAP, 'CHUNKING'];
const WAYS = [
  ['overlapping', OVERLAP, 'overlap'],
  ['chunked', CHUNKED, 'chunked'],
  ['one by one', ['8BITMIME'], 'plain'],
] as const;

describe.each(WAYS)('%s', (_name, extensions, path) => {
  test('each mail arrives once, as it was, at its own reader', async () => {
    const trial = await open({ extensions, settings: { connections: 2 } });
    const results = await sendMany(trial, 200);
    expect(results.map(outcome)).toEqual(Array(200).fill('accepted'));
    expect(trial.transport.path).toBe(path);
    expect(received(trial)).toEqual(
      Array.from({ length: 200 }, (_, n) => [nth(n), messageFor(n)]).toSorted(),
    );
    expect(trial.smtp.commands.some((line) => line.startsWith('BDAT'))).toBe(path === 'chunked');
  });
});

const outcome = (result: SmtpResult): string => judge(result).kind;
const nth = (n: number): string => `reader${n}@example.com`;
const messageFor = (n: number): string =>
  `Subject: ${n}\r\n\r\n.a dot\r\n${`for reader ${n}\r\n`.repeat(n % 7 === 0 ? 4_000 : 20)}..\r\n.\r\n.`.concat(
    '\r\n',
  );

const received = ({ smtp }: SmtpTrial): [string | undefined, string][] =>
  smtp.transactions
    .map(({ to, message }): [string | undefined, string] => [to[0], message.toString()])
    .toSorted();

const open = (options: TrialOptions): Promise<SmtpTrial> => openTrial(options);

const sendMany = (trial: SmtpTrial, count: number): Promise<SmtpResult[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => trial.transport.send(mailFor(n))));

const mailFor = (n: number) => ({
  from: 'ivy@example.com' as EmailAddress,
  to: nth(n) as EmailAddress,
  bytes: wireBytes(Buffer.from(messageFor(n))),
});
