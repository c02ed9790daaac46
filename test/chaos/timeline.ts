import type { ChangesEvidence } from './changes-evidence.ts';
import type { LedgerReader } from './evidence.ts';
import type { Joined, Left, Operation, Scheduled } from './operations.ts';
import type { SmtpRecord } from './smtp-record.ts';

/** A stretch of time, ms; what is open has `until` = Infinity. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** One issue the server took for one reader, all copies. */
export interface Taken {
  readonly issue: string;
  readonly copies: readonly [SmtpRecord, ...SmtpRecord[]];
}

/** One person: what they did, and what was tried and sent to them since they were last nobody. */
export interface Life {
  readonly reader: string;
  readonly joins: readonly Joined[];
  readonly leaves: readonly Left[];
  /** When they became who they are now: when they came, or came back after an erasure; Infinity = they are nobody now. */
  readonly bornAt: number;
  readonly attempts: readonly SmtpRecord[];
  /** By the first copy's MAIL. */
  readonly taken: readonly Taken[];
  readonly absences: readonly Stretch[];
}

/** The evidence with what is seen in it at every turn. */
export interface Case {
  readonly evidence: ChangesEvidence;
  readonly lives: readonly Life[];
  /** Those that were put into force, in their order. */
  readonly plans: readonly Scheduled[];
  readonly ledger: ReadonlyMap<string, LedgerReader>;
}

/** Joins that changed something: `known` and `suppressed` leave everything as it was. */
const isEffective = ({ result }: Joined): boolean => result === 'added' || result === 'rejoined';

/** Everything about each reader who ever was in, or was mailed. */
export function livesOf(evidence: ChangesEvidence): Life[] {
  const { operations, audience, mails, series } = evidence;
  const byReader = groupedBy(mails, ({ to }) => to[0] ?? '');
  const ofReader = groupedBy(
    operations.filter((one) => one.kind === 'joined' || one.kind === 'left'),
    ({ reader }) => reader,
  );
  const imported = importedAt(operations);
  const everybody = new Set([...audience, ...imported.keys(), ...ofReader.keys(), ...byReader.keys()]);
  everybody.delete('');
  return [...everybody].map((reader) => {
    const own = ofReader.get(reader) ?? [];
    const joins = own.filter((one) => one.kind === 'joined').filter(isEffective);
    const leaves = own.filter((one) => one.kind === 'left');
    const beganAt = audience.includes(reader) ? -Infinity : firstOf(joins, imported.get(reader));
    const erasedAt = Math.max(
      ...leaves.filter(({ how }) => how === 'erased').map(({ acked }) => acked),
      -Infinity,
    );
    const back = joins.find(({ began }) => began >= erasedAt)?.began ?? Infinity;
    const bornAt = erasedAt === -Infinity ? beganAt : back;
    const attempts = (byReader.get(reader) ?? []).toSorted((a, b) => a.mailAt - b.mailAt);
    return {
      reader,
      joins,
      leaves,
      bornAt,
      attempts,
      taken: takenOf(
        series,
        attempts.filter(({ mailAt }) => mailAt >= bornAt),
      ),
      absences: absencesOf(beganAt, joins, leaves),
    };
  });
}

/** Readers of an import who were in no list before: a file brings in who is new, and nobody else. */
function importedAt(operations: readonly Operation[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const one of operations)
    if (one.kind === 'imported')
      for (const reader of one.readers) first.set(reader, Math.min(first.get(reader) ?? Infinity, one.began));
  return first;
}

const firstOf = (joins: readonly Joined[], imported = Infinity): number =>
  Math.min(joins[0]?.began ?? Infinity, imported);

/** From when a reader was told that they are out until they asked to come back, and the time before they ever came. */
function absencesOf(beganAt: number, joins: readonly Joined[], leaves: readonly Left[]): Stretch[] {
  const before = beganAt === -Infinity ? [] : [{ from: -Infinity, until: beganAt }];
  const after = leaves.map(({ acked }) => ({
    from: acked,
    until: joins.find(({ began }) => began >= acked)?.began ?? Infinity,
  }));
  return [...before, ...after];
}

function takenOf(series: string, attempts: readonly SmtpRecord[]): Taken[] {
  const taken = new Map<string, [SmtpRecord, ...SmtpRecord[]]>();
  for (const mail of attempts.filter(({ fate }) => fate === 'taken')) {
    const issue = issueOf(series, mail);
    const copies = taken.get(issue);
    if (copies === undefined) taken.set(issue, [mail]);
    else copies.push(mail);
  }
  return [...taken].map(([issue, copies]) => ({ issue, copies }));
}

/** The issue a mail is, by its Feedback-ID; what is none of the series' keeps its whole mark. */
export const issueOf = (series: string, { mark = '' }: SmtpRecord): string =>
  mark.startsWith(`${series}/`) ? mark.slice(series.length + 1) : mark;

/** Schedules that were put into force, in their order. */
export const plansOf = (operations: readonly Operation[]): Scheduled[] =>
  operations
    .filter((one) => one.kind === 'scheduled')
    .filter(({ outcome }) => outcome !== 'refused')
    .toSorted((a, b) => a.began - b.began);

/** The plan in force at a time, or about to be. */
export const planAt = (plans: readonly Scheduled[], at: number): Scheduled | undefined =>
  plans.findLast(({ began }) => began <= at) ?? plans[0];

/** From when the series was told not to run until it was asked to run again. */
export function stopsOf(operations: readonly Operation[]): Stretch[] {
  const states = operations
    .filter((one) => one.kind === 'state' || one.kind === 'scheduled')
    .toSorted((a, b) => a.began - b.began);
  return states.flatMap(({ state, acked }, index) => {
    if (state === 'running' || states[index - 1]?.state === state) return [];
    const next = states.slice(index + 1).find((later) => later.state !== state);
    return [{ from: acked, until: next?.began ?? Infinity }];
  });
}

export function groupedBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
