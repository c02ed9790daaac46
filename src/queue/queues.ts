import type { ConnectionOptions, JobsOptions, Queue } from 'bullmq';
import type { Instant } from '../domain/instant.ts';
import type { IssueId } from '../domain/issue.ts';
import type { LetterOrder } from '../domain/letter.ts';
import type { QueueDepth } from '../domain/overview.ts';
import { NOTICE_TRIES, type NoticeJob } from '../domain/notice.ts';
import type { SeriesId } from '../domain/series.ts';
import { mergeExports } from './merge-exports.ts';

/** Look for readers of a series who are due, and queue tickets for them. */
export interface LookJob {
  readonly series: SeriesId;
}

/** "This issue has due readers in this partition." Who they are is in the ledger: a lost or doubled ticket is harmless. */
export interface Ticket {
  readonly series: SeriesId;
  readonly issue: IssueId;
  readonly partition: string;
}

/** Where BullMQ's queues and workers connect to. */
export type QueueConnection = ConnectionOptions;

/** The queues carry; the ledger decides. Nothing here says what was sent. */
export interface Queues {
  /** Connects now: what is first used while Redis is away would wait for it. */
  connect(): Promise<void>;
  /** From now on, and at once, somebody looks for due readers of the series again and again. Idempotent. */
  startLooking(series: SeriesId): Promise<void>;
  stopLooking(series: SeriesId): Promise<void>;
  /** A look at the very moment an issue is released, rather than at the next tick after it. */
  lookAt(series: SeriesId, issue: IssueId, at: Instant, now: Instant): Promise<void>;
  addTickets(tickets: readonly Ticket[]): Promise<void>;
  /** Orders a letter; the same order twice is one letter. Letters somebody waits for go first. */
  addLetter(order: LetterOrder): Promise<void>;
  /** How much each queue holds; which queues there are is this list's to say. */
  depths(): Promise<QueueDepth[]>;
  /** BullMQ's own figures of each queue, in Prometheus' text format. */
  exportFigures(): Promise<string>;
  /** Has a notice told by one way; the same twice is one, also when the first was told within the hour. */
  addNotice(job: NoticeJob): Promise<void>;
  /** Tickets of a series that no worker has taken yet. */
  waitingTickets(series: SeriesId): Promise<Ticket[]>;
  /** BullMQ's own queues, to be looked at. */
  all(): Promise<readonly Queue[]>;
  close(): Promise<void>;
}

export const RELEASES = 'releases';
export const DELIVERIES = 'deliveries';
export const LETTERS = 'letters';
export const NOTICES = 'notices';

/** One hash tag for all of BullMQ's keys, which Redis Cluster asks for. */
export const QUEUE_PREFIX = '{pw-queue}';

/** Between the machines of one installation. */
const CLOCKS_DIFFER_MS = 10_000;

// The queue holds no history: what was done is in the ledger.
const FORGET: JobsOptions = { removeOnComplete: true, removeOnFail: 100 };

// A server that asks to wait is asked again for two days or so: 1, 2, 4 … minutes.
const LETTER_TRIES: JobsOptions = {
  attempts: 12,
  backoff: { type: 'exponential', delay: 60_000, jitter: 0.5 },
};

// Remembered for an hour: who queued it and died before saying so queues it again.
const NOTICE_OPTIONS: JobsOptions = {
  removeOnComplete: { age: 3_600 },
  removeOnFail: 100,
  attempts: NOTICE_TRIES,
  backoff: { type: 'custom' },
};
/** Somebody sits in front of an empty inbox. */
const AWAITED: ReadonlySet<string> = new Set(['confirm', 'known', 'data']);
/** BullMQ takes jobs without a priority first. */
const LATER = 10;

interface OpenQueues {
  readonly releases: Queue<LookJob>;
  readonly deliveries: Queue<Ticket>;
  readonly letters: Queue<LetterOrder>;
  readonly notices: Queue<NoticeJob>;
}

/** Connects on first use: most commands never queue anything, and should not wait for BullMQ to load. */
export function openQueues(connection: QueueConnection, lookEveryMs: number): Queues {
  let opened: Promise<OpenQueues> | undefined;
  const queues = () => (opened ??= open(connection));

  return {
    async connect() {
      await Promise.all(Object.values(await queues()).map((queue: Queue) => queue.waitUntilReady()));
    },
    async startLooking(series) {
      const { releases } = await queues();
      const id = jobIdOf('look', series);
      // BullMQ keeps to the next look it has planned, even when clocks were set back since and it lies a day away.
      const planned = await releases.getJobScheduler(id);
      if ((planned?.next ?? 0) > Date.now() + lookEveryMs + CLOCKS_DIFFER_MS)
        await releases.removeJobScheduler(id);
      const template = { name: 'look', data: { series }, opts: FORGET };
      await releases.upsertJobScheduler(id, { every: lookEveryMs }, template);
    },
    async stopLooking(series) {
      await (await queues()).releases.removeJobScheduler(jobIdOf('look', series));
    },
    async lookAt(series, issue, at, now) {
      const jobId = jobIdOf('release', series, issue, String(at));
      const { releases } = await queues();
      await releases.add('release', { series }, { ...FORGET, jobId, delay: Math.max(0, at - now) });
    },
    async addTickets(tickets) {
      const jobs = tickets.map((ticket) => ({ name: 'ticket', data: ticket, opts: FORGET }));
      await (await queues()).deliveries.addBulk(jobs);
    },
    async addLetter(order) {
      const { kind, series, subscriber, at } = order;
      const jobId = jobIdOf('letter', kind, series, subscriber, String(at));
      const priority = AWAITED.has(kind) ? undefined : LATER;
      const options = { ...FORGET, ...LETTER_TRIES, jobId, ...(priority !== undefined && { priority }) };
      await (await queues()).letters.add(kind, order, options);
    },
    async addNotice(job) {
      const jobId = jobIdOf('notice', job.notice, job.way);
      await (await queues()).notices.add(job.kind, job, { ...NOTICE_OPTIONS, jobId });
    },
    async waitingTickets(series) {
      const waiting = await (await queues()).deliveries.getWaiting();
      return waiting.map(({ data }) => data).filter((ticket) => ticket.series === series);
    },
    async depths() {
      return Promise.all(Object.entries(await queues()).map(([name, queue]) => depthOf(name, queue)));
    },
    async all() {
      return Object.values(await queues()) as Queue[];
    },
    async exportFigures() {
      const all = Object.values(await queues()).map((queue: Queue) => queue.exportPrometheusMetrics());
      return mergeExports(await Promise.all(all));
    },
    async close() {
      if (opened === undefined) return;
      await Promise.all(Object.values(await opened).map((queue: Queue) => queue.close()));
    },
  };
}

async function open(connection: QueueConnection): Promise<OpenQueues> {
  const { Queue } = await import('bullmq');
  const options = { connection, prefix: QUEUE_PREFIX };
  const releases = new Queue<LookJob>(RELEASES, options);
  const deliveries = new Queue<Ticket>(DELIVERIES, options);
  const letters = new Queue<LetterOrder>(LETTERS, options);
  const notices = new Queue<NoticeJob>(NOTICES, options);
  // BullMQ reconnects by itself and every command still fails for its caller; without a listener the process would end.
  for (const queue of [releases, deliveries, letters, notices]) queue.on('error', () => undefined);
  return { releases, deliveries, letters, notices };
}

async function depthOf(name: string, queue: Queue): Promise<QueueDepth> {
  const counts = await queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed');
  const { waiting = 0, prioritized = 0, active = 0, delayed = 0, failed = 0 } = counts;
  return { queue: name, waiting: waiting + prioritized, active, delayed, failed };
}

// BullMQ refuses ":" in job ids.
const jobIdOf = (...parts: string[]): string => parts.join('--').replaceAll(':', '-');
