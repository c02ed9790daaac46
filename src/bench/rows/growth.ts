import type { Bench, Row } from '../bench.ts';
import { measure } from '../contenders.ts';
import { figure, type Figure } from '../figure.ts';
import { openHouse } from '../house.ts';
import { product } from '../product.ts';
import { queueBytes, redisDataBytes } from '../redis-cost.ts';
import { openNodeSink } from '../sinks/node-sink.ts';
import { watchPeak } from '../watch-peak.ts';

/** A worker's memory and the queue's, for audiences of several sizes. */
export const growth: Row = {
  name: 'growth',
  title: 'What grows with the audience: from a thousand readers to a hundred thousand',
  seconds: ({ readers }) => 10 + readers * 6 * 0.0004,
  async run(bench) {
    const small = Math.ceil(bench.readers / 20);
    const sizes = [small, bench.readers, bench.readers * 5];
    const sendings: Sending[] = [];
    for (const readers of sizes) sendings.push(await sendTo(bench, readers));
    return sendings.flatMap((sending) => figuresOf('growth', sending));
  },
};

/** The same for a million, which takes minutes. */
export const million: Row = {
  name: 'million',
  title: 'One issue to a million readers, each of them once',
  seconds: ({ million: readers }) => 20 + readers * 0.0004,
  async run(bench) {
    const few = await sendTo(bench, bench.readers);
    const many = await sendTo(bench, bench.million);
    return [
      figure('million/peak RSS', 'peak memory of the worker', 'MB', [many.peakRss]),
      figure('million/RSS over 20k', `the same ÷ with ${few.readers} readers`, 'times', [
        many.peakRss / few.peakRss,
      ]),
      figure('million/queue memory', 'most that BullMQ’s keys took', 'MB', [many.queueMb]),
      ...figuresOf('million', many),
    ];
  },
};

interface Sending {
  readonly readers: number;
  readonly rate: number;
  readonly senderUs: number;
  readonly redisUs: number;
  /** MB. */
  readonly peakRss: number;
  readonly queueMb: number;
  readonly redisMb: number;
}

/** In an installation of its own, with a worker that has sent nothing yet. */
async function sendTo(bench: Bench, readers: number): Promise<Sending> {
  const { workshop } = bench;
  bench.progress(`${readers} readers: joining, then sending`);
  const sink = await openNodeSink(workshop, { chunking: true });
  const house = await openHouse(workshop, { smtpPort: sink.port });
  const worker = await house.startWorker();
  const queue = watchPeak(() => queueBytes(house.redis, house.app.queues));
  const redis = watchPeak(() => redisDataBytes(house.redis));
  const result = await measure(product(house, [worker]), readers, sink);
  const [queuePeak, redisPeak] = [await queue.end(), await redis.end()];
  await workshop.close();
  return {
    readers,
    rate: result.rate,
    senderUs: result.senderUs ?? NaN,
    redisUs: result.redisUs ?? NaN,
    peakRss: (result.peakRss ?? NaN) / 1e6,
    queueMb: queuePeak / 1e6,
    redisMb: redisPeak / 1e6,
  };
}

function figuresOf(row: string, sending: Sending): Figure[] {
  const { readers } = sending;
  const one = (what: string, title: string, unit: Figure['unit'], value: number) =>
    figure(`${row}/${readers} ${what}`, `${readers} readers: ${title}`, unit, [value]);
  return [
    one('rate', 'rate', 'mails/s', sending.rate),
    one('senderUs', 'CPU a mail', 'µs', sending.senderUs),
    one('redisUs', 'Redis’ CPU a mail', 'µs', sending.redisUs),
    one('peakRss', 'peak memory of the worker', 'MB', sending.peakRss),
    one('queue', 'most that BullMQ’s keys took', 'MB', sending.queueMb),
    one('redis', 'most that Redis had', 'MB', sending.redisMb),
  ];
}
