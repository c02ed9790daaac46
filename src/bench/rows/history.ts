import { DAY_MS, HOUR_MS } from '../../domain/instant.ts';
import type { PlannedIssue, SeriesPlan } from '../../domain/plan.ts';
import type { SeriesId } from '../../domain/series.ts';
import { settlementOf } from '../../domain/settlement.ts';
import { STALE_PLAN } from '../../domain/stale-plan.ts';
import { allPartitions } from '../../domain/subscriber.ts';
import type { Stand } from '../../store/deliveries.ts';
import type { Store } from '../../store/open-store.ts';
import type { Row } from '../bench.ts';
import { figure } from '../figure.ts';
import { openHouse, type House } from '../house.ts';
import { redisDataBytes } from '../redis-cost.ts';
import { WrongResult } from '../wrong-result.ts';

const ISSUES = 20;
const SERIES = 'history' as SeriesId;
const CLAIMED_AT_ONCE = 250;
const LEASE_MS = 60_000;
/** A little more than the gap. */
const STEP_MS = DAY_MS + HOUR_MS;

/** The ledger alone, by its own scripts and its own clock: twenty issues, one a day, to everybody. */
export const history: Row = {
  name: 'history',
  title: `What a subscriber takes in Redis who has had ${ISSUES} issues`,
  seconds: ({ readers }) => 10 + readers * 5 * ISSUES * 0.00006,
  async run(bench) {
    const readers = bench.readers * 5;
    const clock = { offsetMs: 0 };
    // Nobody sends in here.
    const house = await openHouse(bench.workshop, { smtpPort: 1, clock });
    await (await house.prepare(SERIES, ISSUES)).release();
    const empty = await redisDataBytes(house.redis);
    await house.join(SERIES, readers);
    const joined = await redisDataBytes(house.redis);
    const plan = await house.app.store.plans.find(SERIES);
    for (const [index, issue] of (plan?.issues ?? []).entries()) {
      bench.progress(`history: issue ${index + 1} of ${ISSUES} to ${readers} readers`);
      if (plan !== undefined) await sendToAll(house.app.store, plan, issue);
      clock.offsetMs += STEP_MS;
    }
    await verify(house, readers);
    const bytes = (await redisDataBytes(house.redis)) - empty;
    return [
      figure('history/bytes a subscriber', `Redis for each of ${readers} subscribers`, 'B', [
        bytes / readers,
      ]),
      figure('history/bytes before', 'the same before the first issue', 'B', [(joined - empty) / readers]),
    ];
  },
};

async function sendToAll(store: Store, plan: SeriesPlan, issue: PlannedIssue): Promise<void> {
  await Promise.all(
    allPartitions().map(async (partition) => {
      while ((await sendSome(store, { plan, issue, partition })) === CLAIMED_AT_ONCE);
    }),
  );
}

/** As a worker does it, with a mail server that takes everything and names each message. */
async function sendSome(store: Store, stand: Stand): Promise<number> {
  const claimed = await store.deliveries.claim(stand, {
    limit: CLAIMED_AT_ONCE,
    leaseMs: LEASE_MS,
    onUncertain: 'resend',
  });
  if (claimed === STALE_PLAN) throw new WrongResult('The plan of the bench’s own series has changed.');
  if (claimed.length === 0) return 0;
  await store.deliveries.submit(stand, claimed, LEASE_MS);
  const now = await store.now();
  const settlements = claimed.map((delivery) => {
    const reply = `2.0.0 Ok: queued as ${delivery.subscriber.slice(0, 12).toUpperCase()}`;
    return settlementOf(delivery, { kind: 'accepted', reply }, stand.plan, now, 'resend');
  });
  await store.deliveries.settle(stand, settlements);
  return claimed.length;
}

async function verify(house: House, readers: number): Promise<void> {
  for (const { issue, accepted } of await house.issuesOf(SERIES)) {
    if (accepted !== readers) throw new WrongResult(`${accepted} of ${readers} readers have had "${issue}".`);
  }
}
