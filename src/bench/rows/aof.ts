import type { Bench, Row } from '../bench.ts';
import { openHouse } from '../house.ts';
import { product } from '../product.ts';
import { openNodeSink } from '../sinks/node-sink.ts';
import type { Sink } from '../sinks/sink.ts';
import { takeTurns, warmUp, type Turn } from '../take-turns.ts';

/** What it costs that every answer of Redis' is on the disk, without which a power cut sends mail twice. */
export const aof: Row = {
  name: 'aof',
  title: 'Redis writes every answer to the disk first, or nothing at all',
  seconds: ({ rounds, readers }) => 15 + rounds * readers * 0.0005,
  async run(bench) {
    const sink = await openNodeSink(bench.workshop, { chunking: true });
    const turns = [await openTurn(bench, sink, 'always'), await openTurn(bench, sink, 'none')];
    await warmUp(bench, turns);
    const results = await takeTurns(bench, turns);
    return [
      ...results.over('always', 'none', 'aof/always over none', 'AOF always ÷ no AOF'),
      ...['always', 'none'].flatMap((name) => results.figuresOf(name, `aof/${name}`, `AOF ${name}`)),
    ];
  },
};

async function openTurn(bench: Bench, sink: Sink, name: 'always' | 'none'): Promise<Turn> {
  const house = await openHouse(bench.workshop, { smtpPort: sink.port, keepsLog: name === 'always' });
  const contender = product(house, [await house.startWorker()], { name });
  return { contender, sink, mails: bench.readers };
}
