import { freePort } from '../../app/free-port.ts';
import type { Row } from '../bench.ts';
import type { Contender } from '../contenders.ts';
import { openHouse } from '../house.ts';
import { product } from '../product.ts';
import { SECRET } from '../site.ts';
import { openNodeSink } from '../sinks/node-sink.ts';
import { takeTurns, warmUp } from '../take-turns.ts';
import { startWatching } from '../watchers.ts';

/** What a dashboard, `partwork watch` and Prometheus cost who sends. */
export const watching: Row = {
  name: 'watching',
  title: 'A dashboard, `partwork watch` and Prometheus beside the sending',
  seconds: ({ rounds, readers }) => 15 + rounds * (4 + readers * 0.0005),
  async run(bench) {
    const { workshop, readers } = bench;
    const port = await freePort('127.0.0.1');
    const url = `http://127.0.0.1:${port}`;
    const sink = await openNodeSink(workshop, { chunking: true });
    const settings = { PORT: String(port), BASE_URL: url, PARTWORK_ADMIN_SECRET: SECRET };
    const house = await openHouse(workshop, { smtpPort: sink.port, settings });
    const workers = [await house.startWorker()];
    const alone = product(house, workers, { name: 'alone' });
    const among = product(house, workers, { name: 'watched' });
    const watched: Contender = {
      name: 'watched',
      async send(mails, to) {
        const end = await startWatching(workshop, { place: house.place, url, adminSecret: SECRET });
        const measurement = await among.send(mails, to);
        await end();
        return measurement;
      },
    };
    const turns = [alone, watched].map((contender) => ({ contender, sink, mails: readers }));
    await warmUp(bench, turns);
    const results = await takeTurns(bench, turns);
    return [
      ...results.over('watched', 'alone', 'watching/rate kept', 'rate watched ÷ alone'),
      ...results.over('watched', 'alone', 'watching/redis', 'Redis’ CPU watched ÷ alone', 'redisUs'),
      ...['alone', 'watched'].flatMap((name) => results.figuresOf(name, `watching/${name}`, name)),
    ];
  },
};
