import { afterEach, expect, test } from 'vitest';
import { seriesStatus } from '../../src/actions/series-status.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/instant.ts';
import type { SeriesPlan } from '../../src/domain/plan.ts';
import { GARDEN } from '../support/ledger.ts';
import { courseWith, openReadingWorld, type ReadingWorld } from '../support/reading-world.ts';
import { redisPerFile } from '../support/redis-per-file.ts';

const given = redisPerFile();

let world: ReadingWorld;
afterEach(() => world.close());

/** A course whose window has just opened, for an hour a day. */
function courseInWindow(): SeriesPlan {
  const from = Math.floor((Date.now() % DAY_MS) / MINUTE_MS);
  const plan = courseWith();
  return { ...plan, cadence: { ...plan.cadence, window: { from, to: (from + 60) % (24 * 60) } } };
}

test('what the window has closed over is not going out, nor late: it is due when the window opens', async () => {
  world = await openReadingWorld(given.redis, given.server.socket, courseInWindow());
  const opened = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  for (const name of ['ash', 'bay']) await world.join(name);
  const status = async () => (await seriesStatus(world, GARDEN))!;
  const [open] = (await status()).issues;
  expect(open).toMatchObject({ state: 'sending', due: 2, waiting: 2 });

  world.travel(2 * HOUR_MS);
  const { issues, dueSince, nextDueAt, finishesAt, attention } = await status();
  expect(issues[0]).toMatchObject({ state: 'waiting', due: 0, waiting: 2, addsUp: true });
  expect({ dueSince, nextDueAt, finishesAt }).toEqual({ nextDueAt: opened + DAY_MS });
  // What keeps it from going out is not over because it need not go out now.
  expect(attention).toEqual([{ kind: 'no-workers', series: GARDEN }]);

  world.travel(22 * HOUR_MS);
  const next = await status();
  expect(next.issues[0]).toMatchObject({ state: 'sending', due: 2 });
  expect(next.dueSince).toBeLessThanOrEqual(next.now);
});
