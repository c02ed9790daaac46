import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EmailAddress } from '../../src/domain/email-address.ts';
import { compileMessage } from '../../src/mail/compile-message.ts';
import { inboxFileName, numberOfInboxFile } from '../../src/mail/inbox-file-name.ts';
import { openLocalInbox, type InboxMail, type LocalInbox } from '../../src/mail/local-inbox.ts';
import { parseSmtpUrl } from '../../src/mail/parse-smtp-url.ts';
import { openPlainTransport } from '../../src/mail/plain-transport.ts';
import { readInbox, readMail } from '../../src/mail/read-inbox.ts';
import { Slab } from '../../src/mail/slab.ts';
import { openSmtpTransport, type SmtpTransport } from '../../src/mail/smtp-transport.ts';
import { wireBytes, type WireBytes } from '../../src/mail/wire-bytes.ts';
import { ashFields, renderedGarden } from '../support/rendered-garden.ts';

const from = 'ivy@example.com' as EmailAddress;
const ash = 'ash@example.com' as EmailAddress;

let folder: string;
let inbox: LocalInbox;
let transport: SmtpTransport;
let seen: InboxMail[];

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'inbox-')), 'mails');
  seen = [];
  await open();
});
afterEach(async () => {
  await close();
  await rm(join(folder, '..'), { recursive: true });
});

describe('the local inbox', () => {
  test('keeps a mail as it was sent, and tells of it', async () => {
    const bytes = issue('第一場霜 · The first frost');
    expect(await transport.send({ from, to: ash, bytes })).toMatchObject({ stage: 'body', code: 250 });
    expect(await readdir(folder)).toEqual(['0001-ash@example.com-第一場霜-the-first-frost.eml']);
    const file = join(folder, '0001-ash@example.com-第一場霜-the-first-frost.eml');
    expect((await readFile(file)).equals(bytes)).toBe(true);
    expect(seen).toEqual([{ file, envelope: { from, to: [ash] }, receivedAt: expect.any(Number) }]);
  });

  test('is read back in order of arrival, decoded', async () => {
    for (const subject of ['第一', '第二', '第三'])
      await transport.send({ from, to: ash, bytes: issue(subject) });
    const mails = await readInbox(folder);
    expect(mails.map(({ number, subject }) => [number, subject])).toEqual([
      [1, '第一'],
      [2, '第二'],
      [3, '第三'],
    ]);
    expect(mails[0]).toMatchObject({
      from,
      to: [ash],
      messageId: '<abc-123@example.com>',
      listId: 'Garden letters <garden.letters.example.com>',
      date: Date.UTC(2026, 10, 23, 8),
    });
    expect((await readMail(mails[0]?.file ?? '')).text).toContain('Dear Ash,');
  });

  test('goes on counting after a restart, whatever else lies in its folder', async () => {
    await transport.send({ from, to: ash, bytes: issue('one') });
    await close();
    await writeFile(join(folder, '9999-note.txt'), 'not a mail');
    await writeFile(join(folder, '.incoming-7'), 'half a mail');
    await writeFile(join(folder, '10041-x.eml'), 'Subject: late\r\n\r\n');
    await open();
    await transport.send({ from, to: ash, bytes: issue('two') });
    expect((await readInbox(folder)).map(({ number, subject }) => [number, subject])).toEqual([
      [1, 'one'],
      [10041, 'late'],
      [10042, 'two'],
    ]);
  });

  test('numbers mails that come at once without a gap or a double', async () => {
    const results = await Promise.all(
      Array.from({ length: 200 }, () => transport.send({ from, to: ash, bytes: issue('x') })),
    );
    expect(results.every(({ kind }) => kind === 'reply')).toBe(true);
    expect((await readInbox(folder)).map(({ number }) => number)).toEqual(
      Array.from({ length: 200 }, (_, n) => n + 1),
    );
  });

  test('takes a mail from the plain path too', async () => {
    const result = await openPlainTransport(settings()).send({
      from,
      to: ash,
      bytes: Buffer.from('Subject: plain\n\n.\nx\n'),
    });
    expect(result).toMatchObject({ kind: 'reply', stage: 'body', code: 250 });
    const [mail] = await readInbox(folder);
    expect(mail?.subject).toBe('plain');
    expect(await readFile(mail?.file ?? '', 'utf8')).toBe('Subject: plain\r\n\r\n.\r\nx\r\n');
  });

  test('refuses more than 10 MB and keeps nothing of it', async () => {
    const bytes = wireBytes(Buffer.from(`Subject: big\r\n\r\n${'x'.repeat(998)}\r\n`.repeat(11_000)));
    expect(await transport.send({ from, to: ash, bytes })).toMatchObject({ kind: 'reply', code: 552 });
    expect(await sendByHand(bytes)).toMatch(/^552 /m);
    expect(await readdir(folder)).toEqual([]);
  });

  test('puts a mail off when it cannot be kept', async () => {
    await rm(folder, { recursive: true });
    expect(await transport.send({ from, to: ash, bytes: issue('x') })).toMatchObject({
      stage: 'body',
      code: 451,
    });
  });

  test('survives clients that hang up at any moment', async () => {
    for (const start of [
      '',
      'EHLO',
      'EHLO x\r\nMAIL FROM:<a@example.com>\r\n',
      'EHLO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\nSubject: half',
    ]) {
      const socket = connect(inbox.port, '127.0.0.1');
      socket.write(start);
      await sleep(20);
      socket.resetAndDestroy();
    }
    expect(await transport.send({ from, to: ash, bytes: issue('after all') })).toMatchObject({ code: 250 });
    expect((await readInbox(folder)).map(({ subject }) => subject)).toEqual(['after all']);
  });

  test('says so when its port is taken', async () => {
    await expect(openLocalInbox({ folder, port: inbox.port })).rejects.toThrow('EADDRINUSE');
  });
});

test('an inbox that does not exist has no mails', async () => {
  expect(await readInbox(join(folder, 'nowhere'))).toEqual([]);
});

describe('the name of a mail’s file', () => {
  test.each([
    [1, 'ash@example.com', 'The first frost!', '0001-ash@example.com-the-first-frost.eml'],
    [12345, 'ash@example.com', '山城書簡：第一封', '12345-ash@example.com-山城書簡-第一封.eml'],
    [2, '../../etc/passwd', '../../x', '0002-.._.._etc_passwd-x.eml'],
    [3, '', '', '0003.eml'],
    [4, 'a@example.com', '🏔️', '0004-a@example.com.eml'],
  ])('%i, %s, %s is %s', (number, recipient, subject, name) => {
    expect(inboxFileName(number, recipient, subject)).toBe(name);
    expect(numberOfInboxFile(name)).toBe(number);
  });

  test('is never longer than a file system takes', () => {
    const name = inboxFileName(1, 'x'.repeat(300), '霜'.repeat(300));
    expect(Buffer.byteLength(name)).toBeLessThan(255);
  });
});

async function open(): Promise<void> {
  inbox = await openLocalInbox({ folder, onMail: (mail) => seen.push(mail) });
  transport = openSmtpTransport(settings());
}

async function close(): Promise<void> {
  await transport.close();
  await inbox.close();
}

function settings() {
  const parsed = parseSmtpUrl(inbox.url);
  if (parsed.kind === 'refused') throw new Error(parsed.reason);
  return parsed.settings;
}

function issue(subject: string): WireBytes {
  const compiled = compileMessage(renderedGarden({ subject }), { domain: 'letters.example.com' });
  if (compiled.kind === 'refused') throw new Error(compiled.reason);
  return compiled.write(new Slab(), ashFields());
}

/** Past the size check that a well-behaved client makes by itself. */
async function sendByHand(bytes: Buffer): Promise<string> {
  const socket = connect(inbox.port, '127.0.0.1');
  const closed = once(socket, 'close');
  let said = '';
  socket.on('data', (chunk) => (said += chunk.toString()));
  await once(socket, 'data');
  socket.write('EHLO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n');
  await once(socket, 'data');
  socket.write(bytes);
  socket.write('.\r\nQUIT\r\n');
  await closed;
  return said;
}
