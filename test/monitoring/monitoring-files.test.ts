import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ADMIN_SECRET } from '../support/admin-visitor.ts';
import { openDoor, type Door } from '../support/door.ts';
import { askedIn } from '../support/promql.ts';
import { hasPromtool, promtool } from '../support/promtool.ts';
import { scrapeWith } from '../web/metrics/scrape.ts';

const ALERTS = 'templates/monitoring/alerts.yml';
const DASHBOARD = 'templates/monitoring/grafana-dashboard.json';
/** What Prometheus adds to everything it scrapes. */
const OF_PROMETHEUS = ['job', 'instance'];

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
}
interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly type: string; readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly {
    readonly expr: string;
    readonly refId: string;
    readonly legendFormat: string;
  }[];
}
interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly schemaVersion: number;
  readonly panels: readonly Panel[];
  readonly templating: {
    readonly list: readonly {
      readonly name: string;
      readonly type: string;
      readonly query: string | { readonly query: string };
    }[];
  };
}

const alertsFile = parse(await readFile(ALERTS, 'utf8')) as {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[];
};
const rules = alertsFile.groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(await readFile(DASHBOARD, 'utf8')) as Dashboard;
const panels = dashboard.panels.filter(({ type }) => type !== 'row');

let door: Door;
/** Metric → its labels, as they are told. */
let told: Map<string, readonly string[]>;
beforeAll(async () => {
  door = await openDoor({ PARTWORK_ADMIN_SECRET: ADMIN_SECRET });
  await door.t.join('garden', 'ash');
  await door.t.redis.redis().hset('pw:{p00}:replies:garden', 'frost\tdeferred\t451 4.7.1\texample.com', '3');
  const { read } = await scrapeWith((path, init) => fetch(door.url + path, init))();
  told = read.labelNames();
}, 120_000);
afterAll(() => door?.close());

/** What an expression asks for that nobody tells, one sentence each. */
function missingIn(expression: string): string[] {
  const { metrics, labels } = askedIn(expression);
  const known = metrics.flatMap((metric) => (metric === 'up' ? [] : (told.get(metric) ?? [])));
  return [
    ...metrics
      .filter((metric) => metric !== 'up' && !told.has(metric))
      .map((metric) => `nobody tells ${metric}`),
    ...labels
      .filter((label) => !OF_PROMETHEUS.includes(label) && !known.includes(label))
      .map((label) => `${metrics.join()} has no label ${label}`),
  ];
}

test('what is asked for and not told is found', () => {
  expect(missingIn('rate(partwork_nothing_total[5m]) > 0')).toEqual(['nobody tells partwork_nothing_total']);
  expect(missingIn('max by (colour) (partwork_series_due{series="a"})')).toEqual([
    'partwork_series_due has no label colour',
  ]);
  expect(missingIn('sum by (job, series) (rate(partwork_deliveries_total{outcome=~"a|b"}[5m]))')).toEqual([]);
  expect(() => missingIn('rate(partwork_up[5m]')).toThrow('Not PromQL');
});

describe('alerts', () => {
  test.each(rules.map(({ alert, expr }) => [alert, expr] as const))('%s asks for what is told', (_, expr) => {
    expect(askedIn(expr).metrics).not.toEqual([]);
    expect(missingIn(expr)).toEqual([]);
  });

  test.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s says what is wrong and what to do',
    (_, rule) => {
      expect(rule.alert).toMatch(/^Partwork[A-Z]\w+$/);
      expect(rule.for).toMatch(/^\d+m$/);
      expect(['page', 'ticket']).toContain(rule.labels.severity);
      expect(rule.annotations.summary.length).toBeGreaterThan(10);
      expect(rule.annotations.runbook).toMatch(/\S.{60,}\.$/s);
      const used = [...JSON.stringify(rule.annotations).matchAll(/\$labels\.(\w+)/g)].map(
        ([, label]) => label ?? '',
      );
      const { labels } = askedIn(rule.expr);
      expect(used.filter((label) => !labels.includes(label))).toEqual([]);
    },
  );

  test('there is one for each thing that wakes somebody', () => {
    expect(rules.map(({ alert }) => alert)).toEqual(
      expect.arrayContaining([
        'PartworkNotScraped',
        'PartworkLate',
        'PartworkStuck',
        'PartworkNoWorkers',
        'PartworkMailServerRefuses',
        'PartworkManyDeferrals',
        'PartworkManyRejections',
        'PartworkCountsDiffer',
        'PartworkRedisForgets',
        'PartworkRedisMemoryHigh',
      ]),
    );
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });

  test.skipIf(!hasPromtool)('Prometheus takes them (skipped without promtool)', () => {
    const { code, said } = promtool(['check', 'rules', ALERTS]);
    expect([code, said]).toEqual([0, expect.stringContaining(`SUCCESS: ${rules.length} rules found`)]);
  });
});

describe('the dashboard', () => {
  test('has what Grafana needs to import it', () => {
    expect(dashboard).toMatchObject({ uid: 'partwork', title: 'Partwork', schemaVersion: 39 });
    // A number would be somebody else's dashboard.
    expect(dashboard).not.toHaveProperty('id');
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id } of dashboard.panels) expect(Number.isInteger(id) && id > 0).toBe(true);
  });

  test('no panel lies over another, and none sticks out', () => {
    const taken = new Map<string, string>();
    for (const { title, gridPos } of dashboard.panels) {
      const { x, y, w, h } = gridPos;
      expect([title, x >= 0, x + w <= 24, w > 0, h > 0]).toEqual([title, true, true, true, true]);
      for (let column = x; column < x + w; column++) {
        for (let line = y; line < y + h; line++) {
          expect(`${title} over ${taken.get(`${column},${line}`)}`).toBe(`${title} over undefined`);
          taken.set(`${column},${line}`, title);
        }
      }
    }
  });

  test('the data source is chosen where it is looked at, and every panel follows', () => {
    expect(dashboard.templating.list).toContainEqual(
      expect.objectContaining({ name: 'datasource', type: 'datasource', query: 'prometheus' }),
    );
    for (const { title, datasource } of panels)
      expect([title, datasource]).toEqual([title, { type: 'prometheus', uid: '${datasource}' }]);
  });

  test.each(panels.map((panel) => [panel.title, panel] as const))('%s asks for what is told', (_, panel) => {
    expect(panel.description).toMatch(/\.$/);
    expect(panel.targets).not.toEqual([]);
    const refs = panel.targets?.map(({ refId }) => refId) ?? [];
    expect(new Set(refs).size).toBe(refs.length);
    for (const { expr, legendFormat } of panel.targets ?? []) {
      expect(missingIn(expr)).toEqual([]);
      const shown = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label ?? '');
      expect(shown.filter((label) => !askedIn(expr).labels.includes(label))).toEqual([]);
    }
  });

  test('every variable is one, and is filled from what is told', () => {
    const names = dashboard.templating.list.map(({ name }) => name);
    const used = [...JSON.stringify(panels).matchAll(/\$\{?(?!__)(\w+)/g)].map(([, name]) => name ?? '');
    expect(new Set(used)).toEqual(new Set(names));
    for (const { type, query } of dashboard.templating.list.filter((variable) => variable.type === 'query')) {
      const { query: text } = query as { query: string };
      const [, selector = '', label = ''] = /^label_values\((.+), (\w+)\)$/.exec(text) ?? [];
      expect([type, missingIn(`max by (${label}) (${selector})`)]).toEqual(['query', []]);
    }
  });
});

test('every metric of ours is in the dashboard or an alert, or is one of few that are for looking closer', () => {
  const expressions = [
    ...rules.map(({ expr }) => expr),
    ...panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ];
  const used = new Set(expressions.flatMap((expr) => askedIn(expr).metrics));
  const unused = [...told.keys()].filter((name) => name.startsWith('partwork_') && !used.has(name));
  expect(unused.toSorted()).toEqual([
    'partwork_build_info',
    'partwork_issue_audience',
    'partwork_redis_connected_clients',
    'partwork_send_duration_seconds_count',
    'partwork_send_duration_seconds_sum',
    'partwork_series_next_due_timestamp_seconds',
    'partwork_series_state',
    'partwork_subscriptions_begun_total',
  ]);
});
