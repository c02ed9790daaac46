import type { Bench, Row } from './bench.ts';
import type { Figure } from './figure.ts';
import { goalOf, judge, type Goal, type Verdict } from './goals.ts';
import { describeMachine, type Machine } from './machine.ts';

export interface JudgedFigure extends Figure {
  readonly goal?: Goal & { readonly reached: Verdict };
}

/** All of a bench, as `--json` prints it. */
export interface BenchReport {
  /** ISO 8601, when it began. */
  readonly date: string;
  readonly machine: Machine;
  readonly rounds: number;
  readonly readers: number;
  /** Sizes were too small for the figures to mean anything. */
  readonly isQuick: boolean;
  /** What could not be measured, and why. */
  readonly notes: readonly string[];
  readonly rows: readonly { readonly name: string; readonly title: string }[];
  /** Their keys begin with the name of their row. */
  readonly figures: readonly JudgedFigure[];
}

/** Runs the rows one after the other. Throws `WrongResult` when a run did not do what it was to do. */
export async function runBench(rows: readonly Row[], given: Omit<Bench, 'note'>): Promise<BenchReport> {
  const notes = new Set<string>();
  const bench: Bench = { ...given, note: (text) => void notes.add(text) };
  const date = new Date().toISOString();
  const machine = await describeMachine();
  const figures: Figure[] = [];
  for (const row of rows) {
    bench.progress(`${row.name}: begins`);
    figures.push(...(await row.run(bench)));
    // Nothing of one row is there while another one is measured.
    await bench.workshop.close();
  }
  const { rounds, readers, isQuick } = given;
  return {
    date,
    machine,
    rounds,
    readers,
    isQuick,
    notes: [...notes],
    rows: rows.map(({ name, title }) => ({ name, title })),
    figures: figures.map(judged),
  };
}

function judged(one: Figure): JudgedFigure {
  const goal = goalOf(one.key);
  return goal === undefined ? one : { ...one, goal: { ...goal, reached: judge(goal, one.value) } };
}
