import { HOUR_MS, MINUTE_MS, type Instant } from './instant.ts';

/** A trouble as the watchman remembers it. */
export interface TroubleRecord {
  readonly since: Instant;
  /** When it was seen last. */
  readonly seenAt: Instant;
  readonly isTold: boolean;
  /** When its end was told; the record is kept for a while, for a trouble that comes back. */
  readonly endedAt?: Instant;
  /** How often it came back within an hour of an end that was told. */
  readonly relapses: number;
}

/** What is seen of a trouble: since when, where that is known better than by looking. */
export interface SeenTrouble {
  readonly since?: Instant;
}

export interface TroubleStep {
  /** Absent = forgotten. */
  readonly record?: TroubleRecord;
  readonly tell?: 'started' | 'ended';
}

const QUIET_MS = MINUTE_MS;
const RELAPSES_WITHIN_MS = HOUR_MS;

/**
 * One look at a trouble. It is told when it is seen `patienceMs` after it was first seen, and its end after a minute without it; what is
 * away for less is the same trouble. Each time it comes back within the hour it has to be quiet for twice as long, so that one which comes
 * and goes all night is a few notices and not a hundred.
 */
export function troubleAfter(
  before: TroubleRecord | undefined,
  seen: SeenTrouble | undefined,
  now: Instant,
  patienceMs: number,
): TroubleStep {
  return seen === undefined ? afterQuiet(before, now) : afterTrouble(before, seen, now, patienceMs);
}

function afterTrouble(
  before: TroubleRecord | undefined,
  seen: SeenTrouble,
  now: Instant,
  patienceMs: number,
): TroubleStep {
  const isSame = before !== undefined && before.endedAt === undefined;
  const record = isSame ? { ...before, seenAt: now } : begun(before, seen, now);
  if (record.isTold || now - record.since < patienceMs) return { record };
  return { record: { ...record, isTold: true }, tell: 'started' };
}

const begun = (before: TroubleRecord | undefined, { since }: SeenTrouble, now: Instant): TroubleRecord => ({
  since: since ?? now,
  seenAt: now,
  isTold: false,
  relapses: before === undefined ? 0 : before.relapses + 1,
});

function afterQuiet(before: TroubleRecord | undefined, now: Instant): TroubleStep {
  if (before === undefined) return {};
  if (before.endedAt !== undefined)
    return now - before.endedAt < RELAPSES_WITHIN_MS ? { record: before } : {};
  if (now - before.seenAt < quietMs(before)) return { record: before };
  if (before.isTold) return { record: { ...before, endedAt: now }, tell: 'ended' };
  // Nobody has heard of it: it counts for nothing.
  return before.relapses === 0 ? {} : { record: { ...before, endedAt: now, relapses: before.relapses - 1 } };
}

const quietMs = ({ relapses }: TroubleRecord): number =>
  Math.min(RELAPSES_WITHIN_MS, QUIET_MS * 2 ** relapses);
