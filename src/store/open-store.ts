import type { Redis } from 'ioredis';
import type { Instant } from '../domain/instant.ts';
import type { RedisHealth } from '../domain/redis-health.ts';
import { openAdminAttemptStore, type AdminAttemptStore } from './admin-attempts.ts';
import { openAdminSessionStore, type AdminSessionStore } from './admin-sessions.ts';
import { openCensusStore, type CensusStore } from './census.ts';
import { openDeliveryStore, type DeliveryStore } from './deliveries.ts';
import { openFailureStore, type FailureStore } from './failures.ts';
import { openFinishedStore, type FinishedStore } from './finished-readers.ts';
import { openHeldStore, type HeldStore } from './held-deliveries.ts';
import { openImportStore, type ImportStore } from './imports.ts';
import { ledgerNow, RunningClock, type LedgerClock } from './ledger-clock.ts';
import { openLimitStore, type LimitStore } from './limits.ts';
import { openPlanStore, type PlanStore } from './plans.ts';
import { openRateStore, type RateStore } from './rates.ts';
import { openReadingStore, type ReadingStore } from './reading.ts';
import { openRenderedIssueStore, type RenderedIssueStore } from './rendered-issues.ts';
import { openSignupStore, type SignupStore } from './signups.ts';
import { openSubscriberStore, type SubscriberStore } from './subscribers.ts';
import { openSubscriptionStore, type SubscriptionStore } from './subscriptions.ts';
import { redisHealthOf } from './redis-health.ts';
import { openReplyStore, type ReplyStore } from './replies.ts';
import { openResendStore, type ResendStore } from './resends.ts';
import { openSendTimeStore, type SendTimeStore } from './send-times.ts';
import { openTimelineStore, type TimelineStore } from './timeline.ts';
import { openTransportStore, type TransportStore } from './transport-trouble.ts';
import { openWorkerPresence, type WorkerPresence } from './worker-presence.ts';
import { openWatchStore, type WatchStore } from './watch.ts';

/** The ledger: Redis is the database, one file per noun. */
export interface Store {
  readonly plans: PlanStore;
  readonly rendered: RenderedIssueStore;
  readonly deliveries: DeliveryStore;
  readonly held: HeldStore;
  readonly failures: FailureStore;
  readonly resends: ResendStore;
  readonly subscriptions: SubscriptionStore;
  readonly subscribers: SubscriberStore;
  readonly reading: ReadingStore;
  readonly finished: FinishedStore;
  readonly census: CensusStore;
  readonly imports: ImportStore;
  readonly signups: SignupStore;
  readonly limits: LimitStore;
  readonly rates: RateStore;
  readonly transport: TransportStore;
  readonly workers: WorkerPresence;
  readonly replies: ReplyStore;
  readonly sendTimes: SendTimeStore;
  readonly timeline: TimelineStore;
  readonly adminSessions: AdminSessionStore;
  readonly adminAttempts: AdminAttemptStore;
  /** What Redis says of itself. */
  health(): Promise<RedisHealth>;
  readonly watch: WatchStore;
  /** The ledger's time; every other clock is only a guess at it. */
  now(): Promise<Instant>;
  /** The same to a few milliseconds, mostly without asking Redis: for where a question would cost more than that is worth. */
  nowOrSo(): Promise<Instant>;
}

export function openStore(redis: Redis, clock: LedgerClock): Store {
  const running = new RunningClock(redis, clock);
  return {
    plans: openPlanStore(redis),
    rendered: openRenderedIssueStore(redis),
    deliveries: openDeliveryStore(redis, clock),
    held: openHeldStore(redis, clock),
    failures: openFailureStore(redis, clock),
    resends: openResendStore(redis, clock),
    subscriptions: openSubscriptionStore(redis, clock),
    subscribers: openSubscriberStore(redis),
    reading: openReadingStore(redis, clock),
    finished: openFinishedStore(redis),
    census: openCensusStore(redis, clock),
    imports: openImportStore(redis),
    signups: openSignupStore(redis, clock),
    limits: openLimitStore(redis, clock),
    rates: openRateStore(redis, clock),
    transport: openTransportStore(redis),
    workers: openWorkerPresence(redis),
    replies: openReplyStore(redis),
    sendTimes: openSendTimeStore(redis),
    timeline: openTimelineStore(redis),
    adminSessions: openAdminSessionStore(redis, clock),
    adminAttempts: openAdminAttemptStore(redis, clock),
    health: () => redisHealthOf(redis),
    watch: openWatchStore(redis),
    now: () => ledgerNow(redis, clock),
    nowOrSo: () => running.now(),
  };
}
