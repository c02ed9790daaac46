import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serializeOuter } from 'parse5';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_SECRET, signIn } from '../support/admin-visitor.ts';

import { freePort } from '../support/running-partwork.ts';
import { isBuilt, openWorkplace, type Workplace } from '../support/partwork.ts';
import { elementsIn, textIn } from '../web/admin/harmless-html.ts';
import { readMetrics } from '../support/read-metrics.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { startSmtp, type ScriptedSmtp, type SmtpMoment } from '../support/smtp-server.ts';

const READERS = 200;
const DEADLINE_MS = 90_000;
const FULL = '552 5.2.2 Mailbox full';
const GONE = '550 5.1.1 No such user';
const LATER = '451 4.7.1 Greylisted, come back later';

/** What the server says to a reader: one in ten is put off, one in twenty has a full mailbox, one in twenty is not there. */
function answerFor(address: string): string | undefined {
  const number = Number(/(\d+)@/.exec(address)?.[1]);
  if (number % 10 === 3) return LATER;
  if (number % 20 === 7) return FULL;
  if (number % 20 === 14) return GONE;
  return undefined;
}

const readers = Array.from({ length: READERS }, (_, n) => `reader${n}@domain${n % 7}.example`);
const answered = (reply?: string) => readers.filter((address) => answerFor(address) === reply).length;

let redis: TestRedis;
let smtp: ScriptedSmtp;
let place: Workplace;
let url: string;
let serve: ChildProcess;
/** What status said of each issue while mail went out. */
const looks: Record<string, number>[] = [];
const PARTS = ['accepted', 'waiting', 'deferred', 'rejected', 'suppressed', 'skipped', 'uncertain'];

describe.skipIf(!isBuilt)('while mail goes out, a worker and Redis are killed, and it is done', () => {
  beforeAll(async () => {
    redis = await startRedis(['--appendonly', 'yes', '--appendfsync', 'always']);
    smtp = await startSmtp({ script });
    const port = await freePort();
    url = `http://localhost:${port}`;
    place = await openWorkplace({
      REDIS_URL: redis.url,
      SMTP_URL: `${smtp.url}?connections=4`,
      PORT: String(port),
      BASE_URL: url,
      PARTWORK_SECRET: 'a secret of a test that is long enough to be one',
      PARTWORK_ADMIN_SECRET: ADMIN_SECRET,
      PARTWORK_POSTAL_ADDRESS: '1 Example Street',
      LOG_LEVEL: 'silent',
    });
    await place.write({
      'content/garden/_index.md': '---\ntitle: Garden\nfrom: Ivy <ivy@example.com>\nevery: 1d\n---\n',
      'content/garden/1-frost.md': '---\ntitle: Frost\n---\n\nCold.\n',
      'content/garden/2-thaw.md': '---\ntitle: Thaw\n---\n\nWarm.\n',
    });
    await writeFile(join(place.folder, 'readers.csv'), ['email', ...readers, ''].join('\n'));
    await succeed('subscribers', 'import', 'readers.csv', '--series', 'garden', '--confirmed');
    serve = place.start('serve');
    await sendThroughKills();
  }, 240_000);

  afterAll(async () => {
    serve.kill('SIGKILL');
    await smtp.close();
    await place.remove();
    await redis.stop();
  });

  test('the server has what it was asked to take, and has refused the others', () => {
    expect(accepted()).toBe(answered());
  });

  test('status adds up to what the server counts', async () => {
    const [garden] = JSON.parse(await succeed('status', '--json')) as { issues: Record<string, number>[] }[];
    expect(garden?.issues[0]).toMatchObject(parts());
    expect(garden?.issues[1]).toMatchObject({
      audience: READERS - answered(GONE),
      accepted: 0,
      addsUp: true,
    });
  });

  test('and has added up at every look in between', () => {
    for (const look of looks)
      expect(PARTS.reduce((sum, part) => sum + (look[part] ?? Number.NaN), 0)).toBe(look['audience']);
    expect(looks.length).toBeGreaterThan(2);
  });

  test('so does watch', async () => {
    const watching = place.start('watch', '--json');
    let said = '';
    watching.stdout?.on('data', (chunk) => (said += String(chunk)));
    await expect.poll(() => said, { timeout: 60_000 }).toContain('\n');
    watching.kill('SIGTERM');
    await once(watching, 'exit');
    const [first = ''] = said.split('\n');
    expect((JSON.parse(first) as { series: { issues: object[] }[] }).series[0]?.issues[0]).toMatchObject(
      parts(),
    );
  });

  test('so does Prometheus', async () => {
    const answer = await fetch(`${url}/metrics`, { headers: { Authorization: `Bearer ${ADMIN_SECRET}` } });
    const metrics = readMetrics(await answer.text());
    const { audience, ...others } = parts();
    const issue = { series: 'garden', issue: 'frost' };
    for (const [part, count] of Object.entries(others))
      expect([part, metrics.value('partwork_issue_readers', { ...issue, part })]).toEqual([part, count]);
    expect(metrics.value('partwork_issue_audience', issue)).toBe(audience);
    const outcome = (what: string) =>
      metrics.value('partwork_deliveries_total', { series: 'garden', outcome: what });
    expect([outcome('accepted'), outcome('rejected')]).toEqual([accepted(), answered(FULL) + answered(GONE)]);
  });

  test('so does the dashboard', async () => {
    const admin = await signIn(url);
    const html = await (await admin.get('/admin/series/garden/frost')).text();
    const { audience, accepted: taken, deferred, rejected, uncertain } = parts();
    expect(rowsOf(html)).toMatchObject({
      Accepted: taken,
      'Put off': deferred,
      Refused: rejected,
      Waiting: 0,
      Uncertain: uncertain,
      Audience: audience,
    });
  });

  test('so do failures and missed', async () => {
    const failures = JSON.parse(await succeed('failures', '--json')) as { byState: Record<string, number> };
    expect(failures.byState).toMatchObject({
      deferred: parts().deferred,
      rejected: answered(FULL) + answered(GONE),
    });
    const missed = JSON.parse(await succeed('missed', 'garden', 'frost', '--json')) as {
      missed: Record<string, number>;
      ahead: Record<string, number>;
    };
    expect(missed.missed).toMatchObject({ rejected: answered(FULL) + answered(GONE) });
    expect(missed.ahead).toMatchObject({ deferred: parts().deferred });
  });

  test('and why tells of each what the server said', async () => {
    for (const address of [0, 3, 7, 14].map((number) => readers[number] ?? ''))
      expect(await succeed('why', address)).toContain(answerFor(address) ?? 'Ok: queued as');
  });
});

/** How many readers the server has accepted a mail for. */
const accepted = () => new Set(smtp.transactions.filter((one) => one.accepted).flatMap(({ to }) => to)).size;

/** Of those who were put off: who was just being sent to when a worker was killed, as status tells it. */
let inDoubt = 0;

/** By the server's own count. */
function parts() {
  return {
    audience: READERS,
    accepted: accepted(),
    deferred: answered(LATER) - inDoubt,
    rejected: answered(FULL) + answered(GONE),
    waiting: 0,
    suppressed: 0,
    skipped: 0,
    uncertain: inDoubt,
  };
}

function script({ at, line, to, mail }: SmtpMoment) {
  if (at === 'rcpt') return answerFor(line) ?? undefined;
  if (at === 'body') return { reply: `250 2.0.0 Ok: queued as Q${mail}`, afterMs: to.length * 15 };
  return undefined;
}

async function succeed(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await place.run(...args);
  if (code !== 0) throw new Error(`partwork ${args.join(' ')} ended with ${code}: ${stderr}`);
  return stdout;
}

/** Kills the worker twice and Redis once, each time with mail under way, and waits until everybody has had an answer. */
async function sendThroughKills(): Promise<void> {
  let worker = place.start('work');
  await succeed('schedule', 'garden', '--yes');
  for (const when of [30, 90]) {
    await until(() => smtp.transactions.length > when);
    await isSettled();
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    worker = place.start('work');
  }
  await until(() => smtp.transactions.length > 120);
  await isSettled();
  await redis.kill();
  await sleep(500);
  await redis.restart();
  await until(isSettled);
  worker.kill('SIGTERM');
  await once(worker, 'exit');
}

async function isSettled(): Promise<boolean> {
  const { code, stdout } = await place.run('status', '--json');
  if (code !== 0) return false;
  const [garden] = JSON.parse(stdout) as { issues: Record<string, number>[] }[];
  looks.push(...(garden?.issues ?? []));
  const [first] = garden?.issues ?? [];
  if (first === undefined) return false;
  const { waiting, due, deferred = 0, uncertain = 0 } = first;
  inDoubt = uncertain;
  return waiting === 0 && due === 0 && deferred + uncertain === answered(LATER);
}

/** The first number of each row of a page's tables, by the words before it. */
function rowsOf(html: string): Record<string, number> {
  const rows = elementsIn(html).filter(({ tagName }) => tagName === 'tr');
  const words = rows.map((row) => textIn(serializeOuter(row)).trim());
  return Object.fromEntries(
    words.flatMap((row) => {
      const [, name, count] = /^(\D+?)\s+(?:\S+ in all\s+)?([\d,]+)(?:\s|$)/.exec(row) ?? [];
      return name === undefined ? [] : [[name, Number(count?.replaceAll(',', ''))]];
    }),
  ) as Record<string, number>;
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + DEADLINE_MS; !(await isSo()); await sleep(50))
    if (Date.now() > end) throw new Error('It has not come to pass.');
}
