import { TicketOrder } from '../../src/actions/ticket-order.ts';
import { deliverTicket } from '../../src/actions/deliver-ticket.ts';
import type { DeliverTools } from '../../src/actions/deliver-tools.ts';
import { DomainPace } from '../../src/actions/domain-pace.ts';
import { RejectionWatch } from '../../src/actions/rejection-watch.ts';
import { SendingRates } from '../../src/actions/sending-rates.ts';
import { SendMeter } from '../../src/actions/send-meter.ts';
import { Stragglers } from '../../src/actions/stragglers.ts';
import { TransportBrake } from '../../src/actions/transport-brake.ts';
import type { App } from '../../src/app.ts';
import { isIssue } from '../../src/domain/plan.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { STALE_PLAN } from '../../src/domain/stale-plan.ts';

export interface DirectSender {
  /** Sends whatever is due at this moment. */
  sendDue(): Promise<void>;
  close(): Promise<void>;
}

const AT_ONCE = 4;

/** A worker's sending without its queues, which only carry: everything that is due is looked up and sent at once. */
export async function openDirectSender(app: App, series: SeriesId): Promise<DirectSender> {
  const mail = await app.openMail();
  if (isRefusal(mail)) throw new Error(mail.message);
  const stopping = new AbortController();
  const { store, ledger, queues, log, config } = app;
  const tools: DeliverTools = {
    store,
    ledger,
    queues,
    log,
    sender: mail.issues,
    brake: new TransportBrake(),
    rejections: new RejectionWatch(),
    rates: new SendingRates(config.limits, store.rates),
    pace: new DomainPace(mail.issues),
    order: new TicketOrder(),
    stragglers: new Stragglers(),
    meter: new SendMeter(),
    onUncertain: config.onUncertain,
    stopping: stopping.signal,
  };
  return {
    async sendDue() {
      const plan = await store.plans.find(series);
      if (plan === undefined) return;
      const standings = await store.census.standings(plan);
      if (standings === STALE_PLAN) return store.plans.bringUp(plan);
      const due = standings.filter(({ due }) => due > 0).values();
      const lane = async () => {
        for (const { place, partition } of due)
          if (isIssue(place)) await deliverTicket(tools, { series, issue: place, partition });
      };
      await Promise.all(Array.from({ length: AT_ONCE }, lane));
    },
    async close() {
      stopping.abort();
      await tools.stragglers.done();
      await mail.close();
    },
  };
}
