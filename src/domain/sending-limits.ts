import type { DomainLimits } from './domain-limits.ts';
import type { Instant } from './instant.ts';
import { formatRate, type Rate, type WarmUp } from './sending-rate.ts';

/** How fast mail may leave, all workers together. */
export interface SendingLimits {
  readonly transport: readonly Rate[];
  readonly warmUp?: WarmUp;
  readonly domains: DomainLimits;
}

/** One limit of a bucket, and what to call it when it keeps somebody waiting. */
export type NamedLimit = (Rate | WarmUp) & { readonly says: string };

/** Mails that are counted together, against all of these. */
export interface RateBucket {
  readonly name: string;
  /** Every mail counts in it. */
  readonly isAll: boolean;
  readonly limits: readonly NamedLimit[];
}

/** What keeps a series' mail that is due from leaving. */
export interface Limited {
  /** Such as `50/s (PARTWORK_RATE)`. */
  readonly by: string;
  /** When there is room again. */
  readonly goesOnAt: Instant;
  /** Until when mail has been put off that is waiting for room. */
  readonly lastsUntil: Instant;
}

/** undefined = the transport takes all there is. */
export function transportBucket({ transport, warmUp }: SendingLimits): RateBucket | undefined {
  const limits: NamedLimit[] = transport.map((rate) => ({
    ...rate,
    says: `${formatRate(rate)} (PARTWORK_RATE)`,
  }));
  if (warmUp !== undefined) limits.push({ ...warmUp, says: 'the most of this day (PARTWORK_WARM_UP)' });
  return limits.length === 0 ? undefined : { name: 'all', isAll: true, limits };
}

/** undefined = the domain is not limited by itself. */
export function domainBucket({ domains }: SendingLimits, domain: string): RateBucket | undefined {
  const bucket = domains.bucketOf(domain);
  if (bucket === undefined) return undefined;
  const { name, rates } = bucket;
  const limits = rates.map((rate) => ({
    ...rate,
    says: `${formatRate(rate)} to ${name} (PARTWORK_DOMAIN_RATES)`,
  }));
  return { name: `domain:${name}`, isAll: false, limits };
}
