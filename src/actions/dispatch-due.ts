import { failpoint } from '../domain/failpoint.ts';
import { isInsideWindow } from '../domain/send-window.ts';
import type { Instant } from '../domain/instant.ts';
import type { SeriesPlan } from '../domain/plan.ts';
import type { SeriesId } from '../domain/series.ts';
import { STALE_PLAN } from '../domain/stale-plan.ts';
import type { Queues, Ticket } from '../queue/queues.ts';
import type { Standing } from '../store/census.ts';
import type { Store } from '../store/open-store.ts';
import { orderFinished } from './order-finished.ts';
import { retryWhenStale } from './retry-when-stale.ts';

/** Tickets a series keeps waiting at most: enough for every worker to find one, few enough that another series' turn comes soon. */
const MOST_WAITING = 8;

/**
 * Queues tickets for the readers of a series who are due now, and orders the letters of those who have finished it. Level-triggered: it
 * looks at what is, not at what happened, so any number of dispatchers at once, or none for a while, is correct. Returns how many
 * tickets it queued.
 */
export async function dispatchDue(
  { store, queues }: { store: Store; queues: Queues },
  series: SeriesId,
): Promise<number> {
  await failpoint('look.begun');
  const { plan, tickets } = await lookAtDue(store, series);
  await failpoint('look.counted');
  const queued = tickets.length === 0 ? 0 : await queueTickets(queues, series, tickets);
  if (plan !== undefined) await orderFinished({ store, queues }, plan);
  return queued;
}

/** With so few tickets waiting, workers would soon have nothing to do until the next look. */
const FEW_WAITING = 2;

/** Looks before the next look is due, when a series that is being sent is running out of tickets. */
export async function dispatchMore(tools: { store: Store; queues: Queues }, series: SeriesId): Promise<void> {
  const waiting = await tools.queues.waitingTickets(series);
  if (waiting.length <= FEW_WAITING) await dispatchDue(tools, series);
}

function lookAtDue(store: Store, series: SeriesId): Promise<{ plan?: SeriesPlan; tickets: Ticket[] }> {
  return retryWhenStale(store, series, async (plan) => {
    if (plan === undefined) return { tickets: [] };
    const now = await store.now();
    if (!isSendingTime(plan, now)) return { plan, tickets: [] };
    const standings = await store.census.standings(plan);
    return standings === STALE_PLAN ? STALE_PLAN : { plan, tickets: ticketsFor(plan, standings, now) };
  });
}

async function queueTickets(queues: Queues, series: SeriesId, tickets: readonly Ticket[]): Promise<number> {
  const waiting = await queues.waitingTickets(series);
  const isWaiting = ({ issue, partition }: Ticket) =>
    waiting.some((ticket) => ticket.issue === issue && ticket.partition === partition);
  // Partitions and issues take turns: when there is room for some only, it is not always the same ones.
  const chosen = shuffled(tickets.filter((ticket) => !isWaiting(ticket))).slice(
    0,
    Math.max(0, MOST_WAITING - waiting.length),
  );
  await failpoint('tickets.before');
  if (chosen.length > 0) await queues.addTickets(chosen);
  await failpoint('tickets.queued');
  return chosen.length;
}

/** Whether the series may send at all right now; who is due is another question. */
export const isSendingTime = (plan: SeriesPlan, now: Instant): boolean =>
  plan.state === 'running' && plan.startAt <= now && isInsideWindow(now, plan.cadence);

function ticketsFor(plan: SeriesPlan, standings: readonly Standing[], now: Instant): Ticket[] {
  const released = new Map(
    plan.issues
      .filter(({ releaseAt = 0 }) => releaseAt <= now)
      .map((issue) => [issue.id as string, issue.id]),
  );
  return standings.flatMap(({ place, partition, due }) => {
    const issue = released.get(place);
    return issue === undefined || due === 0 ? [] : [{ series: plan.series, issue, partition }];
  });
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
