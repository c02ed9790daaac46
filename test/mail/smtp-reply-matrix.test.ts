import { afterEach, describe, expect, test } from 'vitest';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import type { SmtpResult } from '../../src/domain/smtp-reply.ts';
import { parseSmtpUrl } from '../../src/mail/parse-smtp-url.ts';
import { openSmtpTransport } from '../../src/mail/smtp-transport.ts';
import { wireBytes } from '../../src/mail/wire-bytes.ts';
import { startSmtp, type ScriptedSmtp, type SmtpMoment } from '../support/smtp-server.ts';

const CODES = [421, 450, 451, 452, 454, 550, 552, 553, 554];
const BEFORE_ANY_MAIL = ['greeting', 'hello', 'auth'] as const;
const DURING_A_MAIL = ['mail', 'rcpt', 'data', 'body'] as const;

const mail = {
  from: 'ivy@example.com' as EmailAddress,
  to: 'ash@example.com' as EmailAddress,
  bytes: wireBytes(Buffer.from('Subject: x\r\n\r\nHello\r\n')),
};

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

describe.each([
  ['pipelined', ['PIPELINING', 'AUTH PLAIN']],
  ['one by one', ['AUTH PLAIN']],
])('with commands %s, every refusal is told with its code and its place', (_name, extensions) => {
  test.each(BEFORE_ANY_MAIL)('at %s', async (at) => {
    for (const code of CODES) {
      const { results, smtp } = await sendTwo(extensions, (moment) => moment.at === at, code);
      expect(results[0]).toMatchObject({ kind: 'reply', stage: at, code });
      expect(smtp.transactions).toEqual([]);
    }
  });

  test.each(DURING_A_MAIL)('at %s on a fresh connection, and the next mail goes through', async (at) => {
    for (const code of CODES) {
      const { results, smtp } = await sendTwo(
        extensions,
        (moment) => moment.at === at && moment.mail === 1,
        code,
      );
      expect(results[0]).toMatchObject({ kind: 'reply', stage: at, code });
      expect(results[1]).toMatchObject({ kind: 'reply', stage: 'body', code: 250 });
      expect(smtp.transactions.filter(({ accepted }) => accepted)).toHaveLength(1);
      expect(smtp.connections).toBe(code === 421 ? 2 : 1);
    }
  });

  test.each(DURING_A_MAIL)(
    'at %s on a reused connection; only a goodbye at MAIL is met by trying afresh',
    async (at) => {
      for (const code of CODES) {
        const { results } = await sendTwo(
          extensions,
          (moment) => moment.at === at && moment.mail === 2,
          code,
        );
        const expected = at === 'mail' && code === 421 ? { stage: 'body', code: 250 } : { stage: at, code };
        expect(results).toMatchObject([{ stage: 'body', code: 250 }, expected]);
      }
    },
  );
});

async function sendTwo(
  extensions: readonly string[],
  refuses: (moment: SmtpMoment) => boolean,
  code: number,
): Promise<{ results: SmtpResult[]; smtp: ScriptedSmtp }> {
  const script = (moment: SmtpMoment) => (refuses(moment) ? `${code} no` : undefined);
  const smtp = await startSmtp({ script, extensions });
  const parsed = parseSmtpUrl(`${smtp.url.replace('smtp://', 'smtp://ivy:secret@')}?connections=1`);
  if (parsed.kind === 'refused') throw new Error(parsed.reason);
  const transport = openSmtpTransport(parsed.settings);
  closers.push(
    () => transport.close(),
    () => smtp.close(),
  );
  return { results: [await transport.send(mail), await transport.send(mail)], smtp };
}
