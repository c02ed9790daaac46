import { readFileSync, writeFileSync } from 'node:fs';
import type { Delivery } from '../../domain/delivery.ts';
import type { RenderedIssue } from '../../domain/rendered-issue.ts';
import { readerAddress } from '../reader-address.ts';

/** What a sender of the bench is told when it starts, in a file: a whole issue is too long for a command line. */
export interface SenderJob {
  readonly port: number;
  readonly connections: number;
  readonly rendered: RenderedIssue;
  /** Part of the readers' addresses. */
  readonly run: string;
  readonly dkim?: { readonly domain: string; readonly selector: string; readonly keyFile: string };
  /** Where the jobs of the naive product are. */
  readonly redisAddress?: string;
}

export function writeJob(file: string, job: SenderJob): void {
  writeFileSync(file, JSON.stringify(job));
}

export const readJob = (file: string): SenderJob => JSON.parse(readFileSync(file, 'utf8')) as SenderJob;

/** A delivery as the product would have claimed it, for links and a Message-ID that are made the same way. */
export function deliveryTo(n: number, { run, rendered }: Pick<SenderJob, 'run' | 'rendered'>): Delivery {
  return {
    series: rendered.series,
    issue: rendered.issue,
    subscriber: `b${String(n).padStart(15, '2')}` as Delivery['subscriber'],
    token: '1',
    attempt: 1,
    address: readerAddress(n, run),
    name: '',
    round: 0,
    rendered: rendered.hash,
    datedAt: 0,
    firstTriedAt: 0,
  };
}
