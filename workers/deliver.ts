import { Worker } from 'bullmq';
import { deliverTicket } from '../src/actions/deliver-ticket.ts';
import { dispatchMore } from '../src/actions/dispatch-due.ts';
import type { DeliverTools } from '../src/actions/deliver-tools.ts';
import type { App } from '../src/app.ts';
import { DELIVERIES, type Ticket } from '../src/queue/queues.ts';
import { restOnTrouble, workerOptions } from './worker-options.ts';

/** Two tickets at a time, so that one batch's last mails and the next one's first overlap. */
const TICKETS_AT_ONCE = 2;

/** Queue `deliveries`: send an issue to the due readers of a partition. */
export function startDeliverWorker(app: App, tools: DeliverTools): Worker<Ticket> {
  const worker = new Worker<Ticket>(
    DELIVERIES,
    async ({ data }) => {
      // A lost ticket is harmless: whoever is due gets another.
      if (!(await app.ledger.isFit())) return;
      const accepted = await deliverTicket(tools, data);
      if (accepted === 0) return;
      app.log.info({ ...data, accepted }, 'accepted');
      // What a limit holds back is not looked for before the next look.
      if (!tools.stopping.aborted && !tools.rates.isTight(data.series)) await dispatchMore(app, data.series);
    },
    workerOptions(app.queueConnection, TICKETS_AT_ONCE),
  );
  restOnTrouble(worker, app);
  return worker;
}
