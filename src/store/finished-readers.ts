import type { Redis } from 'ioredis';
import type { Instant } from '../domain/instant.ts';
import type { SeriesId } from '../domain/series.ts';
import { allPartitions, partitionOf, type SubscriberId } from '../domain/subscriber.ts';
import { partitionKeys } from './keys.ts';

/** A reader who has had the last issue, and whose letter about it is not ordered yet. */
export interface FinishedReader {
  readonly subscriber: SubscriberId;
  /** When the server took that issue. */
  readonly at: Instant;
}

/** Settling an acceptance notes them, in the same step: no crash loses one. */
export interface FinishedStore {
  /** At most so many, those who wait longest in their partition. */
  list(series: SeriesId, limit: number): Promise<FinishedReader[]>;
  forget(series: SeriesId, subscriber: SubscriberId): Promise<void>;
}

export function openFinishedStore(redis: Redis): FinishedStore {
  return {
    async list(series, limit) {
      const perPartition = await Promise.all(
        allPartitions().map((partition) => listIn(redis, partition, series, limit)),
      );
      return perPartition.flat().slice(0, limit);
    },
    async forget(series, subscriber) {
      await redis.zrem(partitionKeys(partitionOf(subscriber), series).finished, subscriber);
    },
  };
}

async function listIn(redis: Redis, partition: string, series: SeriesId, limit: number) {
  const { finished } = partitionKeys(partition, series);
  const flat = await redis.zrange(finished, 0, String(limit - 1), 'WITHSCORES');
  return flat.flatMap((subscriber, index): FinishedReader[] =>
    index % 2 === 0 ? [{ subscriber: subscriber as SubscriberId, at: Number(flat[index + 1]) }] : [],
  );
}
