import type { Bench } from './bench.ts';
import { measure, type Contender } from './contenders.ts';
import { Measurements } from './measurements.ts';
import type { Sink } from './sinks/sink.ts';

/** Somebody who takes part in each round. */
export interface Turn {
  readonly contender: Contender;
  readonly sink: Sink;
  /** How many readers in a round. */
  readonly mails: number;
}

const WARM_UP = 1_000;
const QUICK_WARM_UP = 50;

/** Sends a little before anything is measured: code that has not run yet is slow, whoever's it is. */
export async function warmUp(bench: Bench, turns: readonly Turn[]): Promise<void> {
  for (const { contender, sink, mails } of turns) {
    bench.progress(`${sink.name}: warming up ${contender.name}, and looking who got its mails`);
    await measure(contender, Math.min(mails, bench.isQuick ? QUICK_WARM_UP : WARM_UP), sink);
  }
}

/** Everybody once a round, one after the other: what the machine does besides meets them all. */
export async function takeTurns(
  bench: Bench,
  turns: readonly Turn[],
  rounds = bench.rounds,
): Promise<Measurements> {
  const measurements = new Measurements();
  for (let round = 1; round <= rounds; round++) {
    for (const { contender, sink, mails } of turns) {
      bench.progress(`${sink.name}: round ${round} of ${rounds}, ${contender.name}`);
      measurements.add(contender.name, await measure(contender, mails, sink));
    }
  }
  return measurements;
}
