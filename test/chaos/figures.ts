import { Deliveries } from './checker.ts';
import type { Evidence } from './evidence.ts';
import { mailsAfterRedis, percentile, type Recovery } from './recovery.ts';
import type { Figures } from './scenario.ts';
import type { SmtpRecord } from './smtp-record.ts';

/** What a run amounted to, besides the promises it kept or broke. */
export function figuresOf(evidence: Evidence): Figures {
  const { mails, events, ledger } = evidence;
  const kills = events.filter(({ kind }) => kind === 'kill').length;
  const redisKills = events.filter(({ kind }) => kind === 'redisKill').length;
  const repeats = repeatsOf(evidence);
  const byWorker = countBy(repeats, ({ client }) => client);
  const unasked = repeats.filter(({ fault }) => fault === undefined);
  const unheard = unasked.filter((copy) => isUnheard(evidence, copy)).length;
  const perKill = (n: number) => (kills === 0 ? '-' : (n / kills).toFixed(2));
  const afterRedis = mailsAfterRedis(evidence);
  return {
    mails: mails.filter(({ fate }) => fate === 'taken').length,
    kills,
    ...(redisKills > 0 && { 'redis kills': redisKills }),
    faults: mails.filter(({ fault }) => fault !== undefined).length,
    repeats: repeats.length,
    'per kill': perKill(unasked.length),
    'heard of': perKill(unasked.length - unheard),
    'most per worker': Math.max(0, ...byWorker.values()),
    uncertain: ledger?.readers.reduce((sum, { uncertain }) => sum + total(uncertain), 0) ?? '-',
    held: ledger?.readers.filter(({ held }) => held !== undefined).length ?? '-',
    ...(afterRedis.length > 0 && {
      'mail after Redis, max s': ((afterRedis.at(-1) ?? 0) / 1_000).toFixed(1),
    }),
  };
}

/** To be asked only where a mail that is due goes out at once: anywhere else a queue is measured as well. */
export function recoveryFigures({ waits, never }: Recovery): Figures {
  const seconds = (share: number) => (percentile(waits, share) / 1_000).toFixed(1);
  return {
    orphans: waits.length,
    'again p50 s': seconds(0.5),
    'p99 s': seconds(0.99),
    'max s': seconds(1),
    never,
  };
}

/** The worker died while the server was still at work on the message: whatever a worker does, it could not have known. */
const isUnheard = ({ events }: Evidence, { client, endedAt, isClientGone }: SmtpRecord): boolean =>
  isClientGone === true ||
  events.some((event) => event.kind === 'kill' && event.worker === client && endedAt >= event.at);

/** The copies that were followed by another one: what was lost sight of, and by whom. */
function repeatsOf(evidence: Evidence): SmtpRecord[] {
  return new Deliveries(evidence).all.flatMap(({ copies }) => copies.slice(0, -1));
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

const total = (numbers: Readonly<Record<string, number>>): number =>
  Object.values(numbers).reduce((sum, n) => sum + n, 0);
