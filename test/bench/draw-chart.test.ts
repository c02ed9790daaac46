import { expect, test } from 'vitest';
import { drawChart } from '../../src/bench/draw-chart.ts';
import { figure } from '../../src/bench/figure.ts';
import type { BenchReport } from '../../src/bench/run-bench.ts';

const machine = {
  cpu: 'A <fast> CPU & more',
  cores: 2,
  memory: 1,
  system: 'Linux',
  node: '22.0.0',
  redis: '7.2.0',
  postfix: null,
  partwork: '1.2.3',
};

const reportOf = (ratios: Readonly<Record<string, number>>): BenchReport => ({
  date: '2026-11-30T05:00:00.000Z',
  machine,
  rounds: 5,
  readers: 20_000,
  isQuick: false,
  notes: [],
  rows: [],
  figures: Object.entries(ratios).map(([what, ratio]) =>
    figure(`throughput/${what} over a`, what, 'times', [ratio]),
  ),
});

const widths = (svg: string): number[] =>
  [...svg.matchAll(/class="(?:ours|theirs)" x="[\d.]+" y="[\d.]+" width="([\d.]+)"/g)].map(([, width]) =>
    Number(width),
  );

test('a bar is as long as its rate, on one scale for both mail servers', () => {
  const svg = drawChart(
    reportOf({
      'smtp-sink/product': 8,
      'smtp-sink/c': 8,
      'node-sink/b': 4,
      'node-sink/product': 16,
      'node-sink/c': 32,
    }),
  );
  const [one = 0, ...others] = widths(svg ?? '');
  expect(others.map((width) => Math.round(width / one))).toEqual([8, 8, 1, 4, 16, 32]);
  expect(Math.max(...widths(svg ?? ''))).toBeLessThan(800);
});

test('what was not measured has no bar, and without any there is no picture', () => {
  expect(widths(drawChart(reportOf({ 'node-sink/product': 12 })) ?? '')).toHaveLength(2);
  expect(drawChart(reportOf({}))).toBeUndefined();
});

test('it runs nothing, follows the colour scheme, and says in words what it shows', () => {
  const svg = drawChart(reportOf({ 'node-sink/product': 12.34 })) ?? '';
  expect(svg).not.toMatch(/<script|href|on\w+=/);
  expect(svg).toContain('prefers-color-scheme: dark');
  expect(svg).toMatch(/<desc[^>]*>[^<]*Partwork[^<]*12 ×/);
  expect(svg).toContain('A &lt;fast&gt; CPU &amp; more');
  expect(svg).toContain('Node 22.0.0, Redis 7.2.0; 2026-11-30');
});
