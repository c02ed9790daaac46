import { describe, expect, test } from 'vitest';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { judge } from '../../src/domain/smtp-outcome.ts';
import { parseSmtpUrl } from '../../src/mail/parse-smtp-url.ts';
import { openSmtpTransport, type SmtpTransport } from '../../src/mail/smtp-transport.ts';
import { wireBytes } from '../../src/mail/wire-bytes.ts';
import { startPostfix, whyNoPostfix, type Postfix } from '../support/postfix.ts';

const MAILS = 120;
const reason = whyNoPostfix();

/** What Postfix offers, and so how mails go to it. */
const WAYS = [
  ['chunked', []],
  ['overlap', ['smtpd_discard_ehlo_keywords = chunking']],
  ['plain', ['smtpd_discard_ehlo_keywords = chunking, pipelining']],
] as const;

describe.skipIf(reason !== undefined)(
  `a real Postfix${reason === undefined ? '' : ` (not tried: ${reason})`}`,
  () => {
    test.each(WAYS)('gets every mail once, %s, and refuses only those it must', async (path, settings) => {
      await withPostfix(settings, async (transport, postfix) => {
        const readers = Array.from(
          { length: MAILS },
          (_, n) => `${n % 10 === 3 ? 'refused' : 'reader'}${n}@example.net`,
        );
        const outcomes = await Promise.all(readers.map((reader) => sendTo(transport, reader)));
        expect(outcomes).toEqual(
          readers.map((reader) => (reader.startsWith('refused') ? 'rejected' : 'accepted')),
        );
        expect(transport.path).toBe(path);
        const taken = readers.filter((reader) => reader.startsWith('reader'));
        await expect
          .poll(() => postfix.delivered().toSorted(), { timeout: 30_000 })
          .toEqual(taken.toSorted());
        expect(postfix.log()).not.toMatch(/improper command pipelining|too many errors|lost connection/);
      });
    });

    test('does not count the RSET before each mail as junk', async () => {
      await withPostfix(['smtpd_junk_command_limit = 3'], async (transport) => {
        const outcomes = await Promise.all(
          Array.from({ length: 60 }, (_, n) => sendTo(transport, `reader${n}@example.net`)),
        );
        expect(new Set(outcomes)).toEqual(new Set(['accepted']));
      });
    });
  },
);

async function withPostfix(
  settings: readonly string[],
  use: (transport: SmtpTransport, postfix: Postfix) => Promise<void>,
): Promise<void> {
  const postfix = await startPostfix(settings);
  const parsed = parseSmtpUrl(`smtp://127.0.0.1:${postfix.port}?connections=3&pipelining=chunks`);
  if (parsed.kind === 'refused') throw new Error(parsed.reason);
  const transport = openSmtpTransport(parsed.settings);
  try {
    await use(transport, postfix);
  } finally {
    await transport.close();
    await postfix.stop();
  }
}

async function sendTo(transport: SmtpTransport, reader: string): Promise<string> {
  const result = await transport.send({
    from: 'ivy@example.com' as EmailAddress,
    to: reader as EmailAddress,
    bytes: wireBytes(
      Buffer.from(`Subject: ${reader}\r\n\r\n.\r\n..\r\n${'Nothing much happens.\r\n'.repeat(500)}`),
    ),
  });
  return judge(result).kind;
}
