import type { Bench, Row } from '../bench.ts';
import { openHouse } from '../house.ts';
import { product } from '../product.ts';
import { openNodeSink } from '../sinks/node-sink.ts';
import type { SinkRules } from '../sinks/sink-rules.ts';
import { takeTurns, warmUp, type Turn } from '../take-turns.ts';

/** Readers whom the server puts off or does not know, of a hundred. */
const FAILING: SinkRules = { chunking: true, putOff: 5, unknown: 1 };

/** What everybody else loses to them: mails taken a second, with them over without them. */
export const failures: Row = {
  name: 'failures',
  title: 'Five of a hundred readers are put off (4xx), one is unknown (5xx)',
  seconds: ({ rounds, readers }) => 15 + rounds * readers * 0.0005,
  async run(bench) {
    const turns = [
      await openTurn(bench, 'clean', { chunking: true }),
      await openTurn(bench, 'failing', FAILING),
    ];
    await warmUp(bench, turns);
    const results = await takeTurns(bench, turns);
    return [
      ...results.over('failing', 'clean', 'failures/rate kept', 'rate with failures ÷ without'),
      ...['clean', 'failing'].flatMap((name) => results.figuresOf(name, `failures/${name}`, name)),
    ];
  },
};

async function openTurn(bench: Bench, name: string, rules: SinkRules): Promise<Turn> {
  const sink = await openNodeSink(bench.workshop, rules);
  const house = await openHouse(bench.workshop, { smtpPort: sink.port });
  const contender = product(house, [await house.startWorker()], { name, rules });
  return { contender, sink, mails: bench.readers };
}
