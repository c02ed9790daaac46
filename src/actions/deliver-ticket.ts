import { failpoint } from '../domain/failpoint.ts';
import { SECOND_MS } from '../domain/instant.ts';
import type { Ticket } from '../queue/queues.ts';
import type { DeliverTools } from './deliver-tools.ts';
import { sendClaimed } from './send-claimed.ts';
import { openSettler, type Settler } from './settle-outcomes.ts';
import { TicketClaims } from './ticket-claims.ts';
import type { TicketPlace } from './ticket-order.ts';

/** Nobody is claimed after this: other series are waiting, and whoever is still due gets another ticket. */
const TURN_MS = SECOND_MS;

/** A ticket that is worked off. */
interface Run {
  readonly claims: TicketClaims;
  readonly settler: Settler;
  readonly place: TicketPlace;
  /** How many mails of each claim were accepted. */
  readonly accepted: Promise<number>[];
  /** Of one claim nobody got through: the next ones would not either, and other series are waiting. */
  isInVain: boolean;
}

/**
 * Sends an issue to the due readers of one partition until none is left, its turn is over, the brake is on, or we are to stop.
 * Returns how many mails were accepted. A ticket that finds nobody is as good as one that finds many.
 */
export async function deliverTicket(tools: DeliverTools, ticket: Ticket): Promise<number> {
  await failpoint('ticket.taken');
  const run: Run = {
    claims: new TicketClaims(tools, ticket),
    settler: openSettler(tools),
    place: tools.order.join(ticket.series),
    accepted: [],
    isInVain: false,
  };
  await run.place.turn;
  try {
    await sendInTurn(tools, run);
  } finally {
    run.place.pass();
  }
  const accepted = await Promise.all(run.accepted);
  await failpoint('ticket.done');
  return accepted.reduce((sum, many) => sum + many, 0);
}

async function sendInTurn(tools: DeliverTools, run: Run): Promise<void> {
  const began = performance.now();
  while (mayGoOn(tools, run) && performance.now() - began < TURN_MS) {
    const isRest = await sendSome(tools, run);
    if (isRest) return;
  }
}

const mayGoOn = ({ stopping, brake }: DeliverTools, { isInVain }: Run): boolean =>
  !stopping.aborted && !brake.isOn && !isInVain;

/** Sends to some readers, as soon as the connections have room for their mails. Returns whether nobody is left. */
async function sendSome(tools: DeliverTools, run: Run): Promise<boolean> {
  const vacancy = await tools.sender.vacancy();
  try {
    // What is settled before the claim goes over with it.
    run.settler.flush();
    const claimed = await run.claims.next(vacancy.many);
    if (claimed === undefined) return true;
    await failpoint('claim.made');
    const { begun, accepted, departed } = await sendClaimed(tools, claimed, run);
    run.accepted.push(accepted);
    const noted = accepted.then((many) => void (run.isInVain ||= many === 0));
    // By then the connections know how much room is left.
    await begun;
    vacancy.end();
    await departed;
    if (!claimed.areSubmitted) {
      run.place.pass();
      await noted;
    }
    return claimed.isRest;
  } finally {
    vacancy.end();
  }
}
