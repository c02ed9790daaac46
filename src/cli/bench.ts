import { writeFile } from 'node:fs/promises';
import type { Bench, Row } from '../bench/bench.ts';
import { drawChart } from '../bench/draw-chart.ts';
import { ROWS } from '../bench/rows.ts';
import { runBench, type BenchReport } from '../bench/run-bench.ts';
import { Workshop } from '../bench/workshop.ts';
import { WrongResult } from '../bench/wrong-result.ts';
import { EXIT } from '../domain/refusal.ts';
import { reportLines } from './bench/report-lines.ts';
import { exitCodeOf, untilStopped } from './signals.ts';
import type { Terminal } from './terminal.ts';

export interface BenchFlags {
  readonly only?: string;
  readonly all?: boolean;
  readonly rounds?: string;
  readonly readers?: string;
  readonly quick?: boolean;
  readonly json?: boolean;
  readonly svg?: string;
  readonly fault?: 'drop' | 'double';
}

type Sizes = Pick<Bench, 'rounds' | 'readers' | 'million' | 'isQuick'>;

const ROUNDS = 5;
const READERS = 20_000;
const MILLION = 1_000_000;
const QUICK_READERS = 200;
const FEWEST_READERS = 20;
const MINUTE_S = 60;
/** It takes longer than all others together; whoever wants it says so. */
const LONGEST = 'million';

/**
 * `partwork bench`: how fast this machine sends, against the plain ways to do it, each figure's opponents in one run. Everything it needs
 * it starts itself, on this machine, and ends.
 */
export async function bench(terminal: Terminal, flags: BenchFlags): Promise<number> {
  const rows = rowsNamed(flags);
  const sizes = sizesOf(flags);
  const trouble = typeof rows === 'string' ? rows : troubleWith(sizes, flags, rows);
  if (typeof rows === 'string' || trouble !== undefined) {
    terminal.say(trouble ?? '');
    return EXIT.usage;
  }
  const workshop = new Workshop();
  const stopping = new AbortController();
  const stopped = untilStopped((signal) => terminal.endAtOnce(exitCodeOf(signal))).then(async (signal) => {
    stopping.abort();
    await workshop.end();
    return terminal.endAtOnce(exitCodeOf(signal));
  });
  terminal.say(estimateOf(rows, sizes));
  try {
    const progress = (text: string) => terminal.progress(text);
    const report = await runBench(rows, { ...sizes, fault: flags.fault, workshop, progress });
    await tell(terminal, report, flags);
    return EXIT.ok;
  } catch (error) {
    // Ctrl-C in a terminal reaches the bench's processes, too, which fail for that.
    if (stopping.signal.aborted) return await stopped;
    if (!(error instanceof WrongResult)) throw error;
    terminal.say(`${error.message} The figures of such a run mean nothing, and none are shown.`);
    return EXIT.failed;
  } finally {
    await workshop.close();
  }
}

/** A string says what is wrong with the names. */
function rowsNamed({ only, all = false }: BenchFlags): readonly Row[] | string {
  if (only === undefined) return all ? ROWS : ROWS.filter(({ name }) => name !== LONGEST);
  const names = only.split(',').map((name) => name.trim());
  const known = ROWS.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) return `--only: there is no row "${unknown}". There are ${known.join(', ')}.`;
  return ROWS.filter(({ name }) => names.includes(name));
}

/** `--readers` is how many the product gets in a round; a million when only those rows are asked for that have so many. */
function sizesOf({ rounds, readers, quick = false, only }: BenchFlags): Sizes {
  const given = readers === undefined ? undefined : Number(readers);
  const isForMillion = only === LONGEST || only === 'import';
  const usual = quick ? QUICK_READERS : READERS;
  return {
    isQuick: quick,
    rounds: Number(rounds ?? (quick ? 1 : ROUNDS)),
    readers: isForMillion ? usual : (given ?? usual),
    million: isForMillion && given !== undefined ? given : quick ? 5 * (given ?? usual) : MILLION,
  };
}

function troubleWith(sizes: Sizes, { svg }: BenchFlags, rows: readonly Row[]): string | undefined {
  if (!isWhole(sizes.rounds, 1)) return '--rounds: write a whole number from 1.';
  if (!isWhole(sizes.readers, FEWEST_READERS) || !isWhole(sizes.million, FEWEST_READERS))
    return `--readers: write a whole number from ${FEWEST_READERS}.`;
  if (svg !== undefined && !rows.some(({ name }) => name === 'throughput'))
    return '--svg draws the row "throughput", which is not among those of --only.';
  return undefined;
}

const isWhole = (n: number, least: number): boolean => Number.isInteger(n) && n >= least;

function estimateOf(rows: readonly Row[], sizes: Sizes): string {
  const seconds = rows.reduce((sum, row) => sum + row.seconds(sizes), 0);
  const minutes = Math.ceil(seconds / MINUTE_S);
  return `This takes about ${minutes} minute${minutes === 1 ? '' : 's'} on two cores. Ctrl-C ends it and leaves nothing behind.`;
}

async function tell(terminal: Terminal, report: BenchReport, { json = false, svg }: BenchFlags) {
  const lines = json ? [JSON.stringify(report, null, 2)] : reportLines(report);
  for (const line of lines) terminal.print(line);
  if (svg === undefined) return;
  const chart = drawChart(report);
  if (chart === undefined) throw new Error('The throughput was measured, and there is nothing to draw.');
  await writeFile(svg, chart);
  terminal.say(`The picture is in ${svg}.`);
}
