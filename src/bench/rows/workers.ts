import type { Bench, Row } from '../bench.ts';
import { openHouse, type Worker } from '../house.ts';
import { product } from '../product.ts';
import { openNodeSink } from '../sinks/node-sink.ts';
import type { Sink } from '../sinks/sink.ts';
import { takeTurns, warmUp, type Turn } from '../take-turns.ts';

const COUNTS = [1, 2, 4];

/** More processes with the same `REDIS_URL`; here they share the cores with everything else. */
export const workers: Row = {
  name: 'workers',
  title: 'One, two and four worker processes',
  seconds: ({ rounds, readers }) => 20 + rounds * readers * 0.0007,
  async run(bench) {
    const sink = await openNodeSink(bench.workshop, { chunking: true });
    const turns: Turn[] = [];
    for (const count of COUNTS) turns.push(await openTurn(bench, sink, count));
    await warmUp(bench, turns);
    const results = await takeTurns(bench, turns);
    return COUNTS.map((count) => `workers-${count}`).flatMap((name, index) => [
      ...(index === 0
        ? []
        : results.over(name, 'workers-1', `workers/${name} over one`, `${name} ÷ workers-1`)),
      ...results.figuresOf(name, `workers/${name}`, name),
    ]);
  },
};

async function openTurn(bench: Bench, sink: Sink, count: number): Promise<Turn> {
  const house = await openHouse(bench.workshop, { smtpPort: sink.port });
  const started: Worker[] = [];
  for (let n = 0; n < count; n++) started.push(await house.startWorker());
  return { contender: product(house, started, { name: `workers-${count}` }), sink, mails: bench.readers };
}
