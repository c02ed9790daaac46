import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { parseSmtpUrl } from '../../src/mail/parse-smtp-url.ts';
import { openSmtpTransport } from '../../src/mail/smtp-transport.ts';
import { wireBytes } from '../../src/mail/wire-bytes.ts';
import { makeCertificate } from '../support/certificates.ts';
import type { SmtpAnswer } from '../support/smtp-server.ts';
import { openTrial, type SmtpTrial, type TrialOptions } from '../support/smtp-trial.ts';

const closers: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const good = makeCertificate();
const expired = makeCertificate({ days: -1 });
const elsewhere = makeCertificate({ host: 'mail.example.com' });
const PASSWORD = 'correct horse';

describe.runIf(good)('with a certificate that is trusted', () => {
  test.each([
    ['STARTTLS', 'smtp', false],
    ['TLS from the first byte', 'smtps', true],
  ])('%s: a mail goes over, encrypted', async (_name, scheme, secure) => {
    const seen: boolean[] = [];
    const port = await startTls({ ...good, secure }, seen);
    const parsed = parseSmtpUrl(`${scheme}://localhost:${port}${secure ? '' : '?tls=required'}`);
    if (parsed.kind === 'refused') throw new Error(parsed.reason);
    const transport = openSmtpTransport({ ...parsed.settings, certificateAuthority: good!.cert });
    closers.unshift(() => transport.close());
    const result = await transport.send({
      from: 'ivy@example.com' as EmailAddress,
      to: 'ash@example.com' as EmailAddress,
      bytes: wireBytes(Buffer.from('Subject: x\r\n\r\nHello\r\n')),
    });
    expect(result).toMatchObject({ kind: 'reply', stage: 'body', code: 250 });
    expect(seen).toEqual([true]);
  });

  test.each([false, true])('the log-in is encrypted, too (from the first byte: %s)', async (implicit) => {
    const trial = await open({ tls: { ...good!, implicit } }, good?.cert);
    expect(await trial.send('ash')).toMatchObject({ kind: 'accepted' });
    const inClear = trial.smtp.dialogue.filter(({ secure }) => !secure).map(({ line }) => line.split(' ')[0]);
    expect(inClear).toEqual(implicit ? [] : ['EHLO', 'STARTTLS']);
    expect(trial.verbs(1)).toContain('AUTH');
  });
});

const slippedIn = '220 go\r\n250-mx\r\n250 AUTH LOGIN\r\n334 VXNlcm5hbWU6';

describe.runIf(good)('what somebody in between slips in', () => {
  test('behind the reply to STARTTLS is not taken for the server’s own', async () => {
    const trial = await open(
      { script: ({ at }) => (at === 'starttls' ? slippedIn : undefined), tls: good! },
      good?.cert,
    );
    expect(await trial.send('ash')).toMatchObject({ kind: 'accepted' });
    const [auth] = trial.smtp.dialogue.filter(({ line }) => line.startsWith('AUTH'));
    expect(auth).toMatchObject({ secure: true, line: expect.stringContaining('AUTH PLAIN ') });
  });
});

/** What is wrong, the words the operator reads, and what they can do. */
const BAD_CERTIFICATES = [
  ['expired', expired, expired?.cert, 'has expired: its operator must renew it (CERT_HAS_EXPIRED)'],
  ['for another name', elsewhere, elsewhere?.cert, 'write the name it is for into SMTP_URL'],
  ['signed by nobody known', good, undefined, 'name the file of its authority in NODE_EXTRA_CA_CERTS'],
] as const;

describe.runIf(good)('nothing is said to a server whose certificate is', () => {
  test.each(BAD_CERTIFICATES.flatMap((row) => [[...row, false] as const, [...row, true] as const]))(
    '%s',
    async (_name, certificate, trusted, words, implicit) => {
      const trial = await open({ tls: { ...certificate!, implicit } }, trusted);
      const outcome = await trial.send('ash');
      expect(outcome).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining(words) });
      expect(trial.verbs(1)).toEqual(implicit ? [] : ['EHLO', 'STARTTLS']);
      expect(trial.smtp.transactions).toEqual([]);
    },
  );
});

const junk = Buffer.from('\x16\x03\x03 what is this \xff\xfe\r\n'.repeat(20), 'latin1');

/** What a server, or somebody in between, does to a client that wants encryption. */
const STRIPPED: readonly (readonly [name: string, answer: SmtpAnswer | undefined, words: string])[] = [
  ['takes STARTTLS out of EHLO', undefined, 'refuses STARTTLS (502 5.5.1'],
  ['puts it off', '454 4.7.0 TLS not available', 'refuses STARTTLS (454 4.7.0 TLS not available)'],
  ['will not', '554 5.7.3 no', 'nothing is sent unencrypted: SMTP_URL may name'],
  ['says go and hangs up', { reply: '220 go', thenDrop: true }, 'STARTTLS'],
  [
    'says go and then nothing',
    { reply: '220 go', thenNoise: Buffer.alloc(0) },
    'ETIMEDOUT (UPGRADE_TIMEOUT)',
  ],
  ['says go and then junk', { reply: '220 go', thenNoise: junk }, 'STARTTLS'],
  [
    'says go and then goes on unencrypted',
    { reply: '220 go', thenNoise: Buffer.from('250-AUTH PLAIN\r\n250 Ok\r\n') },
    'does not speak TLS here',
  ],
  ['does not answer', { hang: true }, 'no answer after'],
  ['answers in words', 'of course', 'the answer is not one of SMTP'],
];

test.each(STRIPPED)('a server that %s gets neither mail nor password', async (_name, answer, words) => {
  const trial = await open({ script: ({ at }) => (at === 'starttls' ? answer : undefined) });
  const outcome = await trial.send('ash');
  expect(outcome).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining(words) });
  expect(trial.verbs(1).slice(0, 2)).toEqual(['EHLO', 'STARTTLS']);
  const heard = trial.smtp.dialogue.map(({ line }) => line).join('\n');
  expect(heard).not.toMatch(/^(?:AUTH|MAIL|RCPT|DATA)/m);
  expect(heard).not.toContain(Buffer.from(`\0ivy\0${PASSWORD}`).toString('base64'));
});

test('a server that knows EHLO no more than STARTTLS gets nothing either', async () => {
  const trial = await open({ script: ({ line }) => (line.startsWith('EHLO') ? '502 what?' : undefined) });
  expect((await trial.send('ash')).kind).toBe('unavailable');
  expect(trial.verbs(1)).toEqual(['EHLO']);
});

test('a port for the other kind of TLS is told as such', async () => {
  const plain = await openTrial({ settings: { tls: 'implicit' } });
  expect(await plain.send('ash')).toMatchObject({
    reason: expect.stringContaining('does not speak TLS here'),
  });
  const silent = await open({ script: () => ({ hang: true }) });
  expect(await silent.send('ash')).toMatchObject({ reason: expect.stringContaining('SMTP_URL is smtps://') });
});

const open = (server: TrialOptions, trusted?: string): Promise<SmtpTrial> =>
  openTrial({
    extensions: ['PIPELINING', 'AUTH PLAIN'],
    limits: { openMs: 2_000, greetingMs: 1_000 },
    ...server,
    settings: {
      host: 'localhost',
      tls: server.tls?.implicit === true ? 'implicit' : 'required',
      login: { user: 'ivy', password: PASSWORD },
      ...(trusted !== undefined && { certificateAuthority: trusted }),
    },
  });

async function startTls(options: SMTPServerOptions, seen: boolean[]): Promise<number> {
  const server = new SMTPServer({
    ...options,
    authOptional: true,
    disableReverseLookup: true,
    onData(stream, session, reply) {
      seen.push(session.secure);
      stream.resume().on('end', () => reply());
    },
  });
  server.on('error', () => {});
  server.listen(0, 'localhost');
  await once(server.server, 'listening');
  closers.push(() => new Promise<void>((resolve) => server.close(resolve)));
  return (server.server.address() as AddressInfo).port;
}
