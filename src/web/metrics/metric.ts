import type { Overview } from '../../domain/overview.ts';
import type { RedisHealth } from '../../domain/redis-health.ts';
import type { SendTimes } from '../../domain/send-times.ts';
import type { SeriesId } from '../../domain/series.ts';
import type { ReplyCount } from '../../store/replies.ts';

/** What the ledger says at one scrape. */
export interface Figures {
  readonly overview: Overview;
  readonly replies: ReadonlyMap<SeriesId, readonly ReplyCount[]>;
  readonly times: SendTimes;
  readonly redis: RedisHealth;
  /** Whether whoever sends may work with the ledger. */
  readonly isFit: boolean;
  /** BullMQ's own figures, ready to print. */
  readonly queueText: string;
}

export type Labels = Readonly<Record<string, string>>;

/** One number of a metric, e.g. `[{ series: 'garden', outcome: 'accepted' }, 12]`. */
export type Reading = readonly [labels: Labels, value: number];

/** One metric as it is told: what it is called, and where it comes from. */
export interface Metric {
  readonly type: 'counter' | 'gauge';
  readonly name: string;
  readonly help: string;
  /** Every reading has exactly these. */
  readonly labels: readonly string[];
  readonly read: (figures: Figures) => readonly Reading[];
}

/** Only grows, unless the ledger is begun anew. */
export const counter = (
  name: string,
  help: string,
  labels: readonly string[],
  read: Metric['read'],
): Metric => ({ type: 'counter', name, help, labels, read });

export const gauge = (
  name: string,
  help: string,
  labels: readonly string[],
  read: Metric['read'],
): Metric => ({ type: 'gauge', name, help, labels, read });

/** A gauge of one number, without labels. */
export const single = (name: string, help: string, read: (figures: Figures) => number): Metric =>
  gauge(name, help, [], (figures) => [[{}, read(figures)]]);

/** As Prometheus has yes and no. */
export const oneIf = (is: boolean): number => (is ? 1 : 0);
