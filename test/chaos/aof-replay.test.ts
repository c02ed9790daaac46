import { cpSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { openTestApp } from '../support/app.ts';
import { startRedis } from '../support/redis.ts';
import { readAppendOnlyFile } from './append-only-file.ts';
import { checkReplay } from './check-replay.ts';
import type { Violation } from './checker.ts';
import type { Evidence } from './evidence.ts';
import { exportLedger } from './export-ledger.ts';
import { goOn, recordOf, startResumedSmtp, type Resumption } from './replayed-send.ts';
import { strayKeys } from './stray-keys.ts';

const READERS = ['ash', 'elm', 'fir', 'oak', 'yew'];
const ISSUES = ['one', 'two', 'three'];
const CUTS = 8;

test('a send goes on from wherever its append-only file ends: nobody misses anything, what is on record is not sent again', async () => {
  const t = await openTestApp({
    env: { BASE_URL: 'https://letters.example.com' },
    // The first two mails are taken, and nobody hears of it.
    script: ({ at, mail }) => (at === 'body' && mail <= 2 ? { drop: true } : undefined),
  });
  const folder = await mkdtemp(join(tmpdir(), 'partwork-cuts-'));
  try {
    const posts = ISSUES.map((id, index) => [`${index + 1}-${id}`, `title: ${id}`]);
    await t.write('tides', 'every: 0\nfrom: Harbour <harbour@example.com>', Object.fromEntries(posts));
    await t.join('tides', ...READERS);
    await t.schedule('tides');
    await t.settle();
    await t.travel(60_000);
    const evidence: Evidence = {
      series: 'tides',
      issues: ISSUES,
      audience: READERS.map((reader) => `${reader}@example.com`),
      mails: t.smtp.transactions.map(recordOf),
      events: [],
    };
    const [, dir = ''] = await t.redis.redis().config('GET', 'dir');
    const file = readAppendOnlyFile(dir);
    const writer = { folder: dirname(t.config.contentFolder), composed: {} };
    for (let n = 1; n <= CUTS; n++) {
      const command = Math.floor((n * file.ends.length) / CUTS) - 1;
      const home = join(folder, `${n}`);
      file.copyTo(home, file.ends[command] ?? 0);
      cpSync(t.config.dataFolder, join(home, 'data'), { recursive: true });
      const redis = await startRedis(['--dir', home]);
      const resumption = { ...writer, ...evidence, redis, dataFolder: join(home, 'data') };
      expect(await brokenBy(resumption, evidence)).toEqual([]);
      await redis.stop();
    }
  } finally {
    await t.close();
    await rm(folder, { recursive: true });
  }
}, 120_000);

async function brokenBy(resumption: Resumption, evidence: Evidence): Promise<Violation[]> {
  const connection = resumption.redis.redis();
  const smtp = await startResumedSmtp();
  try {
    const before = await exportLedger(connection, 'tides');
    await goOn(resumption, smtp, 'direct');
    const after = await exportLedger(connection, 'tides');
    const strays = await strayKeys(connection, 'tides', ISSUES);
    return checkReplay(evidence, { before, after, mails: smtp.mails, strays });
  } finally {
    await smtp.close();
  }
}
