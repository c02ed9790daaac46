import type { UncertainPolicy } from '../domain/delivery.ts';
import { SECOND_MS } from '../domain/instant.ts';
import type { Log } from '../domain/log.ts';
import type { IssueSender } from '../mail/issue-sender.ts';
import type { Queues } from '../queue/queues.ts';
import type { LedgerGuard } from '../store/ledger-guard.ts';
import type { Store } from '../store/open-store.ts';
import type { TicketOrder } from './ticket-order.ts';
import type { DomainPace } from './domain-pace.ts';
import type { RejectionWatch } from './rejection-watch.ts';
import type { SendingRates } from './sending-rates.ts';
import type { SendMeter } from './send-meter.ts';
import type { Stragglers } from './stragglers.ts';
import type { TransportBrake } from './transport-brake.ts';

/** What a worker delivers with. */
export interface DeliverTools {
  readonly store: Store;
  readonly ledger: LedgerGuard;
  readonly queues: Queues;
  readonly sender: IssueSender;
  readonly log: Log;
  readonly brake: TransportBrake;
  readonly rejections: RejectionWatch;
  readonly pace: DomainPace;
  readonly order: TicketOrder;
  readonly rates: SendingRates;
  readonly stragglers: Stragglers;
  readonly meter: SendMeter;
  readonly onUncertain: UncertainPolicy;
  /** Aborted = claim nothing more; what is under way is finished. */
  readonly stopping: AbortSignal;
}

/**
 * Short, so that a dead worker's readers are soon due again, those it was sending to after a second lease; renewed while the worker lives,
 * so that a slow server is no reason for a second claim.
 */
export const LEASE_MS = 6 * SECOND_MS;
