import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { seriesStatus } from '../../../src/actions/series-status.ts';
import { MINUTE_MS } from '../../../src/domain/instant.ts';
import { isRefusal } from '../../../src/domain/refusal.ts';
import type { IssueStatus } from '../../../src/domain/series-status.ts';
import type { SeriesId } from '../../../src/domain/series.ts';
import { createWeb } from '../../../src/web/server.ts';
import { ADMIN_SECRET } from '../../support/admin-visitor.ts';
import { addressOf, openTestApp, type TestApp } from '../../support/app.ts';
import { hasPromtool, promtool } from '../../support/promtool.ts';
import type { ReadMetrics } from '../../support/read-metrics.ts';
import { scrapeWith } from './scrape.ts';

/** What the mail server does with whom: the first time, and then. */
const SAYS: Readonly<Record<string, string>> = {
  'gone-1': '550 5.1.1 No such user here',
  'gone-2': '550 5.1.1 No such user here',
  'full-1': '552 5.2.2 Mailbox full',
  'grey-1': '451 4.7.1 Greylisted, come back later',
  'grey-2': '451 4.7.1 Greylisted, come back later',
  'grey-3': '450 4.2.1 Over quota',
};
const FIRST_TIME_ONLY = new Set(['grey-1', 'grey-2']);
const FINE = Array.from({ length: 20 }, (_, index) => `fine-${index}`);

/** What the server has answered to RCPT and to the end of the message. */
const answered: string[] = [];
let t: TestApp;
let figures: ReadMetrics;
let text: string;

beforeAll(async () => {
  const asked = new Map<string, number>();
  t = await openTestApp({
    env: { PARTWORK_ADMIN_SECRET: ADMIN_SECRET },
    script: ({ at, to }) => {
      const name = to.at(-1)?.split('@')[0] ?? '';
      if (at !== 'rcpt' || SAYS[name] === undefined) return undefined;
      asked.set(name, (asked.get(name) ?? 0) + 1);
      if (FIRST_TIME_ONLY.has(name) && asked.get(name) !== 1) return undefined;
      answered.push(SAYS[name].slice(0, 9));
      return SAYS[name];
    },
  });
  await t.write('garden', 'every: 0', {
    '1-frost': 'title: The first cold night',
    '2-thaw': 'title: The last cold night',
  });
  await t.write('later', 'every: 1d', { '1-one': 'title: One' });
  await t.join('garden', ...FINE, ...Object.keys(SAYS));
  await t.join('later', 'fine-1', 'fine-2');
  await t.leave('later', 'fine-2');
  await t.schedule('garden');
  await t.schedule('later', { startAt: Date.now() + 100 * MINUTE_MS });
  await t.settle();
  // Who was put off is tried again; grey-3 is put off each time.
  await t.travel(6 * MINUTE_MS);
  const web = await t.app.openWeb();
  if (isRefusal(web)) throw new Error(web.message);
  const pages = createWeb(web);
  const scrape = scrapeWith((path, init) => pages.request(path, init));
  // Workers tell how long mails took every five seconds, and every fifteen that they are there, which six minutes ago is long ago.
  const attempts = accepted() + answered.length;
  await vi.waitFor(
    async () => {
      const now = await scrape();
      const isTold = now.text.includes(`seconds_count ${attempts}\n`);
      if (!isTold || now.read.value('partwork_workers') !== 1) throw new Error(now.text);
    },
    { timeout: 60_000, interval: 500 },
  );
  ({ text, read: figures } = await scrape());
  await web.close();
}, 120_000);
afterAll(() => t?.close());

const GARDEN = 'garden' as SeriesId;
const accepted = () => t.smtp.transactions.filter(({ accepted }) => accepted).length;
const answers = (reply: string) => answered.filter((one) => one === reply).length;
const delivered = (outcome: string) =>
  figures.value('partwork_deliveries_total', { series: 'garden', outcome });

test('what was accepted, put off and refused is what the mail server has counted', () => {
  expect(accepted()).toBeGreaterThan(40);
  expect(delivered('accepted')).toBe(accepted());
  expect(delivered('deferred')).toBe(answers('451 4.7.1') + answers('450 4.2.1'));
  expect(delivered('rejected')).toBe(answers('550 5.1.1') + answers('552 5.2.2'));
  expect(delivered('uncertain')).toBe(0);
});

test.each([
  ['deferred', '451 4.7.1'],
  ['deferred', '450 4.2.1'],
  ['rejected', '550 5.1.1'],
  ['rejected', '552 5.2.2'],
])('%s with %s, by the server’s count', (kind, reply) => {
  expect(answers(reply)).toBeGreaterThan(0);
  expect(figures.value('partwork_replies_total', { series: 'garden', kind, reply })).toBe(answers(reply));
});

test('an audience is the sum of its parts, and both are what `status` says', async () => {
  const status = await seriesStatus(t.app, GARDEN);
  expect(status?.issues).toHaveLength(2);
  for (const issue of status?.issues ?? []) {
    const labels = { series: 'garden', issue: issue.issue };
    const parts = figures
      .values('partwork_issue_readers')
      .filter(([own]) => own['series'] === 'garden' && own['issue'] === issue.issue);
    expect(parts).toHaveLength(7);
    for (const [{ part = '' }, value] of parts) expect(value).toBe(issue[part as keyof IssueStatus]);
    const sum = parts.reduce((n, [, value]) => n + value, 0);
    expect(figures.value('partwork_issue_audience', labels)).toBe(sum);
    expect(issue.audience).toBe(sum);
    expect(figures.value('partwork_issue_adds_up', labels)).toBe(1);
  }
  const people = ['accepted', 'rejected', 'suppressed', 'skipped'] as const;
  for (const part of people)
    expect(delivered(part)).toBe(status?.issues.reduce((n, issue) => n + issue[part], 0));
});

test('subscriptions by state, and addresses that must not be mailed', () => {
  const states = (series: string) =>
    ['active', 'left', 'bounced'].map((state) => figures.value('partwork_subscriptions', { series, state }));
  expect(states('garden')).toEqual([FINE.length + 4, 0, 2]);
  expect(states('later')).toEqual([1, 1, 0]);
  expect(figures.value('partwork_subscriptions_begun_total', { series: 'garden' })).toBe(FINE.length + 6);
  expect(figures.value('partwork_suppressed_addresses')).toBe(2);
});

test('who sends, and over how many connections; nothing is late', () => {
  expect(figures.value('partwork_workers')).toBe(1);
  expect(figures.value('partwork_worker_connections')).toBeGreaterThan(0);
  expect(figures.value('partwork_mail_blocked')).toBe(0);
  expect(figures.value('partwork_oldest_due_age_seconds')).toBe(0);
  expect(figures.value('partwork_series_due', { series: 'garden' })).toBe(0);
  expect(figures.value('partwork_series_state', { series: 'garden', state: 'running' })).toBe(1);
  expect(figures.value('partwork_series_state', { series: 'garden', state: 'paused' })).toBe(0);
});

test('how long mails took: every mail the server was asked to take is in the histogram once', () => {
  const [histogram] =
    figures.families.find(({ name }) => name === 'partwork_send_duration_seconds')?.metrics ?? [];
  const bounds = Object.entries(histogram?.buckets ?? {}).map(
    ([le, count]) => [Number(le.replace('+', '')), Number(count)] as const,
  );
  const buckets = bounds.toSorted(([a], [b]) => a - b).map(([, count]) => count);
  expect(buckets).toEqual(buckets.toSorted((a, b) => a - b));
  expect(buckets.at(-1)).toBe(Number(histogram?.count));
  expect(Number(histogram?.count)).toBe(accepted() + answered.length);
  expect(Number(histogram?.sum)).toBeGreaterThan(0);
});

test('Redis, the ledger and the queues', () => {
  expect(figures.value('partwork_up')).toBe(1);
  expect(figures.value('partwork_redis_up')).toBe(1);
  expect(figures.value('partwork_ledger_fit')).toBe(1);
  expect(figures.value('partwork_redis_aof_enabled')).toBe(1);
  expect(figures.value('partwork_redis_aof_last_write_ok')).toBe(1);
  expect(figures.value('partwork_redis_memory_used_bytes')).toBeGreaterThan(100_000);
  expect(figures.value('partwork_redis_connected_clients')).toBeGreaterThan(1);
  expect(figures.value('partwork_queue_jobs', { queue: 'deliveries', state: 'waiting' })).toBe(0);
  expect(figures.value('bullmq_job_count', { queue: 'deliveries', state: 'waiting' })).toBe(0);
  expect(figures.value('bullmq_job_completed_total', { queue: 'deliveries' })).toBeGreaterThan(0);
});

test('no address, no domain of a reader, no title', () => {
  const [domain = ''] = addressOf('ash').split('@').slice(1);
  for (const told of ['@', domain, 'cold night', 'Greylisted']) expect(text).not.toContain(told);
});

/** The one thing it minds is a name that BullMQ has chosen. */
const BULLMQ_NAME =
  'bullmq_job_count non-histogram and non-summary metrics should not have "_count" suffix\n';

test.skipIf(!hasPromtool)('Prometheus’ own checker has nothing to say (skipped without promtool)', () => {
  expect(promtool(['check', 'metrics'], text)).toEqual({ code: 3, said: BULLMQ_NAME });
});
