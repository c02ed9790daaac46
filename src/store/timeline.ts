import type { Redis } from 'ioredis';
import { SECOND_MS } from '../domain/instant.ts';
import type { DaySample, Sample } from '../domain/overview.ts';
import type { SeriesId } from '../domain/series.ts';
import type { Progress } from '../domain/stuck.ts';
import { DAYS, PROGRESS, SAMPLES } from './keys.ts';

/** An hour, at one sample in ten seconds. */
const MOST_SAMPLES = 360;
/** Samples of several processes that watch at once are one. */
const LEAST_APART_MS = 5 * SECOND_MS;

/** What the totals were before: charts, and the judgement whether anything moves. */
export interface TimelineStore {
  /** Adds a sample; one that comes too soon after the last is passed over. */
  record(sample: Sample, day: DaySample): Promise<void>;
  /** The last hour, oldest first. */
  lastHour(): Promise<Sample[]>;
  /** One for each day, oldest first. */
  days(): Promise<DaySample[]>;
  /** Notes that a series has had so many outcomes; the time of the last change is kept. */
  noteProgress(series: SeriesId, progress: Progress): Promise<void>;
  progress(): Promise<ReadonlyMap<SeriesId, Progress>>;
  /** After a time in which nobody looked. */
  forgetProgress(): Promise<void>;
}

export function openTimelineStore(redis: Redis): TimelineStore {
  return {
    async record(sample, day) {
      const last = await redis.lindex(SAMPLES, -1);
      const lastAt = last === null ? 0 : (JSON.parse(last) as Sample).at;
      // A clock that was set back must not end the timeline.
      if (Math.abs(sample.at - lastAt) < LEAST_APART_MS) return;
      await redis
        .multi()
        .rpush(SAMPLES, JSON.stringify(sample))
        .ltrim(SAMPLES, -MOST_SAMPLES, -1)
        .hset(DAYS, day.day, JSON.stringify(day))
        .exec();
    },
    async lastHour() {
      return (await redis.lrange(SAMPLES, 0, -1)).map((json) => JSON.parse(json) as Sample);
    },
    async days() {
      const days = Object.values(await redis.hgetall(DAYS)).map((json) => JSON.parse(json) as DaySample);
      return days.toSorted((a, b) => a.day.localeCompare(b.day));
    },
    async noteProgress(series, progress) {
      await redis.hset(PROGRESS, series, JSON.stringify(progress));
    },
    async forgetProgress() {
      await redis.del(PROGRESS);
    },
    async progress() {
      const entries = Object.entries(await redis.hgetall(PROGRESS));
      return new Map(
        entries.map(([series, json]) => [series as SeriesId, JSON.parse(json) as Progress] as const),
      );
    },
  };
}
