import { afterEach, describe, expect, test } from 'vitest';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { parseSmtpUrl } from '../../src/mail/parse-smtp-url.ts';
import { openPlainTransport } from '../../src/mail/plain-transport.ts';
import { startSmtp, type ScriptedSmtp, type SmtpAnswer, type SmtpMoment } from '../support/smtp-server.ts';

const from = 'ivy@example.com' as EmailAddress;
const to = 'ash@example.com' as EmailAddress;
const bytes = Buffer.from('Subject: x\r\n\r\n.\r\nend\r\n');

const servers: ScriptedSmtp[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((smtp) => smtp.close()));
});

test('a letter arrives as it was, to its one reader', async () => {
  const { transport, smtp } = await start();
  expect(await transport.send({ from, to, bytes })).toMatchObject({
    kind: 'reply',
    stage: 'body',
    code: 250,
    status: '2.0.0',
  });
  expect(smtp.transactions).toMatchObject([{ from, to: [to] }]);
  expect(smtp.transactions[0]?.message.equals(bytes)).toBe(true);
});

describe('what goes wrong is told by its stage', () => {
  test.each<[string, SmtpMoment['at'], SmtpAnswer, object]>([
    ['554 as the greeting', 'greeting', '554 5.7.1 no', { kind: 'reply', stage: 'greeting', code: 554 }],
    ['535 at the login', 'auth', '535 5.7.8 no', { kind: 'reply', stage: 'auth', code: 535 }],
    ['553 at MAIL', 'mail', '553 5.7.1 no', { kind: 'reply', stage: 'mail', code: 553 }],
    ['450 at RCPT', 'rcpt', '450 4.2.0 later', { kind: 'reply', stage: 'rcpt', code: 450 }],
    ['554 after the dot', 'body', '554 5.7.1 no', { kind: 'reply', stage: 'body', code: 554 }],
    ['a drop after the dot', 'body', { drop: true }, { kind: 'lost', stage: 'body' }],
    ['words after the dot', 'body', '2 thumbs up', { kind: 'lost', stage: 'body' }],
    [
      'a reply longer than any',
      'body',
      { flood: '250-more\r\n'.repeat(8_000) },
      { kind: 'lost', stage: 'body' },
    ],
    ['a greeting longer than any', 'greeting', { flood: '220-more\r\n'.repeat(8_000) }, { kind: 'lost' }],
    ['a reply that never ends', 'body', { trickle: '2', everyMs: 20 }, { kind: 'lost', stage: 'body' }],
  ])('%s', async (_name, at, answer, expected) => {
    const { transport } = await start((moment) => (moment.at === at ? answer : undefined));
    expect(await transport.send({ from, to, bytes })).toMatchObject(expected);
  });

  test('a server that is not there', async () => {
    const { transport, smtp } = await start();
    await smtp.close();
    expect(await transport.send({ from, to, bytes })).toEqual({
      kind: 'lost',
      stage: 'connect',
      reason: 'ECONNREFUSED',
    });
  });
});

test('an address that cannot stand in an envelope is a bug and is thrown', async () => {
  const { transport, smtp } = await start();
  const address = 'u@example.com>\r\nRCPT TO:<fig@example.net' as EmailAddress;
  await expect(transport.send({ from, to: address, bytes })).rejects.toThrow('envelope');
  expect(smtp.connections).toBe(0);
});

test('a message is bytes, never a path to read it from', async () => {
  const { transport, smtp } = await start();
  const path = { path: new URL(import.meta.url).pathname } as unknown as Buffer;
  expect(await transport.send({ from, to, bytes: path })).toMatchObject({ kind: 'lost' });
  expect(smtp.transactions).toEqual([]);
});

async function start(script: (moment: SmtpMoment) => SmtpAnswer | undefined = () => undefined) {
  const smtp = await startSmtp({ script, extensions: ['PIPELINING', 'AUTH PLAIN'] });
  servers.push(smtp);
  const parsed = parseSmtpUrl(smtp.url.replace('smtp://', 'smtp://ivy:secret@'));
  if (parsed.kind === 'refused') throw new Error(parsed.reason);
  const limits = { ...parsed.settings.limits, mailMs: 500 };
  return { transport: openPlainTransport({ ...parsed.settings, limits }), smtp };
}
