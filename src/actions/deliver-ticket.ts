import { setImmediate } from 'node:timers/promises';
import { failpoint } from '../domain/failpoint.ts';
import { SECOND_MS } from '../domain/instant.ts';
import type { Ticket } from '../queue/queues.ts';
import type { TicketPlace } from './ticket-order.ts';
import type { DeliverTools } from './deliver-tools.ts';
import { sendClaimed } from './send-claimed.ts';
import { openSettler } from './settle-outcomes.ts';
import { TicketClaims } from './ticket-claims.ts';

/** Nobody is claimed after this: other series are waiting, and whoever is still due gets another ticket. */
const TURN_MS = SECOND_MS;

/**
 * Sends an issue to the due readers of one partition until none is left, its turn is over, the brake is on, or we are to stop.
 * Returns how many mails were accepted. A ticket that finds nobody is as good as one that finds many.
 */
export async function deliverTicket(tools: DeliverTools, ticket: Ticket): Promise<number> {
  await failpoint('ticket.taken');
  const place = tools.order.join(ticket.series);
  await place.turn;
  const sendings: Promise<number>[] = [];
  try {
    await sendInTurn(tools, ticket, place, sendings);
  } finally {
    place.pass();
  }
  const accepted = await Promise.all(sendings);
  await failpoint('ticket.done');
  return accepted.reduce((sum, many) => sum + many, 0);
}

/** `sendings`, which it adds to, resolve to how many mails of each claim were accepted. */
async function sendInTurn(
  tools: DeliverTools,
  ticket: Ticket,
  place: TicketPlace,
  sendings: Promise<number>[],
): Promise<void> {
  const claims = new TicketClaims(tools, ticket);
  const settler = openSettler(tools);
  const { stopping, brake, sender } = tools;
  const began = performance.now();
  // Where nobody got through, the next ones would not either, and other series are waiting.
  let isInVain = false;
  while (!isInVain && !stopping.aborted && !brake.isOn && performance.now() - began < TURN_MS) {
    const vacancy = await sender.vacancy();
    try {
      // What the claim may find in the ledger, and one write for both.
      settler.flush();
      const claimed = await claims.next(vacancy.many);
      if (claimed === undefined) return;
      await failpoint('claim.made');
      const { accepted, departed } = await sendClaimed(tools, claimed, { settler, place });
      sendings.push(accepted);
      void accepted.then((many) => (isInVain ||= many === 0));
      // By then they are offered, and the connections know how much room is left.
      await setImmediate();
      vacancy.end();
      await departed;
      if (!claimed.areSubmitted) {
        place.pass();
        await accepted;
      }
      if (claimed.isRest) return;
    } finally {
      vacancy.end();
    }
  }
}
