import type { IssueId } from '../domain/issue.ts';
import type { Place } from '../domain/plan.ts';
import type { SeriesId } from '../domain/series.ts';
import type { SubscriberId } from '../domain/subscriber.ts';

/**
 * Every key of the ledger. What belongs to a subscriber carries the hash tag of its partition (`{p00}`…`{p15}`), so that a
 * script touches one slot and Redis Cluster works. Keys without a tag are only ever used alone.
 */
const PREFIX = 'pw';

/** Instance id, when it was last seen, schema version (and `upgrading` to it), salt and the secret's mark: shows that this Redis is ours and was not emptied. */
export const META = `${PREFIX}:meta`;

/** Ids of all series ever scheduled. */
export const SERIES = `${PREFIX}:series`;

/** Hash: worker → what it last said of itself, JSON. */
export const WORKERS = `${PREFIX}:workers`;

/** List of what the totals were in the last hour, JSON, oldest first. */
export const SAMPLES = `${PREFIX}:samples`;

/** Hash: day (UTC) → subscriptions at its end, JSON. */
export const DAYS = `${PREFIX}:days`;

/** Hash: series → how many outcomes it has had, and since when, JSON. */
export const PROGRESS = `${PREFIX}:progress`;

/** Hash: how many mails took how long, by bucket. */
export const SEND_TIMES = `${PREFIX}:send-times`;

/** Hash: how many mails of an issue to a domain took how long in all. */
export const domainTimesKey = (series: SeriesId, issue: IssueId): string =>
  `${PREFIX}:domain-times:${series}:${issue}`;

/** Why no worker can use the mail server right now; expires by itself. */
export const TRANSPORT = `${PREFIX}:transport`;

/** A series' plan, JSON: the commit point of every change of a series. */
export const planKey = (series: SeriesId): string => `${PREFIX}:plan:${series}`;

/** Set: places readers were put at before the series had a plan. */
export const earlyPlacesKey = (series: SeriesId): string => `${PREFIX}:early:${series}`;

/** A rendered issue, JSON, under its content hash. */
export const renderedKey = (hash: string): string => `${PREFIX}:rendered:${hash}`;

/** How far an import of a file has come. */
export const importKey = (fingerprint: string): string => `${PREFIX}:import:${fingerprint}`;

const inPartition = (partition: string, name: string): string => `${PREFIX}:{${partition}}:${name}`;

export const partitionKeys = (partition: string, series: SeriesId) => ({
  /** Hash: revision, state, startAt, and a release time per dated issue. */
  plan: inPartition(partition, `plan:${series}`),
  /** Hash: subscriber → claim record, JSON, while a delivery is claimed, submitting, deferred or uncertain. */
  claims: inPartition(partition, `claims:${series}`),
  /** Hash: subscriber → claim record of an uncertain delivery kept for the operator. */
  held: inPartition(partition, `held:${series}`),
  /**
   * Hash: subscriber → places, JSON, of those who are sent issues again that they have missed: where they stand, the issues that follow, and
   * last where they go on.
   */
  detours: inPartition(partition, `detours:${series}`),
  /** Hash: `<issue>:accepted` and kin. */
  counts: inPartition(partition, `counts:${series}`),
  /** Sorted set: subscriber → when they had the last issue; those whose letter about it is not ordered yet. */
  finished: inPartition(partition, `finished:${series}`),
  /** Prefix of the waiting sets. */
  waiting: inPartition(partition, `waiting:${series}:`),
  /**
   * Prefix of sorted sets, subscriber → since when: `deferred:<issue>`, those who wait and have been put off; `doubted:<issue>`, those who
   * wait for one more copy; `rejected:<issue>`, those who were refused.
   */
  apart: inPartition(partition, `apart:${series}:`),
  /** Hash: issue, kind, reply and domain, with tabs between → how often. */
  replies: inPartition(partition, `replies:${series}`),
  /** Prefix of the per-minute counters of accepted mails. */
  rate: inPartition(partition, `rate:${series}:`),
  ...ledgerKeys(partition),
});

/** Keys of a partition that no series owns. */
export const ledgerKeys = (partition: string) => ({
  /** Hash: subscriber → reason and date. */
  suppressed: inPartition(partition, 'suppressed'),
  /** Counter behind the fencing tokens. */
  sequence: inPartition(partition, 'sequence'),
  /** Prefix of counters of what a reader has asked for on a day; they expire by themselves. */
  asked: inPartition(partition, 'asked:'),
  /**
   * Hash: `<series>:<issue>` → the number under which the histories of this partition's readers have it, `#<number>` → `<series>:<issue>`,
   * and `last`. Nothing is ever taken out of it.
   */
  codes: inPartition(partition, 'codes'),
  /** Hash: `=<where readers come from>` → its number, and `#<number>` → where; consents have the number. */
  sources: inPartition(partition, 'sources'),
  /** Prefix of the subscribers' hashes. */
  subscriber: inPartition(partition, 'subscriber:'),
});

/** Sorted set: member = subscriber, score = earliest due (ms). */
export const waitingKey = (partition: string, series: SeriesId, place: Place): string =>
  `${partitionKeys(partition, series).waiting}${place}`;

/**
 * Hash, all there is about one person: address, name, language, per series `series:` (state), `consent:`, `paused:` (until), `pace:`,
 * `round:`, `due:` (not before, while no waiting set says it), `finished:`; the issues they have had, packed, in `h`, `h+`, `h1`, `h2`, …
 * (history.lua); and per issue `issue:<series>:<issue>` (what else became of it), `passed:` (went on without it), `before:` (its history in
 * the round before) and `uncertain:`.
 */
export const subscriberKey = (partition: string, id: SubscriberId): string =>
  `${ledgerKeys(partition).subscriber}${id}`;

/** Somebody's request for a series, JSON, until they confirm; expires by itself. */
export const signupKey = (partition: string, series: SeriesId, id: SubscriberId): string =>
  inPartition(partition, `signup:${series}:${id}`);

/** Sorted set of the sign-ups that count against a hashed address, network or domain, or in all: score = when (ms). Expires by itself. */
export const limitKey = (what: string, hash: string): string => `${PREFIX}:{limits}:${what}:${hash}`;

const inRates = (name: string): string => `${PREFIX}:{rates}:${name}`;

/** Hash: series → until when to say so, when there is room, and what keeps its mail from leaving. */
export const LIMITED = inRates('limited');

/** Hash: tokens and sliding windows of mails that are counted together. Expires by itself when it says nothing any more. */
export const bucketKey = (name: string): string => inRates(`bucket:${name}`);

/** Hash: series → what it was given of a bucket lately. Expires by itself. */
export const sharesKey = (name: string): string => inRates(`shares:${name}`);

/** What belongs to /admin; one hash tag, so that its scripts touch one slot. */
const admin = (name: string): string => `${PREFIX}:{admin}:${name}`;

/** Counter: signing out everywhere raises it, and what was made under an older one is over. */
export const ADMIN_GENERATION = admin('generation');

/** Hash: startedAt, seenAt, mark, generation. Under a digest, so that a copy of the ledger signs nobody in. Expires by itself. */
export const adminSessionKey = (digest: string): string => admin(`session:${digest}`);

/** The generation in which a link that signs in once was made, under the link's digest. Expires by itself. */
export const adminInvitationKey = (digest: string): string => admin(`invitation:${digest}`);

/** Hash: how often a wrong secret came from a hashed network, or in all, and when (ms) it last did. Expires by itself. */
export const adminAttemptsKey = (who: string): string => admin(`attempts:${who}`);

/** There while a hashed network counts as one that has known the secret; expires by itself. */
export const adminKnownKey = (who: string): string => admin(`known:${who}`);

const inWatch = (name: string): string => `${PREFIX}:{watch}:${name}`;

/** What watchmen share. One hash tag, because a look is written in one step. */
export const watchKeys = {
  /** Which watchman looks; expires by itself. */
  leader: inWatch('leader'),
  /** Troubles as they were at the last look, JSON. */
  memory: inWatch('memory'),
  /** Hash: what was told → which of it. */
  told: inWatch('told'),
  /** List: ids of notices that are not queued yet. */
  outbox: inWatch('outbox'),
  /** A trouble of Redis' own, JSON, until the next look. */
  handedOver: inWatch('handed-over'),
  /** Prefix of the notices, JSON; they expire by themselves. */
  notice: inWatch('notice:'),
} as const;
