import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMail } from '../support/received-mail.ts';
import { openPartwork, type RunningPartwork } from '../support/running-partwork.ts';
import { startSmtp, type ScriptedSmtp } from '../support/smtp-server.ts';

/** `HOSTILE_PART=all` has as many as a town. */
const READERS = process.env['HOSTILE_PART'] === 'all' ? 5_000 : 1_500;
const LEAVERS = 60;
/** So that a send takes seconds, as it does where there is a network in between. */
const SLOW_MS = 40;
/** What is on its way from our last look to the server's RCPT, on a busy machine. */
const ON_THE_WIRE_MS = 500;

let partwork: RunningPartwork;
let smtp: ScriptedSmtp;
let isSlow = false;
/** When the server last heard of a recipient. */
const heardAt = new Map<string, number>();

const addressOf = (index: number): string => `reader${index}@example.com`;
const written = (title: string) => `---\ntitle: ${title}\n---\n\nText.\n`;

beforeAll(async () => {
  smtp = await startSmtp({
    script: ({ at, line, to }) => {
      const [, address] = /<([^>]*)>/.exec(line) ?? [];
      if (at === 'rcpt' && address !== undefined) heardAt.set(address, performance.now());
      return at === 'body' && isSlow && to.length > 0
        ? { reply: '250 2.0.0 Ok', afterMs: SLOW_MS }
        : undefined;
    },
  });
  partwork = await openPartwork({
    files: {
      'content/garden/_index.md': '---\ntitle: Garden Letters\nevery: 0\nletters: []\n---\n',
      'content/garden/01-frost.md': written('Frost'),
      'readers.csv': `email\n${Array.from({ length: READERS }, (_, index) => addressOf(index)).join('\n')}\n`,
    },
    env: { SMTP_URL: `${smtp.url}?connections=8`, LOG_LEVEL: 'warn' },
  });
  await partwork.start('up');
  await partwork.command('schedule', 'garden', '--yes');
  await partwork.command('subscribers', 'import', 'readers.csv', '--series', 'garden', '--confirmed');
  await arrived(READERS, 90_000);
}, 300_000);
afterAll(async () => {
  await partwork?.close();
  await smtp?.close();
});

async function arrived(count: number, withinMs: number): Promise<void> {
  for (const deadline = Date.now() + withinMs; smtp.transactions.length < count; await sleep(20)) {
    if (Date.now() > deadline) throw new Error(`${smtp.transactions.length} of ${count} mails came.`);
  }
}

const mailTo = (address: string) => {
  const found = smtp.transactions.find(({ to }) => to.includes(address));
  if (found === undefined) throw new Error(`No mail to ${address}.`);
  return readMail(found.message);
};

interface Answer {
  readonly status: number | undefined;
  readonly location: string | undefined;
}

/** No more headers than are given, no cookie, no referrer, and no redirect followed. */
async function post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Answer> {
  const outgoing = request(url, {
    method: 'POST',
    headers: { 'Content-Length': Buffer.byteLength(body), ...headers },
  });
  outgoing.end(body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  incoming.resume();
  await once(incoming, 'end');
  return { status: incoming.statusCode, location: incoming.headers.location };
}

const BOUNDARY = '----=_Part_1_2.3';
const PART = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--${BOUNDARY}--\r\n`;
const FORM = 'application/x-www-form-urlencoded';
const CLIENTS = [
  ['Gmail, a form', { 'Content-Type': FORM, 'User-Agent': 'Google-Gmail' }, 'List-Unsubscribe=One-Click'],
  [
    'Yahoo, in parts',
    {
      'Content-Type': `multipart/form-data; boundary="${BOUNDARY}"`,
      'User-Agent': 'YahooMailProxy; https://help.yahoo.com/kb/',
    },
    PART,
  ],
  [
    'one with a charset',
    { 'Content-Type': `${FORM}; charset=UTF-8`, Accept: '*/*' },
    'List-Unsubscribe=One-Click',
  ],
  [
    'one that names itself with nothing',
    { 'Content-Type': FORM, 'User-Agent': '' },
    'List-Unsubscribe=One-Click',
  ],
  ['one of an opaque origin', { 'Content-Type': FORM, Origin: 'null' }, 'List-Unsubscribe=One-Click'],
  [
    'one of another origin',
    { 'Content-Type': FORM, Origin: 'https://mail.example.org', 'Sec-Fetch-Site': 'cross-site' },
    'List-Unsubscribe=One-Click',
  ],
  ['one that sends nothing', {}, ''],
  ['one that says nothing of what it sends', {}, 'List-Unsubscribe=One-Click'],
] as const;

test('the header that mail clients read is one line, and says that one click will do', async () => {
  for (const index of [0, READERS - 1]) {
    const { raw, oneClickUrl } = await mailTo(addressOf(index));
    expect(oneClickUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/u\/[\w-]{39}$/);
    expect(raw.match(/^List-Unsubscribe: .*$/gm)).toHaveLength(1);
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
  }
});

test.each(CLIENTS.map((client, index) => [...client, index] as const))(
  '%s: 200, no redirect, and the reader has left; a second time is the same',
  async (_, headers, body, index) => {
    const { oneClickUrl = '' } = await mailTo(addressOf(index));
    expect(await post(oneClickUrl, headers, body)).toEqual({ status: 200, location: undefined });
    expect(await post(oneClickUrl, headers, body)).toEqual({ status: 200, location: undefined });
    expect(await (await fetch(oneClickUrl)).text()).toContain('You have left Garden Letters');
  },
);

test(
  `in the middle of a send to ${READERS} it is in force at once: no mail begins for who has left`,
  { timeout: 180_000 },
  async () => {
    const leftBefore = CLIENTS.length;
    isSlow = true;
    await writeFile(join(partwork.folder, 'content/garden/02-thaw.md'), written('Thaw'));
    heardAt.clear();
    await partwork.command('schedule', 'garden', '--yes');
    await arrived(READERS + 300, 60_000);

    const waiting = Array.from({ length: READERS }, (_, index) => addressOf(index)).filter(
      (address, index) => index >= leftBefore && !heardAt.has(address),
    );
    expect(waiting.length).toBeGreaterThan(LEAVERS);
    const every = Math.floor(waiting.length / LEAVERS);
    const leavers = waiting.filter((_, index) => index % every === 0).slice(0, LEAVERS);
    const leftAt = new Map<string, number>();
    for (const address of leavers) {
      const { oneClickUrl = '' } = await mailTo(address);
      expect((await post(oneClickUrl, { 'Content-Type': FORM }, 'List-Unsubscribe=One-Click')).status).toBe(
        200,
      );
      leftAt.set(address, performance.now());
    }
    const inTime = leavers.filter((address) => !heardAt.has(address));
    expect(inTime.length).toBeGreaterThan(LEAVERS / 2);

    await expect
      .poll(() => heardAt.size, { timeout: 90_000, interval: 200 })
      .toBeGreaterThanOrEqual(READERS - leftBefore - leavers.length);
    await sleep(1_000);
    const late = leavers.filter(
      (address) => (heardAt.get(address) ?? 0) > (leftAt.get(address) ?? 0) + ON_THE_WIRE_MS,
    );
    expect(late).toEqual([]);
    const status = await partwork.command('status', 'garden', '--json');
    expect(status).toContain('complete');
  },
);
