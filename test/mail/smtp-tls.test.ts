import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { judge } from '../../src/domain/smtp-outcome.ts';
import { parseSmtpUrl } from '../../src/mail/parse-smtp-url.ts';
import { openSmtpTransport } from '../../src/mail/smtp-transport.ts';
import { wireBytes } from '../../src/mail/wire-bytes.ts';
import { startSmtp } from '../support/smtp-server.ts';

const mail = {
  from: 'ivy@example.com' as EmailAddress,
  to: 'ash@example.com' as EmailAddress,
  bytes: wireBytes(Buffer.from('Subject: x\r\n\r\nHello\r\n')),
};

const closers: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const folder = mkdtempSync(join(tmpdir(), 'tls-'));
afterAll(() => rmSync(folder, { recursive: true }));
const authority = makeCertificate();

describe.runIf(authority)('over TLS', () => {
  test.each([
    ['STARTTLS', 'smtp', false],
    ['TLS from the first byte', 'smtps', true],
  ])(
    '%s: a mail goes over, encrypted, to a server whose certificate is trusted',
    async (_name, scheme, secure) => {
      const seen: boolean[] = [];
      const port = await startTls({ ...authority, secure }, seen);
      const result = await transportTo(`${scheme}://localhost:${port}`, authority?.cert).send(mail);
      expect(result).toMatchObject({ kind: 'reply', stage: 'body', code: 250 });
      expect(seen).toEqual([true]);
    },
  );

  test.each([
    ['STARTTLS', 'smtp', false, 'tls'],
    ['TLS from the first byte', 'smtps', true, 'connect'],
  ])('%s: nothing is said to a server whose certificate is not', async (_name, scheme, secure, stage) => {
    const seen: boolean[] = [];
    const port = await startTls({ ...authority, secure }, seen);
    const result = await transportTo(`${scheme}://localhost:${port}`).send(mail);
    expect(result).toEqual({ kind: 'lost', stage, reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(judge(result)).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('SELF_SIGNED'),
    });
    expect(seen).toEqual([]);
  });
});

test('a server that has STARTTLS taken out of its EHLO gets no mail in clear text', async () => {
  const smtp = await startSmtp();
  closers.push(() => smtp.close());
  const result = await transportTo(`${smtp.url}?tls=required`).send(mail);
  expect(result).toMatchObject({ kind: 'reply', stage: 'tls', code: 502 });
  expect(judge(result).kind).toBe('unavailable');
  expect(smtp.commands.some((line) => line.startsWith('MAIL'))).toBe(false);
});

function transportTo(url: string, trusted?: string) {
  const parsed = parseSmtpUrl(url.includes('?') || url.startsWith('smtps') ? url : `${url}?tls=required`);
  if (parsed.kind === 'refused') throw new Error(parsed.reason);
  const transport = openSmtpTransport({
    ...parsed.settings,
    ...(trusted === undefined ? {} : { certificateAuthority: trusted }),
  });
  closers.unshift(() => transport.close());
  return transport;
}

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

function makeCertificate(): { key: string; cert: string } | undefined {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  try {
    const type = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert];
    execFileSync('openssl', ['req', '-x509', ...type, ...subject], { stdio: 'ignore' });
  } catch {
    // Without openssl on this machine there is no certificate to test with.
    return undefined;
  }
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}
