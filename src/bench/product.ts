import { costOf, type Contender, type Measurement } from './contenders.ts';
import type { House, Worker } from './house.ts';
import { pollUntil } from './poll.ts';
import { processCost } from './process-cost.ts';
import { redisCpuUs } from './redis-cost.ts';
import { verdictOn, type SinkRules } from './sinks/sink-rules.ts';
import { WrongResult } from './wrong-result.ts';

/**
 * The product whole: schedule, tickets, claim, personalise, send, settle, with the processes that `workers` are. Each run is a new series with
 * readers of its own, and is over when the ledger has every outcome.
 */
export function product(
  house: House,
  workers: readonly Worker[],
  { rules = {}, name = 'product' }: { readonly rules?: SinkRules; readonly name?: string } = {},
): Contender {
  let runs = 0;
  return {
    name,
    async send(mails, sink) {
      const series = `${name}-${++runs}`;
      await house.join(series, mails);
      const prepared = await house.prepare(series);
      const [before, redisBefore] = [await costs(workers), await redisCpuUs(house.redis)];
      const releasedAt = await prepared.release();
      const { mails: taken, firstAt, lastAt } = await sink.untilIn();
      await untilSettled(house, series, mails, rules);
      const [after, redisAfter] = [await costs(workers), await redisCpuUs(house.redis)];
      await house.end(series);
      return {
        rate: (taken / (lastAt - releasedAt)) * 1_000,
        rateOnceBegun: (taken / (lastAt - firstAt)) * 1_000,
        redisUs: (redisAfter - redisBefore) / mails,
        ...totalCost(before, after, mails),
      };
    },
  };
}

const costs = (workers: readonly Worker[]) => Promise.all(workers.map(({ pid }) => processCost(pid)));

type Costs = Awaited<ReturnType<typeof costs>>;

/** CPU of all processes together, memory of the largest. */
function totalCost(before: Costs, after: Costs, mails: number): Pick<Measurement, 'senderUs' | 'peakRss'> {
  const each = before.map((cost, index) => costOf(cost, after[index], mails));
  const senderUs = each.flatMap((cost) => cost.senderUs ?? []);
  if (senderUs.length === 0) return {};
  return {
    senderUs: senderUs.reduce((sum, us) => sum + us, 0),
    peakRss: Math.max(...each.flatMap((cost) => cost.peakRss ?? [])),
  };
}

/** The other half of the proof: that the ledger says the same as the mail server. */
async function untilSettled(house: House, series: string, readers: number, rules: SinkRules): Promise<void> {
  const wanted = outcomesOf(rules, readers);
  await pollUntil(`The ledger waits for the outcomes of ${readers} readers`, async () => {
    const { accepted, deferred, rejected, suppressed, audience, addsUp } = await house.issueOf(series);
    const count = accepted + deferred + rejected + suppressed;
    if (accepted > wanted.taken || !addsUp || audience !== readers)
      throw new WrongResult(`The ledger of "${series}" has ${accepted} accepted of ${audience}.`);
    const isSo =
      accepted === wanted.taken && deferred === wanted['put off'] && rejected + suppressed === wanted.unknown;
    return { count, isSo };
  });
}

function outcomesOf(rules: SinkRules, readers: number) {
  const outcomes = { taken: 0, 'put off': 0, unknown: 0 };
  for (let reader = 1; reader <= readers; reader++) outcomes[verdictOn(rules, reader)] += 1;
  return outcomes;
}
