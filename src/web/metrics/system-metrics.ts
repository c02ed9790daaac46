import type { Overview } from '../../domain/overview.ts';
import { counter, gauge, oneIf, single, type Metric, type Reading } from './metric.ts';
import { ageOf } from './series-metrics.ts';

/** What all series share: whoever sends, the queues, the mail server, Redis. */
export const SYSTEM_METRICS: readonly Metric[] = [
  single(
    'partwork_oldest_due_age_seconds',
    'How late we are: for how long the mail has been due that has waited longest. 0 = none is due.',
    ({ overview }) => ageOf(overview.now, overview.oldestDueAt),
  ),
  single(
    'partwork_mail_blocked',
    '1 = no worker can use the mail server now; partwork status says why.',
    ({ overview }) => oneIf(overview.trouble !== undefined),
  ),
  single(
    'partwork_workers',
    'Processes that send, as they said within the last 45 seconds.',
    ({ overview }) => overview.workers.length,
  ),
  single(
    'partwork_worker_connections',
    'Connections to the mail server that they may open, together.',
    ({ overview }) => overview.workers.reduce((n, { connections }) => n + connections, 0),
  ),
  gauge(
    'partwork_queue_jobs',
    'Jobs in the queues: waiting, active, delayed, failed. They are tickets and orders, not mails.',
    ['queue', 'state'],
    ({ overview }) => overview.queues.flatMap(jobsOf),
  ),
  single(
    'partwork_suppressed_addresses',
    'Addresses that must not be mailed.',
    ({ overview }) => overview.people.suppressed,
  ),
  single(
    'partwork_ledger_fit',
    '1 = Redis holds our ledger, is set up as it must be, and takes writes; 0 = nothing is sent.',
    ({ isFit }) => oneIf(isFit),
  ),
  single('partwork_redis_memory_used_bytes', 'Memory that Redis uses.', ({ redis }) => redis.usedBytes),
  single(
    'partwork_redis_memory_max_bytes',
    'Memory that Redis may use (maxmemory); 0 = as much as there is.',
    ({ redis }) => redis.mostBytes,
  ),
  single('partwork_redis_connected_clients', 'Connections to Redis.', ({ redis }) => redis.clients),
  single('partwork_redis_aof_enabled', '1 = Redis keeps an append-only file.', ({ redis }) =>
    oneIf(redis.isAppendOnly),
  ),
  single(
    'partwork_redis_aof_last_write_ok',
    '1 = the last write to the append-only file went well (aof_last_write_status).',
    ({ redis }) => oneIf(redis.isWriting),
  ),
  counter(
    'partwork_redis_aof_delayed_fsyncs_total',
    'How often since Redis started its append-only file had to wait for a slow disk (aof_delayed_fsync).',
    [],
    ({ redis }) => [[{}, redis.delayedFsyncs]],
  ),
];

function jobsOf({ queue, ...jobs }: Overview['queues'][number]): Reading[] {
  return Object.entries(jobs).map(([state, count]): Reading => [{ queue, state }, count]);
}
