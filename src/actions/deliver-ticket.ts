import type { Delivery } from '../domain/delivery.ts';
import { failpoint } from '../domain/failpoint.ts';
import { SECOND_MS } from '../domain/instant.ts';
import { STALE_PLAN } from '../domain/stale-plan.ts';
import type { Ticket } from '../queue/queues.ts';
import type { Stand } from '../store/deliveries.ts';
import { LEASE_MS, type DeliverTools } from './deliver-tools.ts';
import { isSendingTime } from './dispatch-due.ts';
import { retryWhenStale } from './retry-when-stale.ts';
import { sendClaimed } from './send-claimed.ts';

/** How many readers one claim takes at most. */
export const CLAIM_LIMIT = 250;

/** No batch is begun after this: other series are waiting, and whoever is still due gets another ticket. */
const TURN_MS = SECOND_MS;

/**
 * Sends an issue to the due readers of one partition until none is left, its turn is over, the brake is on, or we are to stop.
 * Returns how many mails were accepted. A ticket that finds nobody is as good as one that finds many.
 */
export async function deliverTicket(tools: DeliverTools, ticket: Ticket): Promise<number> {
  await failpoint('ticket.taken');
  let accepted = 0;
  const began = performance.now();
  while (!tools.stopping.aborted && !tools.brake.isOn && performance.now() - began < TURN_MS) {
    const room = await tools.rates.room(ticket.series, CLAIM_LIMIT);
    const found = room === 0 ? undefined : await claimFor(tools, ticket, room);
    const claimed = found?.deliveries.length ?? 0;
    await tools.rates.giveBack(ticket.series, room - claimed, claimed > 0);
    if (found === undefined || claimed === 0) break;
    await failpoint('claim.made');
    const sent = await sendClaimed(tools, found.stand, found.deliveries);
    accepted += sent;
    // Where nobody got through, the next ones would not either, and other series are waiting.
    if (claimed < room || sent === 0) break;
  }
  await failpoint('ticket.done');
  return accepted;
}

function claimFor(
  { store, onUncertain }: DeliverTools,
  { series, issue: id, partition }: Ticket,
  limit: number,
): Promise<{ stand: Stand; deliveries: readonly Delivery[] } | undefined> {
  return retryWhenStale(store, series, async (plan) => {
    const issue = plan?.issues.find((planned) => planned.id === id);
    const askedAt = await store.now();
    if (plan === undefined || issue === undefined || !isSendingTime(plan, askedAt)) return undefined;
    const stand = { plan, issue, partition };
    const deliveries = await store.deliveries.claim(stand, {
      askedAt,
      limit,
      leaseMs: LEASE_MS,
      onUncertain,
    });
    return deliveries === STALE_PLAN ? STALE_PLAN : { stand, deliveries };
  });
}
