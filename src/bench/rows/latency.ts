import type { Bench, Row } from '../bench.ts';
import { openPool } from '../contenders.ts';
import { openHouse } from '../house.ts';
import { product } from '../product.ts';
import { openNodeSink } from '../sinks/node-sink.ts';
import { takeTurns, warmUp, type Turn } from '../take-turns.ts';

const ROUND_TRIP_MS = 50;
/** What comes to some eight seconds each on a line like that. */
const MAILS = { a: 800, product: 1_600, chunking: 4_000 };
const QUICK_MAILS = { a: 30, product: 30, chunking: 30 };

/** A mail server that is 50 ms away: what counts is how often somebody waits for it. */
export const latency: Row = {
  name: 'latency',
  title: `A mail server ${ROUND_TRIP_MS} ms away`,
  seconds: ({ rounds }) => 30 + rounds * 26,
  async run(bench) {
    const mails = bench.isQuick ? QUICK_MAILS : MAILS;
    const plain = await openTurn(bench, { chunking: false, mails: mails.product });
    const chunking = await openTurn(bench, { chunking: true, mails: mails.chunking });
    const { workshop } = bench;
    const pool = { workshop, port: plain.sink.port, rendered: plain.rendered };
    const turns: Turn[] = [
      { contender: await openPool('mail', pool), sink: plain.sink, mails: mails.a },
      plain,
      chunking,
    ];
    await warmUp(bench, turns);
    const results = await takeTurns(bench, turns);
    return [
      ...results.over('product', 'a', key('product over a'), 'product ÷ a'),
      ...results.over('chunking', 'a', key('product over a, CHUNKING'), 'product ÷ a, with CHUNKING'),
      ...['a', 'product', 'chunking'].flatMap((name) => results.figuresOf(name, key(name), name)),
    ];
  },
};

const key = (what: string): string => `latency/${what}`;

async function openTurn(bench: Bench, { chunking, mails }: { chunking: boolean; mails: number }) {
  const sink = await openNodeSink(bench.workshop, { roundTripMs: ROUND_TRIP_MS, chunking });
  const house = await openHouse(bench.workshop, {
    smtpPort: sink.port,
    smtpOptions: chunking ? '&pipelining=chunks' : '',
  });
  const { rendered } = await house.prepare('sample');
  const name = chunking ? 'chunking' : 'product';
  const contender = product(house, [await house.startWorker()], { name });
  return { contender, sink, mails, rendered };
}
