import type { Redis } from 'ioredis';
import type { Delivery, UncertainPolicy } from '../domain/delivery.ts';
import type { EmailAddress } from '../domain/email-address.ts';
import { parseEvery } from '../domain/every.ts';
import type { Instant } from '../domain/instant.ts';
import type { IssueId } from '../domain/issue.ts';
import { issuesAfter, placeAfter, type PlannedIssue, type SeriesPlan } from '../domain/plan.ts';
import type { Settlement } from '../domain/settlement.ts';
import type { SeriesId } from '../domain/series.ts';
import { allPartitions, type SubscriberId } from '../domain/subscriber.ts';
import { partitionKeys } from './keys.ts';
import type { LedgerClock } from './ledger-clock.ts';
import { Script } from './script.ts';
import { settlementArgument } from './settlement-argument.ts';
import { STALE_PLAN, type StalePlan } from '../domain/stale-plan.ts';
import { unlessStale } from './stale-reply.ts';

/** Readers of one partition who wait for one issue. */
export interface Stand {
  readonly plan: SeriesPlan;
  readonly issue: PlannedIssue;
  /** `p00`…`p15`. */
  readonly partition: string;
}

export interface ClaimLimits {
  /**
   * The ledger's time when it was asked for: a claim that reaches Redis two seconds later takes nobody. It was sent again after an outage,
   * ahead of the outcomes that it might take for lost. Absent = no matter how late.
   */
  readonly askedAt?: Instant;
  readonly limit: number;
  readonly leaseMs: number;
  readonly onUncertain: UncertainPolicy;
  /** Submits them in the same step, for mails that set out at once. */
  readonly submits?: boolean;
}

/** The ledger's heart: claim → submit → settle, each one atomic step in Redis. */
export interface DeliveryStore {
  /** Takes due readers for `leaseMs`. None when the series does not run or the issue is not released. */
  claim(stand: Stand, limits: ClaimLimits): Promise<Delivery[] | StalePlan>;
  /** The last look before DATA: true for those that may go out now. */
  submit(stand: Stand, deliveries: readonly Delivery[], leaseMs: number): Promise<boolean[]>;
  /** Renews the lease; true for those that are still ours. */
  extend(stand: Stand, deliveries: readonly Delivery[], leaseMs: number): Promise<boolean[]>;
  /** Deliveries of a series that are going over just now, or of unknown outcome, held ones included. */
  unsettled(series: SeriesId): Promise<number>;
  /** Records results, idempotently; false where another claim has taken over or the reader has left. */
  settle(stand: Stand, settlements: readonly Settlement[]): Promise<Settled[] | StalePlan>;
}

/** Whether a settlement is on record; or that the reader has chosen another pace since ('' = the series'), and nothing was done. */
export type Settled = boolean | { readonly newPace: string };

interface ClaimRecord {
  readonly issue: IssueId;
  readonly state: string;
  readonly doubted?: boolean;
}

const claimScript = new Script('claim', ['detours', 'history', 'apart', 'fresh-claims']);
const submitScript = new Script('submit', ['fresh-claims']);
const extendScript = new Script('extend', ['fresh-claims']);
const settleScript = new Script('settle', ['detours', 'history', 'apart', 'replies', 'fresh-claims']);

export function openDeliveryStore(redis: Redis, clock: LedgerClock): DeliveryStore {
  return {
    claim: (stand, limits) => claim(redis, clock, stand, limits),
    submit: (stand, deliveries, leaseMs) => submit(redis, clock, stand, deliveries, leaseMs),
    extend: (stand, deliveries, leaseMs) => extend(redis, clock, stand, deliveries, leaseMs),
    unsettled: (series) => unsettled(redis, series),
    settle: (stand, settlements) => settle(redis, clock, stand, settlements),
  };
}

async function claim(redis: Redis, clock: LedgerClock, stand: Stand, limits: ClaimLimits) {
  const { series, revision } = stand.plan;
  const keys = keysOf(stand);
  const reply = unlessStale(
    await claimScript.run(
      redis,
      [
        keys.plan,
        waitingOf(stand),
        keys.claims,
        keys.suppressed,
        keys.counts,
        keys.sequence,
        keys.held,
        keys.detours,
        keys.codes,
      ],
      [
        clock.offsetMs,
        revision,
        series,
        stand.issue.id,
        limits.limit,
        limits.leaseMs,
        stand.issue.rendered,
        keys.subscriber,
        limits.onUncertain,
        keys.waiting,
        placeAfter(stand.plan, stand.issue.id),
        limits.askedAt ?? '',
        JSON.stringify(stand.plan.returned === true ? issuesAfter(stand.plan, stand.issue.id) : []),
        keys.apart,
        limits.submits === true ? 1 : 0,
      ],
    ),
  );
  if (reply === STALE_PLAN) return STALE_PLAN;
  const [claimedAt = 0, taken = '[]'] = reply as [now?: number, taken?: string];
  return (JSON.parse(taken) as TakenFields[]).map((fields) => deliveryOf(stand, claimedAt, fields));
}

/** What follows the address is left out where it is as of most: a first try of a reader without a name, in the first round. */
type TakenFields = readonly [
  id: SubscriberId,
  token: string,
  address: EmailAddress,
  name?: string,
  pace?: string,
  round?: string,
  attempt?: number,
  datedAt?: number,
  firstTriedAt?: number,
  rendered?: string,
];

function deliveryOf({ plan, issue }: Stand, claimedAt: Instant, fields: TakenFields): Delivery {
  const [subscriber, token, address, name = '', paceText = '', round = '0', attempt = 1, ...dated] = fields;
  const [datedAt = claimedAt, firstTriedAt = claimedAt, rendered = issue.rendered] = dated;
  const pace = paceText === '' ? undefined : parseEvery(paceText);
  return {
    series: plan.series,
    issue: issue.id,
    subscriber,
    token,
    attempt,
    round: Number(round),
    ...(pace !== undefined && { pace }),
    datedAt,
    firstTriedAt,
    rendered,
    name,
    address,
  };
}

async function submit(
  redis: Redis,
  clock: LedgerClock,
  stand: Stand,
  deliveries: readonly Delivery[],
  leaseMs: number,
): Promise<boolean[]> {
  const keys = keysOf(stand);
  const reply = await submitScript.run(
    redis,
    [keys.plan, waitingOf(stand), keys.claims],
    [clock.offsetMs, leaseMs, ...tokensOf(deliveries)],
  );
  return flagsOf(reply);
}

async function extend(
  redis: Redis,
  clock: LedgerClock,
  stand: Stand,
  deliveries: readonly Delivery[],
  leaseMs: number,
): Promise<boolean[]> {
  const args = [clock.offsetMs, leaseMs, ...tokensOf(deliveries)];
  return flagsOf(await extendScript.run(redis, [waitingOf(stand), keysOf(stand).claims], args));
}

const flagsOf = (reply: unknown): boolean[] => (reply as number[]).map((flag) => flag === 1);

async function unsettled(redis: Redis, series: SeriesId): Promise<number> {
  const counts = await Promise.all(
    allPartitions().map(async (partition) => {
      const keys = partitionKeys(partition, series);
      const [records, heldBack] = await Promise.all([redis.hgetall(keys.claims), redis.hlen(keys.held)]);
      // The record of a copy outlives its reader's leaving.
      const standings = await Promise.all(
        Object.entries(records).map(async ([id, json]) => {
          const record = JSON.parse(json) as ClaimRecord;
          return isUnsettled(record) ? redis.zscore(`${keys.waiting}${record.issue}`, id) : null;
        }),
      );
      return standings.filter((score) => score !== null).length + heldBack;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

const isUnsettled = ({ state, doubted = false }: ClaimRecord): boolean => state === 'submitting' || doubted;

async function settle(redis: Redis, clock: LedgerClock, stand: Stand, settlements: readonly Settlement[]) {
  const keys = keysOf(stand);
  const { series, revision, about } = stand.plan;
  const reply = unlessStale(
    await settleScript.run(
      redis,
      [
        keys.plan,
        waitingOf(stand),
        keys.claims,
        keys.counts,
        keys.suppressed,
        keys.held,
        keys.finished,
        keys.replies,
        keys.detours,
        keys.codes,
      ],
      [
        clock.offsetMs,
        revision,
        series,
        stand.issue.id,
        keys.waiting,
        keys.subscriber,
        keys.rate,
        about.letters.includes('finished') ? 1 : 0,
        keys.apart,
        settlementArgument(settlements),
      ],
    ),
  );
  return reply === STALE_PLAN ? STALE_PLAN : reply.map(settledOf);
}

const settledOf = (flag: unknown): Settled =>
  typeof flag === 'string' ? { newPace: flag.slice('pace '.length) } : flag === 1;

const keysOf = ({ partition, plan }: Stand) => partitionKeys(partition, plan.series);

const waitingOf = (stand: Stand): string => `${keysOf(stand).waiting}${stand.issue.id}`;

const tokensOf = (deliveries: readonly Delivery[]): string[] => [
  ...deliveries.map(({ subscriber }) => subscriber),
  ...deliveries.map(({ token }) => token),
];
