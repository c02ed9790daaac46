import type { Delivery } from '../domain/delivery.ts';
import { domainOf } from '../domain/email-address.ts';
import type { IssueId } from '../domain/issue.ts';
import { BUCKETS_S, bucketOf, type DomainTime, type Measured } from '../domain/send-times.ts';
import type { SeriesId } from '../domain/series.ts';

const MOST_DOMAINS = 200;
const OTHERS = '*';

interface OfIssue {
  readonly series: SeriesId;
  readonly issue: IssueId;
  readonly domains: Map<string, { count: number; seconds: number }>;
}

/** Measures how long mails take in one process; what it has is told and forgotten every few seconds, so it stays small. */
export class SendMeter {
  #buckets = emptyBuckets();
  #count = 0;
  #seconds = 0;
  #issues = new Map<string, OfIssue>();

  note({ series, issue, address }: Delivery, ms: number): void {
    const seconds = ms / 1000;
    const bucket = bucketOf(seconds);
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.#count++;
    this.#seconds += seconds;
    this.#noteDomain(this.#ofIssue(series, issue).domains, domainOf(address), seconds);
  }

  /** What was measured since the last time; undefined = nothing. */
  take(): Measured | undefined {
    if (this.#count === 0) return undefined;
    const measured: Measured = {
      times: { buckets: this.#buckets, count: this.#count, seconds: this.#seconds },
      issues: [...this.#issues.values()].map(({ series, issue, domains }) => ({
        series,
        issue,
        domains: [...domains].map(([domain, time]): DomainTime => ({ domain, ...time })),
      })),
    };
    this.#buckets = emptyBuckets();
    this.#count = 0;
    this.#seconds = 0;
    this.#issues = new Map();
    return measured;
  }

  #ofIssue(series: SeriesId, issue: IssueId): OfIssue {
    const key = `${series}/${issue}`;
    const known = this.#issues.get(key) ?? { series, issue, domains: new Map() };
    this.#issues.set(key, known);
    return known;
  }

  #noteDomain(domains: OfIssue['domains'], domain: string, seconds: number): void {
    const name = domains.has(domain) || domains.size < MOST_DOMAINS ? domain : OTHERS;
    const time = domains.get(name) ?? { count: 0, seconds: 0 };
    time.count++;
    time.seconds += seconds;
    domains.set(name, time);
  }
}

const emptyBuckets = (): number[] => Array.from({ length: BUCKETS_S.length + 1 }, () => 0);
