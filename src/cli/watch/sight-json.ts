import { sumOf, totalsOf } from '../../domain/sample.ts';
import { isoOf, isoOrNull, seriesJson, workerJson } from '../status/status-json.ts';
import type { Sight } from './sight.ts';

/** A sight for scripts; stable. `WATCH_FIELDS` says what each field means. */
export const sightJson = ({ present, replies, perSecond, away }: Sight) => ({
  at: isoOf(present.now),
  awaySince: isoOrNull(away?.since),
  awayReason: away?.why ?? null,
  totals: sumOf(present.series.map(totalsOf)),
  acceptedLastMinute: present.series.reduce((n, { acceptedLastMinute }) => n + acceptedLastMinute, 0),
  acceptedPerSecond: Math.round(100 * (perSecond.at(-1) ?? 0)) / 100,
  oldestDueAt: isoOrNull(present.oldestDueAt),
  mailTrouble: present.trouble ?? null,
  people: present.people,
  workers: present.workers.map(workerJson),
  queues: present.queues,
  replies: replies.map(({ series, issue, kind, reply, domain, count }) => ({
    series,
    issue,
    kind,
    reply,
    domain,
    count,
  })),
  series: present.series.map((status) => seriesJson(status, present)),
});
