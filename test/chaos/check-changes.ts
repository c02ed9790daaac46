import type { ChangesEvidence } from './changes-evidence.ts';
import type { Violation } from './checker.ts';
import { disorder, losses, oldVersions } from './check-reading.ts';
import { accounts } from './check-accounts.ts';
import type { Operation, Wished } from './operations.ts';
import {
  groupedBy,
  issueOf,
  livesOf,
  plansOf,
  stopsOf,
  type Case,
  type Life,
  type Stretch,
  type Taken,
} from './timeline.ts';

type Check = (found: Case) => Iterable<Violation>;

/** What has been submitted when somebody leaves or a series is paused still goes out; MAIL follows at once. */
const GRACE_MS = 2_000;

/** So that a connection never rests, a few mails are submitted before it is their turn on it. */
const SUBMITTED_AHEAD = 4;

const CHECKS: readonly Check[] = [
  strangers,
  consent,
  stops,
  breaks,
  gaps,
  repeats,
  disorder,
  oldVersions,
  losses,
  accounts,
  imports,
  leftovers,
];

/** Every promise that was broken while things were changed; empty = all were kept. */
export function checkChanges(evidence: ChangesEvidence): Violation[] {
  const found: Case = {
    evidence,
    lives: livesOf(evidence),
    plans: plansOf(evidence.operations),
    ledger: new Map(evidence.readers.map((reader) => [reader.address, reader])),
  };
  return CHECKS.flatMap((broken) => [...broken(found)]);
}

/** Mail is an issue that was once scheduled, for one reader, who is named in it. */
function* strangers({ evidence: { series, mails }, plans }: Case): Generator<Violation> {
  const issues = new Set(plans.flatMap(({ live }) => Object.keys(live)));
  for (const mail of mails) {
    const { to, fate, headerTo } = mail;
    if (to.length > 1) yield { invariant: 'envelope', what: `one message for ${to.join(' and ')}` };
    if (fate !== 'taken') continue;
    if (headerTo !== to[0])
      yield { invariant: 'envelope', what: `a message for ${to[0]} says To: ${headerTo}` };
    if (!issues.has(issueOf(series, mail)))
      yield { invariant: 'phantom', what: `${to[0]} got "${mail.mark}", which is no issue` };
  }
}

/** Who was told that they are out gets one mail at most that was on its way, until they ask to come back. */
function* consent({ lives }: Case): Generator<Violation> {
  for (const { reader, absences, attempts } of lives)
    for (const absence of absences) {
      const first = absence.from === -Infinity;
      const late = first
        ? attempts.filter(({ mailAt }) => mailAt < absence.until).length
        : lateIn(absence, attempts);
      if (late > 0)
        yield first
          ? { invariant: 'phantom', what: `${reader} got ${late} mails before they ever were in` }
          : { invariant: 'consent', what: `${reader} got ${late} mails too many after leaving` };
    }
}

/** How many mails begin in a stretch that should not: all that begin late, and all but one in any case. */
function lateIn({ from, until }: Stretch, mails: Life['attempts']): number {
  const within = mails.filter(({ mailAt }) => mailAt > from && mailAt < until);
  const late = within.filter(({ mailAt }) => mailAt > from + GRACE_MS).length;
  return Math.max(late, within.length - 1);
}

/** No mail begins while the series is paused or cancelled, but for those that were submitted before. */
function* stops({ evidence: { operations, mails, connections } }: Case): Generator<Violation> {
  for (const { from, until } of stopsOf(operations)) {
    const within = mails.filter(({ mailAt }) => mailAt > from && mailAt < until);
    const late = within.filter(({ mailAt }) => mailAt > from + GRACE_MS).length;
    if (late > 0 || within.length > SUBMITTED_AHEAD * connections)
      yield {
        invariant: 'consent',
        what: `${within.length} mails began while the series was stopped, ${late} of them late`,
      };
  }
}

/** A reader's break is a series' pause for one. */
function* breaks(found: Case): Generator<Violation> {
  for (const [life, stretch] of wishesOf(found, 'pause', 'resume', 'paused')) {
    const late = lateIn(stretch, life.attempts);
    if (late > 0) yield { invariant: 'consent', what: `${life.reader} got ${late} mails during their break` };
  }
}

/** A pace of an hour leaves room for one issue: the one under way, or the first. */
function* gaps(found: Case): Generator<Violation> {
  for (const [life, { from, until }] of wishesOf(found, 'pace', 'own-pace', 'set')) {
    const more = life.taken.filter(({ copies: [{ mailAt }] }) => mailAt > from && mailAt < until);
    if (more.length > 1)
      yield { invariant: 'gap', what: `${life.reader} got ${more.length} issues at a pace of an hour` };
  }
}

/** From when a wish was granted until it was taken back, or the reader began anew. */
function* wishesOf(
  { evidence, lives }: Case,
  begin: Wished['wish'],
  end: Wished['wish'],
  granted: string,
): Generator<[Life, Stretch]> {
  const byReader = groupedBy(evidence.operations.filter(isWish), ({ reader }) => reader);
  for (const life of lives) {
    const wishes = byReader.get(life.reader) ?? [];
    for (const { wish, answer, acked } of wishes) {
      if (wish !== begin || answer !== granted) continue;
      const ends = [...wishes.filter((one) => one.wish === end), ...life.joins].map(({ began }) => began);
      yield [life, { from: acked, until: Math.min(...ends.filter((began) => began >= acked), Infinity) }];
    }
  }
}

const isWish = (operation: Operation): operation is Wished => operation.kind === 'wished';

/** One more copy for each recorded doubt at most, of the same bytes; a Message-ID belongs to one reader and issue. */
function* repeats({ lives, ledger }: Case): Generator<Violation> {
  const owners = new Map<string, string>();
  for (const { reader, taken } of lives)
    for (const { issue, copies } of taken) {
      const doubts = ledger.get(reader)?.uncertain[issue] ?? 0;
      if (copies.length - 1 > doubts)
        yield {
          invariant: 'repeats',
          what: `${reader} got "${issue}" ${copies.length} times, recorded as uncertain ${doubts} times`,
        };
      yield* differing(reader, { issue, copies });
      const id = copies[0].messageId ?? '';
      const owner = owners.get(id);
      if (owner !== undefined)
        yield { invariant: 'bytes', what: `Message-ID ${id} of "${issue}" for ${reader} is also ${owner}` };
      owners.set(id, `that of "${issue}" for ${reader}`);
    }
}

function* differing(reader: string, { issue, copies }: Taken): Generator<Violation> {
  for (const what of ['sha256', 'messageId'] as const)
    if (new Set(copies.map((copy) => copy[what])).size > 1)
      yield { invariant: 'bytes', what: `the copies of "${issue}" for ${reader} differ in ${what}` };
}

/** A file brings nobody back, and the second time it is read it changes nothing. */
function* imports({ evidence: { operations } }: Case): Generator<Violation> {
  for (const one of operations) {
    if (one.kind !== 'imported') continue;
    const { added, rejoined } = one.counts;
    if (rejoined > 0) yield { invariant: 'consent', what: `an import brought back ${rejoined} who had left` };
    if (one.isAgain && added > 0)
      yield { invariant: 'ledger', what: `the same import once more added ${added} readers` };
  }
}

/** Nothing of who was erased is left anywhere, unless they have come back. */
function* leftovers({ evidence: { leftovers: found }, lives }: Case): Generator<Violation> {
  const gone = new Set(lives.filter(({ bornAt }) => bornAt === Infinity).map(({ reader }) => reader));
  for (const { reader, where } of found)
    if (gone.has(reader)) yield { invariant: 'erasure', what: `${reader} is erased, and still in ${where}` };
}
