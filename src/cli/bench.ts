import { SECOND_MS } from '../domain/instant.ts';
import { EXIT } from '../domain/refusal.ts';
import { ROWS } from '../bench/rows.ts';
import { runBench } from '../bench/run-bench.ts';
import { Workshop } from '../bench/workshop.ts';
import { WrongResult } from '../bench/wrong-result.ts';
import { reportLines } from './bench/report-lines.ts';
import { exitCodeOf, untilStopped } from './signals.ts';
import type { Terminal } from './terminal.ts';

export interface BenchFlags {
  readonly only?: string;
  readonly rounds?: string;
  readonly readers?: string;
  readonly quick?: boolean;
  readonly json?: boolean;
  readonly svg?: string;
  readonly fault?: 'drop' | 'double';
}

const ROUNDS = 5;
const READERS = 20_000;
const MILLION = 1_000_000;
const QUICK_READERS = 200;

/** `partwork bench`: how fast this machine sends, against the plain ways to do it, every figure in one run. */
export async function bench(terminal: Terminal, flags: BenchFlags): Promise<number> {
  const names = flags.only?.split(',');
  const rows = ROWS.filter(({ name }) => names?.includes(name) ?? name !== 'million');
  const isQuick = flags.quick ?? false;
  const rounds = Number(flags.rounds ?? (isQuick ? 1 : ROUNDS));
  const readers = Number(flags.readers ?? (isQuick ? QUICK_READERS : READERS));
  const trouble = troubleWith(names, rounds, readers);
  if (trouble !== undefined) {
    terminal.say(trouble);
    return EXIT.usage;
  }
  const sizes = { rounds, readers, million: Number(flags.readers ?? MILLION), isQuick, fault: flags.fault };
  const workshop = new Workshop();
  const stopped = untilStopped((signal) => terminal.endAtOnce(exitCodeOf(signal)));
  void stopped.then((signal) => workshop.close().finally(() => terminal.endAtOnce(exitCodeOf(signal))));
  terminal.say(estimate(rows.reduce((sum, row) => sum + row.seconds(sizes), 0)));
  try {
    const report = await runBench(rows, { ...sizes, workshop, progress: (text) => terminal.progress(text) });
    for (const line of flags.json === true ? [JSON.stringify(report, null, 2)] : reportLines(report))
      terminal.print(line);
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof WrongResult)) throw error;
    terminal.say(error.message);
    return EXIT.failed;
  } finally {
    await workshop.close();
  }
}

function troubleWith(
  names: readonly string[] | undefined,
  rounds: number,
  readers: number,
): string | undefined {
  const known = ROWS.map(({ name }) => name);
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown !== undefined) return `--only: there is no row "${unknown}". There are ${known.join(', ')}.`;
  if (!Number.isInteger(rounds) || rounds < 1) return '--rounds: write a whole number from 1.';
  if (!Number.isInteger(readers) || readers < 10) return '--readers: write a whole number from 10.';
  return undefined;
}

function estimate(seconds: number): string {
  const minutes = Math.ceil((seconds * SECOND_MS) / (60 * SECOND_MS));
  return `This takes about ${minutes} minute${minutes === 1 ? '' : 's'}. Ctrl-C ends it and leaves nothing behind.`;
}
