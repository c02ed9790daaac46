import type { Bench, Row } from '../bench.ts';
import { openNaive, openPool, postfixSource, type Contender } from '../contenders.ts';
import type { Figure } from '../figure.ts';
import { openHouse, type House } from '../house.ts';
import type { Measurements } from '../measurements.ts';
import { messageSize } from '../message-size.ts';
import { product } from '../product.ts';
import { findProgram, POSTFIX_HINT } from '../programs.ts';
import { redisCpuUs } from '../redis-cost.ts';
import { openNodeSink } from '../sinks/node-sink.ts';
import { openPostfixSink } from '../sinks/postfix-sink.ts';
import type { Sink, SinkName } from '../sinks/sink.ts';
import { takeTurns, warmUp } from '../take-turns.ts';

/** In the order in which they take their turns. */
export const CONTENDERS = ['a', 'b', 'naive', 'product', 'c'] as const;

/** Of the product's readers: as many as each of them sends in about the same time. */
const SHARES: Readonly<Record<string, number>> = { a: 0.125, b: 0.25, naive: 0.1, product: 1, c: 1 };
export const throughput: Row = {
  name: 'throughput',
  title: 'The product against Nodemailer’s pool and Postfix’ own load generator',
  seconds: ({ rounds, readers }) => 20 + rounds * readers * 0.0016,
  async run(bench) {
    const figures = await against(bench, 'node-sink');
    if ((await findProgram('smtp-sink')) === undefined) bench.note(POSTFIX_HINT);
    else figures.push(...(await against(bench, 'smtp-sink')));
    return figures;
  },
};

async function against(bench: Bench, name: SinkName): Promise<Figure[]> {
  const first = await openFirst(bench, name);
  const house = await openHouse(bench.workshop, { smtpPort: first.port });
  const contenders = await openContenders(bench, house, first.port);
  const turnsAt = (sink: Sink) =>
    contenders.map((contender) => ({
      contender,
      sink,
      mails: Math.ceil(bench.readers * (SHARES[contender.name] ?? 1)),
    }));
  await warmUp(bench, turnsAt(first));
  const second = await openSecond(bench, first);
  const figures = figuresOf(await takeTurns(bench, turnsAt(second)), name);
  // Nothing of it is there while the other sink is measured.
  await bench.workshop.close();
  return figures;
}

/** The sink that sees who gets what. */
async function openFirst({ workshop, fault }: Bench, name: SinkName): Promise<Sink> {
  const sink =
    name === 'smtp-sink'
      ? await openPostfixSink(workshop, 'keeping')
      : await openNodeSink(workshop, { chunking: true, ...(fault !== undefined && { fault }) });
  if (sink === undefined) throw new Error('smtp-sink has gone away.');
  return sink;
}

/** The same where that costs nothing; smtp-sink keeps mails no longer, at the same port. */
async function openSecond({ workshop }: Bench, first: Sink): Promise<Sink> {
  if (first.name === 'node-sink') return first;
  await first.close();
  const sink = await openPostfixSink(workshop, 'counting', first.port);
  if (sink === undefined) throw new Error('smtp-sink has gone away.');
  return sink;
}

async function openContenders(bench: Bench, house: House, port: number): Promise<readonly Contender[]> {
  const { workshop } = bench;
  const { rendered } = await house.prepare('sample');
  const pool = { workshop, port, rendered };
  const worker = await house.startWorker();
  const naive = {
    ...pool,
    redisAddress: house.redisAddress,
    redisUs: () => redisCpuUs(house.redis),
  };
  const hasSource = (await findProgram('smtp-source')) !== undefined;
  if (!hasSource) bench.note(POSTFIX_HINT);
  return [
    await openPool('mail', pool),
    await openPool('raw', pool),
    await openNaive(naive),
    product(house, [worker]),
    ...(hasSource ? [postfixSource(workshop, port, messageSize(rendered))] : []),
  ];
}

function figuresOf(measurements: Measurements, sink: SinkName): Figure[] {
  const key = (what: string) => `throughput/${sink}/${what}`;
  const over = (one: string, other: string) =>
    measurements.over(one, other, key(`${one} over ${other}`), `${sink}: ${one} ÷ ${other}`);
  return [
    ...['b', 'naive', 'product', 'c'].flatMap((name) => over(name, 'a')),
    ...over('product', 'b'),
    ...over('product', 'c'),
    ...CONTENDERS.flatMap((name) => measurements.figuresOf(name, key(name), `${sink}: ${name}`)),
  ];
}
