import type { Figure } from '../../bench/figure.ts';
import type { BenchReport, JudgedFigure } from '../../bench/run-bench.ts';
import { amount } from '../amount.ts';
import { table, type Column } from '../table.ts';

const COLUMNS: readonly Column[] = [
  { title: '' },
  { title: 'median', align: 'right' },
  { title: 'lowest', align: 'right' },
  { title: 'highest', align: 'right' },
  { title: 'floor', align: 'right' },
  { title: 'aim', align: 'right' },
  { title: '' },
];
const REACHED = { aim: 'aim reached', floor: 'floor reached', below: 'BELOW THE FLOOR' } as const;
const CONTENDERS = [
  '(a) a loop over Nodemailer’s pool, sendMail with HTML and text; (b) the same pool given our bytes as raw;',
  '(c) Postfix’ smtp-source, one fixed message over connections that stay open; naive: BullMQ with a job for',
  'each reader, and sendMail. The product’s rate counts from the release to the last mail; all use ten connections.',
];

/** The whole report for people. */
export function reportLines(report: BenchReport): string[] {
  const { rows, figures, notes, isQuick } = report;
  return [
    ...machineLines(report),
    ...rows.flatMap(({ name, title }) => [
      '',
      title,
      ...table(
        COLUMNS,
        figures.filter(({ key }) => key.startsWith(`${name}/`)).map((figure) => rowOf(figure, isQuick)),
      ),
    ]),
    ...(rows.some(({ name }) => name === 'throughput') ? ['', ...CONTENDERS] : []),
    ...(isQuick ? ['', 'Quick: sizes are too small for these figures to mean anything.'] : []),
    ...notes.flatMap((note) => ['', note]),
  ];
}

function machineLines({ machine, date, rounds, readers }: BenchReport): string[] {
  const { cpu, cores, memory, system, node, redis, postfix, partwork } = machine;
  return [
    `Partwork ${partwork}, ${date.slice(0, 16).replace('T', ' ')} UTC, ${rounds} rounds, ${amount(readers)} readers`,
    `${cpu}, ${cores} cores, ${Math.round(memory / 2 ** 30)} GB; ${system}`,
    `Node ${node}, Redis ${redis ?? '(none)'}, Postfix ${postfix ?? '(none)'}`,
  ];
}

function rowOf({ title, unit, value, rounds, goal }: JudgedFigure, isQuick: boolean): string[] {
  const show = (n: number) => valueWith(unit, n);
  return [
    `  ${title}`,
    show(value),
    ...(rounds.length > 1 ? [show(Math.min(...rounds)), show(Math.max(...rounds))] : ['', '']),
    ...(goal === undefined || isQuick
      ? ['', '', '']
      : [show(goal.floor), show(goal.aim), REACHED[goal.reached]]),
  ];
}

/** As exact as it is worth: three digits or so. */
function valueWith(unit: Figure['unit'], n: number): string {
  const digits = Math.abs(n) >= 100 ? amount(Math.round(n)) : n.toFixed(Math.abs(n) >= 10 ? 1 : 2);
  return unit === 'times' ? `${digits} ×` : `${digits} ${unit}`;
}
