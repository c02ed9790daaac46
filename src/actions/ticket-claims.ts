import type { SeriesPlan } from '../domain/plan.ts';
import { STALE_PLAN } from '../domain/stale-plan.ts';
import type { Ticket } from '../queue/queues.ts';
import type { Stand } from '../store/deliveries.ts';
import { LEASE_MS, type DeliverTools } from './deliver-tools.ts';
import { isSendingTime } from './dispatch-due.ts';
import { thisMoment, type Claim } from './held-claims.ts';
import { retryWhenStale } from './retry-when-stale.ts';

/** Some of a ticket's readers. */
export interface Claimed extends Claim {
  readonly stand: Stand;
  /** Nobody else was due. */
  readonly isRest: boolean;
}

type Found = Pick<Claimed, 'stand' | 'deliveries' | 'since'>;

/** How many readers one claim takes at most. */
const CLAIM_LIMIT = 250;

/** Claims the due readers of a ticket, some at a time. */
export class TicketClaims {
  readonly #tools: DeliverTools;
  readonly #ticket: Ticket;
  /** That of the last claim: the ledger says when it is not the plan any more. */
  #plan: SeriesPlan | undefined;

  constructor(tools: DeliverTools, ticket: Ticket) {
    this.#tools = tools;
    this.#ticket = ticket;
  }

  /**
   * Connections that answer quickly get as many readers as they have room for, submitted in the same step: the last look and the claim are
   * one question then. Else a batch is claimed, and each is submitted when its turn comes. undefined = nobody is due, or may be sent to.
   */
  async next(vacant: number): Promise<Claimed | undefined> {
    const { rates } = this.#tools;
    const { series } = this.#ticket;
    const submits = vacant > 0;
    const room = await rates.room(series, submits ? Math.min(vacant, CLAIM_LIMIT) : CLAIM_LIMIT);
    const found = room === 0 ? undefined : await this.#claim(room, submits);
    const many = found?.deliveries.length ?? 0;
    await rates.giveBack(series, room - many, many > 0);
    return found === undefined || many === 0 ? undefined : { ...found, isRest: many < room };
  }

  async #claim(limit: number, submits: boolean): Promise<Omit<Claimed, 'isRest'> | undefined> {
    const { answer, isOurs } = await this.#tools.ledger.hear(() => this.#claimUnderPlan(limit, submits));
    this.#plan = answer?.stand.plan;
    // After an outage or a change of the server our ledger is asked once more, when their turn comes.
    return answer && { ...answer, areSubmitted: submits, isOurs };
  }

  #claimUnderPlan(limit: number, submits: boolean): Promise<Found | undefined> {
    const { store, onUncertain } = this.#tools;
    const { series, issue: id, partition } = this.#ticket;
    const claim = async (plan: SeriesPlan | undefined) => {
      const issue = plan?.issues.find((planned) => planned.id === id);
      const askedAt = await store.nowOrSo();
      if (plan === undefined || issue === undefined || !isSendingTime(plan, askedAt)) return undefined;
      const stand = { plan, issue, partition };
      const since = thisMoment();
      const limits = { askedAt, limit, leaseMs: LEASE_MS, onUncertain, submits };
      const deliveries = await store.deliveries.claim(stand, limits);
      return deliveries === STALE_PLAN ? STALE_PLAN : { stand, deliveries, since };
    };
    return retryWhenStale(store, series, claim, this.#plan);
  }
}
