import type { BenchReport } from '../../bench/run-bench.ts';
import { table } from '../table.ts';

export function reportLines(report: BenchReport): string[] {
  return table(
    [
      { title: 'Figure' },
      { title: 'Median', align: 'right' },
      { title: 'Rounds' },
      { title: 'Floor' },
      { title: 'Aim' },
    ],
    report.figures.map((f) => [
      f.title,
      f.value.toFixed(2),
      f.rounds.map((n) => n.toFixed(2)).join(' '),
      String(f.goal?.floor ?? ''),
      String(f.goal?.aim ?? ''),
    ]),
  );
}
