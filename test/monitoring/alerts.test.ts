import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { hasPromtool, promtool } from '../support/promtool.ts';

/** Series as promtool writes them: what is told each minute, from `first`, `step` more each time. */
type Told = Readonly<Record<string, string>>;

const MINUTES = 80;
const steady = (value: number) => `${value}x${MINUTES}`;
const growing = (step: number) => `0+${step}x${MINUTES}`;

/** An installation of two instances that see the same ledger, in which all is well. */
const WELL: Told = {
  'up{job="partwork",instance="a"}': steady(1),
  'up{job="partwork",instance="b"}': steady(1),
  'partwork_up{job="partwork",instance="a"}': steady(1),
  'partwork_redis_up{job="partwork",instance="a"}': steady(1),
  'partwork_ledger_fit{job="partwork",instance="a"}': steady(1),
  'partwork_workers{job="partwork",instance="a"}': steady(2),
  'partwork_mail_blocked{job="partwork",instance="a"}': steady(0),
  'partwork_series_stuck{job="partwork",instance="a",series="garden"}': steady(0),
  'partwork_series_due{job="partwork",instance="a",series="garden"}': steady(10),
  'partwork_series_oldest_due_age_seconds{job="partwork",instance="a",series="garden"}': steady(60),
  'partwork_series_attention{job="partwork",instance="a",series="garden",kind="not-running"}': steady(0),
  'partwork_series_attention{job="partwork",instance="a",series="garden",kind="places-differ"}': steady(0),
  'partwork_deliveries_total{job="partwork",instance="a",series="garden",outcome="accepted"}': growing(100),
  'partwork_deliveries_total{job="partwork",instance="b",series="garden",outcome="accepted"}': growing(100),
  'partwork_deliveries_total{job="partwork",instance="a",series="garden",outcome="deferred"}': growing(2),
  'partwork_deliveries_total{job="partwork",instance="a",series="garden",outcome="rejected"}': growing(1),
  'partwork_issue_held{job="partwork",instance="a",series="garden",issue="frost"}': steady(0),
  'partwork_issue_adds_up{job="partwork",instance="a",series="garden",issue="frost"}': steady(1),
  'partwork_redis_aof_enabled{job="partwork",instance="a"}': steady(1),
  'partwork_redis_aof_last_write_ok{job="partwork",instance="a"}': steady(1),
  'partwork_redis_aof_delayed_fsyncs_total{job="partwork",instance="a"}': steady(3),
  'partwork_redis_memory_used_bytes{job="partwork",instance="a"}': steady(50_000_000),
  'partwork_redis_memory_max_bytes{job="partwork",instance="a"}': steady(100_000_000),
  'partwork_queue_jobs{job="partwork",instance="a",queue="letters",state="waiting"}': steady(3),
};

/** `outcome="deferred"` → the series of the first instance that has it. */
function told(part: string): string {
  const [found] = Object.keys(WELL).filter((series) => series.includes(part));
  if (found === undefined) throw new Error(`${part} is in no series.`);
  return found;
}

const without = (part: string): Told =>
  Object.fromEntries(Object.entries(WELL).filter(([series]) => !series.includes(part)));
const but = (...changes: readonly (readonly [part: string, values: string])[]): Told => ({
  ...WELL,
  ...Object.fromEntries(changes.map(([part, values]) => [told(part), values])),
});
const silent = (): Told => ({
  ...but(['outcome="deferred"', steady(2)], ['outcome="rejected"', steady(1)]),
  ...Object.fromEntries(
    Object.keys(WELL)
      .filter((series) => series.includes('accepted'))
      .map((series) => [series, steady(500)]),
  ),
});
const aged = 'partwork_series_oldest_due_age_seconds';

const SITUATIONS: readonly (readonly [what: string, series: Told, alerts: readonly string[]])[] = [
  ['all is well', WELL, []],
  ['a new installation without a series', without('garden'), []],
  [
    'nothing is due, and nothing goes out',
    { ...silent(), [told('_due{')]: steady(0), [told(aged)]: steady(0) },
    [],
  ],
  ['Redis has no limit', but(['memory_max', steady(0)]), []],
  ['nobody has scraped it ever', without('up{'), ['PartworkNotScraped']],
  [
    'both instances are down',
    { ...but(['up{job="partwork",instance="a"', steady(0)]), 'up{job="partwork",instance="b"}': steady(0) },
    ['PartworkNotScraped'],
  ],
  ['one of two instances is down', but(['up{job="partwork",instance="a"', steady(0)]), []],
  ['Redis is away', but(['partwork_up', steady(0)], ['redis_up', steady(0)]), ['PartworkRedisAway']],
  ['Redis is slow', but(['partwork_up', steady(0)]), ['PartworkBlind']],
  ['the ledger is not ours', but(['ledger_fit', steady(0)]), ['PartworkLedgerUnfit']],
  ['a series is stuck', but(['stuck', steady(1)]), ['PartworkStuck']],
  [
    'no outcome, and mail is due',
    { ...silent(), [told(aged)]: growing(90) },
    ['PartworkLate', 'PartworkNoProgress'],
  ],
  ['late, and going on', but([aged, steady(4_000)]), ['PartworkLate']],
  ['nobody sends', but(['workers', steady(0)]), ['PartworkNoWorkers']],
  ['the mail server refuses', but(['mail_blocked', steady(1)]), ['PartworkMailServerRefuses']],
  ['a third is put off', but(['outcome="deferred"', growing(50)]), ['PartworkManyDeferrals']],
  [
    'a few are put off where few go out',
    { ...silent(), [told('outcome="deferred"')]: `0+0x40 0+0.3x40`, [told('_due{')]: steady(0) },
    [],
  ],
  ['a tenth is refused', but(['outcome="rejected"', growing(11)]), ['PartworkManyRejections']],
  ['a series has stopped by itself', but(['not-running', steady(1)]), ['PartworkSeriesStopped']],
  ['mails are held', but(['held', steady(4)]), ['PartworkDeliveriesHeld']],
  ['the counts differ', but(['adds_up', steady(0)]), ['PartworkCountsDiffer']],
  ['places differ', but(['places-differ', steady(1)]), ['PartworkCountsDiffer']],
  ['Redis cannot write', but(['last_write_ok', steady(0)]), ['PartworkRedisForgets']],
  ['Redis keeps no file', but(['aof_enabled', steady(0)]), ['PartworkRedisForgets']],
  ['the disk is slow', but(['delayed_fsyncs', growing(1)]), ['PartworkRedisDiskSlow']],
  ['memory is nearly used up', but(['memory_used', steady(90_000_000)]), ['PartworkRedisMemoryHigh']],
  ['letters wait', but(['letters', steady(40)]), ['PartworkLettersWait']],
];

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'partwork-alerts-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What Prometheus says of situations; it evaluates the rules over the last hour of each. */
async function judge(situations: typeof SITUATIONS): Promise<string> {
  const file = join(folder, 'test.yml');
  const tests = situations.map(([name, series, alerts]) => ({
    name,
    interval: '1m',
    input_series: Object.entries(series).map(([one, values]) => ({ series: one, values })),
    promql_expr_test: [
      {
        expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
        eval_time: `${MINUTES - 5}m`,
        exp_samples: alerts.map((alert) => ({ labels: `{alertname="${alert}"}`, value: 1 })),
      },
    ],
  }));
  const rule_files = [resolve('templates/monitoring/alerts.yml')];
  await writeFile(file, stringify({ rule_files, evaluation_interval: '1m', tests }));
  return promtool(['test', 'rules', file]).said;
}

describe.skipIf(!hasPromtool)('what Prometheus would tell (skipped without promtool)', () => {
  test(`in ${SITUATIONS.length} situations`, { timeout: 120_000 }, async () => {
    expect(await judge(SITUATIONS)).toMatch(/^Unit Testing: +\S+\s+SUCCESS\s*$/);
  });

  test('an alert too many and one too few are seen', async () => {
    expect(await judge([['stuck', but(['stuck', steady(1)]), []]])).toContain('FAILED');
    expect(await judge([['well', WELL, ['PartworkStuck']]])).toContain('FAILED');
  });

  test('there is a situation for each alert', async () => {
    const { groups } = parse(await readFile('templates/monitoring/alerts.yml', 'utf8')) as {
      groups: { rules: { alert: string }[] }[];
    };
    const alerts = groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));
    expect(new Set(SITUATIONS.flatMap(([, , expected]) => expected))).toEqual(new Set(alerts));
  });
});
