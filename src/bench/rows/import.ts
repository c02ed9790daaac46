import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Row } from '../bench.ts';
import { figure } from '../figure.ts';
import { openHouse } from '../house.ts';
import { monotonicMs } from '../monotonic-ms.ts';
import { startPartwork, type PartworkProcess } from '../partwork-process.ts';
import { processCost } from '../process-cost.ts';
import { readerAddress } from '../reader-address.ts';
import { redisCpuUs } from '../redis-cost.ts';
import { WrongResult } from '../wrong-result.ts';

const SERIES = 'import';
const ROWS_AT_ONCE = 10_000;
const LOOK_MS = 50;

/** A file of readers, as another tool exports it, into a series. */
export const importRow: Row = {
  name: 'import',
  title: 'Import of a CSV file',
  seconds: ({ million }) => 5 + million * 0.00006,
  async run(bench) {
    const rows = bench.million;
    // Nobody sends in here.
    const house = await openHouse(bench.workshop, { smtpPort: 1 });
    await (await house.prepare(SERIES)).release();
    const file = join(house.place.folder, 'readers.csv');
    bench.progress(`import: writing a file of ${rows} rows`);
    await pipeline(Readable.from(csvOf(rows)), createWriteStream(file));

    bench.progress(`import: reading ${rows} rows`);
    const [began, redisBefore] = [monotonicMs(), await redisCpuUs(house.redis)];
    const log = join(house.place.folder, 'import.log');
    const command = ['subscribers', 'import', file, '--series', SERIES, '--confirmed'];
    const running = startPartwork(bench.workshop, house.place, command, log);
    const peakRss = await peakUntilExit(running);
    const seconds = (monotonicMs() - began) / 1_000;
    if ((await running.exited) !== 0)
      throw new WrongResult(`The import failed: ${await readFile(log, 'utf8')}`);
    const { audience } = await house.issueOf(SERIES);
    if (audience !== rows) throw new WrongResult(`${audience} readers came of a file of ${rows}.`);
    return [
      figure('import/seconds', `${rows} rows`, 's', [seconds]),
      ...(peakRss === 0 ? [] : [figure('import/peak RSS', 'peak memory', 'MB', [peakRss / 1e6])]),
      figure('import/redisUs', 'Redis’ CPU a row', 'µs', [
        ((await redisCpuUs(house.redis)) - redisBefore) / rows,
      ]),
    ];
  },
};

function* csvOf(rows: number): Generator<string> {
  yield 'email,name,confirmed_at\n';
  for (let from = 1; from <= rows; from += ROWS_AT_ONCE) {
    let text = '';
    for (let n = from; n < from + ROWS_AT_ONCE && n <= rows; n++)
      text += `${readerAddress(n, SERIES)},讀者 ${n},2026-01-01T08:00:00Z\n`;
    yield text;
  }
}

/** 0 where the system does not tell. */
async function peakUntilExit(running: PartworkProcess): Promise<number> {
  let peak = 0;
  while (!running.hasEnded) {
    peak = Math.max(peak, (await processCost(running.pid))?.peakRss || 0);
    await sleep(LOOK_MS);
  }
  return peak;
}
