import type { Redis } from 'ioredis';
import type { IssueId } from '../domain/issue.ts';
import { BUCKETS_S, type DomainTime, type Measured, type SendTimes } from '../domain/send-times.ts';
import type { SeriesId } from '../domain/series.ts';
import { domainTimesKey, SEND_TIMES } from './keys.ts';

/** How long the mail server takes: for whoever watches. A crash of a worker may lose a few seconds of it, never mail. */
export interface SendTimeStore {
  add(measured: Measured): Promise<void>;
  /** Of all mails there were. */
  all(): Promise<SendTimes>;
  /** Of one issue, the slowest domains first. */
  slowest(series: SeriesId, issue: IssueId): Promise<DomainTime[]>;
  /** Does not tell a domain apart any more where one reader alone may have made its count. */
  forget(series: SeriesId, issue: IssueId, domain: string): Promise<void>;
}

/** More tries than one reader's mail gets, put off for three days. */
const MOST_OF_ONE = 30;

const MOST_DOMAINS = 400;

export function openSendTimeStore(redis: Redis): SendTimeStore {
  return {
    async add({ times, issues }) {
      const batch = redis.pipeline();
      times.buckets.forEach(
        (count, index) => count > 0 && batch.hincrby(SEND_TIMES, `bucket:${index}`, count),
      );
      batch.hincrby(SEND_TIMES, 'count', times.count).hincrbyfloat(SEND_TIMES, 'seconds', times.seconds);
      for (const { series, issue, domains } of issues) {
        const key = domainTimesKey(series, issue);
        const isFull = (await redis.hlen(key)) >= 2 * MOST_DOMAINS;
        for (const { domain, count, seconds } of domains) {
          const name = isFull ? '*' : domain;
          batch.hincrby(key, `count:${name}`, count).hincrbyfloat(key, `seconds:${name}`, seconds);
        }
      }
      const failed = (await batch.exec())?.find(([error]) => error !== null);
      if (failed?.[0] instanceof Error) throw failed[0];
    },
    async all() {
      const fields = await redis.hgetall(SEND_TIMES);
      const numbered = [...BUCKETS_S.keys(), BUCKETS_S.length];
      return {
        buckets: numbered.map((index) => Number(fields[`bucket:${index}`] ?? 0)),
        count: Number(fields['count'] ?? 0),
        seconds: Number(fields['seconds'] ?? 0),
      };
    },
    async slowest(series, issue) {
      const fields = await redis.hgetall(domainTimesKey(series, issue));
      return Object.keys(fields)
        .filter((field) => field.startsWith('count:'))
        .map((field) => field.slice('count:'.length))
        .map((domain) => ({
          domain,
          count: Number(fields[`count:${domain}`]),
          seconds: Number(fields[`seconds:${domain}`]),
        }))
        .toSorted((a, b) => b.seconds / b.count - a.seconds / a.count);
    },
    async forget(series, issue, domain) {
      const key = domainTimesKey(series, issue);
      const [count, seconds] = await redis.hmget(key, `count:${domain}`, `seconds:${domain}`);
      if (Number(count) === 0 || Number(count) > MOST_OF_ONE) return;
      const forgetting = redis.multi().hincrby(key, 'count:*', Number(count));
      forgetting
        .hincrbyfloat(key, 'seconds:*', Number(seconds))
        .hdel(key, `count:${domain}`, `seconds:${domain}`);
      await forgetting.exec();
    },
  };
}
