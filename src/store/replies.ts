import type { Redis } from 'ioredis';
import { domainOf } from '../domain/email-address.ts';
import type { IssueId } from '../domain/issue.ts';
import { replyClassOf } from '../domain/reply-class.ts';
import type { SeriesId } from '../domain/series.ts';
import type { Settlement } from '../domain/settlement.ts';
import { allPartitions } from '../domain/subscriber.ts';
import { partitionKeys } from './keys.ts';

/** How often one kind of answer came for readers of one domain. */
export interface ReplyCount {
  readonly issue: IssueId;
  readonly kind: 'deferred' | 'rejected' | 'uncertain';
  /** See `replyClassOf`. */
  readonly reply: string;
  /** `*` = others, where there are too many to tell apart. */
  readonly domain: string;
  readonly count: number;
}

export interface ReplyStore {
  /** All answers but 250 that a series has had, most frequent first. */
  of(series: SeriesId): Promise<ReplyCount[]>;
  /** Does not tell a domain apart any more wherever one reader alone may have made its count. */
  forget(series: SeriesId, domain: string): Promise<void>;
}

/** More answers than one reader gets to one issue, put off for three days. */
const MOST_OF_ONE = 30;

const KINDS: Partial<Record<Settlement['kind'], ReplyCount['kind']>> = {
  deferred: 'deferred',
  rejected: 'rejected',
  dead: 'rejected',
  uncertain: 'uncertain',
  held: 'uncertain',
};

/** What a settlement's answer is counted under; '' = it is not. No part of it has a tab. */
export function replyFieldOf({ kind, delivery, reason }: Settlement): string {
  const counted = KINDS[kind];
  if (counted === undefined) return '';
  return [delivery.issue, counted, replyClassOf(reason), domainOf(delivery.address)].join('\t');
}

export function openReplyStore(redis: Redis): ReplyStore {
  return {
    async of(series) {
      const hashes = await Promise.all(
        allPartitions().map((partition) => redis.hgetall(partitionKeys(partition, series).replies)),
      );
      const sums = new Map<string, number>();
      for (const [field, count] of hashes.flatMap((hash) => Object.entries(hash)))
        sums.set(field, (sums.get(field) ?? 0) + Number(count));
      return [...sums].map(replyCountOf).toSorted((a, b) => b.count - a.count);
    },
    async forget(series, domain) {
      for (const { replies } of allPartitions().map((partition) => partitionKeys(partition, series))) {
        for (const [field, count] of Object.entries(await redis.hgetall(replies))) {
          if (!field.endsWith(`\t${domain}`) || Number(count) > MOST_OF_ONE) continue;
          const others = `${field.slice(0, -domain.length)}*`;
          await redis.multi().hincrby(replies, others, Number(count)).hdel(replies, field).exec();
        }
      }
    },
  };
}

function replyCountOf([field, count]: readonly [string, number]): ReplyCount {
  const [issue = '', kind, reply = '', domain = ''] = field.split('\t');
  return { issue: issue as IssueId, kind: kind as ReplyCount['kind'], reply, domain, count };
}
