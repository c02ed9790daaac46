import type { Evidence, LedgerReader } from './evidence.ts';
import type { SmtpRecord } from './smtp-record.ts';

/** The promise that was broken. */
export type Invariant =
  | 'loss'
  | 'phantom'
  | 'order'
  | 'repeats'
  | 'bytes'
  | 'envelope'
  | 'consent'
  | 'content'
  | 'fencing'
  | 'ledger'
  | 'counts'
  | 'limits'
  | 'gap'
  | 'erasure'
  | 'liveness';

export interface Violation {
  readonly invariant: Invariant;
  readonly what: string;
}

/** All copies of one issue for one reader, in the order the server took them. */
export interface Delivery {
  readonly issue: string;
  readonly reader: string;
  readonly copies: readonly SmtpRecord[];
}

type Check = (evidence: Evidence, deliveries: Deliveries) => Iterable<Violation>;

/** Consent is taken away at the claim; what was claimed may still go out for this long. */
const CONSENT_GRACE_MS = 2_000;

/**
 * For each connection of a worker: a mail that goes over, one that was just taken, and one that waits to be put on record. In a rush up to
 * twenty-five wait; the mail servers here are too slow for one.
 */
const IN_DOUBT_PER_CONNECTION = 3;

const CHECKS: readonly Check[] = [
  lost,
  phantoms,
  disorder,
  repeats,
  repeatsByWorker,
  changedBytes,
  envelopes,
  consent,
  contents,
  staleTokens,
  unfounded,
  counts,
  limits,
];

/** Every promise that the evidence shows broken; empty = all were kept. To be asked when nothing is due any more. */
export function check(evidence: Evidence): Violation[] {
  const deliveries = new Deliveries(evidence);
  return CHECKS.flatMap((broken) => [...broken(evidence, deliveries)]);
}

/** What the server took, by issue and reader. */
export class Deliveries {
  readonly #taken = new Map<string, SmtpRecord[]>();
  readonly #refused = new Map<string, SmtpRecord>();
  readonly all: readonly Delivery[];

  constructor({ series, issues, mails }: Evidence) {
    const known = new Map(issues.map((issue) => [`${series}/${issue}`, issue]));
    const found: Delivery[] = [];
    for (const mail of [...mails].toSorted((a, b) => a.ended - b.ended)) {
      const reader = mail.to[0] ?? '';
      if (mail.fate === 'refused') this.#refused.set(reader, mail);
      const issue = known.get(mail.mark ?? '');
      if (mail.fate !== 'taken' || issue === undefined) continue;
      const key = keyOf(issue, reader);
      const copies = this.#taken.get(key);
      if (copies !== undefined) copies.push(mail);
      else {
        this.#taken.set(key, [mail]);
        found.push({ issue, reader, copies: this.#taken.get(key) ?? [] });
      }
    }
    this.all = found;
  }

  copiesOf(issue: string, reader: string): readonly SmtpRecord[] {
    return this.#taken.get(keyOf(issue, reader)) ?? [];
  }

  /** Whether the server ever said 5xx about this reader: then they may have gone on without an issue, or be suppressed. */
  wasRefused(reader: string): boolean {
    return this.#refused.has(reader);
  }
}

const keyOf = (issue: string, reader: string): string => `${issue}\n${reader}`;

/** I1: everybody has every issue, but for what the server refused, who left, and what is held for the operator. */
function* lost({ issues, audience, events, ledger }: Evidence, deliveries: Deliveries): Generator<Violation> {
  const readers = readersByAddress(ledger?.readers ?? []);
  const left = new Set(events.flatMap((event) => (event.kind === 'unsubscribed' ? [event.address] : [])));
  for (const address of audience) {
    const reader = readers.get(address);
    if (ledger !== undefined && reader === undefined && !left.has(address))
      yield { invariant: 'loss', what: `${address} is not in the ledger any more` };
    if (left.has(address)) continue;
    const missing = issues.filter((issue) => deliveries.copiesOf(issue, address).length === 0);
    for (const issue of missing) {
      if (reader !== undefined && isBehind(issues, reader, issue)) continue;
      const isExcused = deliveries.wasRefused(address) && reader !== undefined && isRefusedIn(reader, issue);
      if (!isExcused) yield { invariant: 'loss', what: `${address} never got "${issue}"` };
    }
  }
}

/** Held at an issue or before it: the operator's turn. */
const isBehind = (issues: readonly string[], { held }: LedgerReader, issue: string): boolean =>
  held !== undefined && issues.indexOf(held) <= issues.indexOf(issue);

const isRefusedIn = ({ history, membership }: LedgerReader, issue: string): boolean =>
  history[issue]?.startsWith('rejected') === true || membership.startsWith('ended');

/** I2: nothing goes to anybody but the audience, and nothing that is not an issue. */
function* phantoms({ series, issues, audience, mails }: Evidence): Generator<Violation> {
  const expected = new Set(audience);
  const marks = new Set(issues.map((issue) => `${series}/${issue}`));
  for (const mail of mails) {
    for (const reader of mail.to)
      if (!expected.has(reader)) yield { invariant: 'phantom', what: `${reader} is not in the audience` };
    if (mail.fate === 'taken' && !marks.has(mail.mark ?? ''))
      yield { invariant: 'phantom', what: `${mail.to.join()} got "${mail.mark}", which is no issue` };
  }
}

/** I3: no MAIL for an issue before the server took, or refused for good, the one ahead of it. */
function* disorder({ issues }: Evidence, deliveries: Deliveries): Generator<Violation> {
  for (const { issue, reader, copies } of deliveries.all) {
    const before = issues[issues.indexOf(issue) - 1];
    const [first] = copies;
    if (before === undefined || first === undefined) continue;
    const [ahead] = deliveries.copiesOf(before, reader);
    if (ahead === undefined && deliveries.wasRefused(reader)) continue;
    if (ahead === undefined || ahead.ended > first.began)
      yield { invariant: 'order', what: `${reader} got "${issue}" before "${before}"` };
  }
}

/** I4: at most one more copy for each time the ledger wrote "uncertain"; none at all with `hold`. */
function* repeats({ ledger, onUncertain }: Evidence, deliveries: Deliveries): Generator<Violation> {
  const readers = readersByAddress(ledger?.readers ?? []);
  for (const { issue, reader, copies } of deliveries.all) {
    const more = copies.length - 1;
    if (more === 0) continue;
    const recorded = readers.get(reader)?.uncertain[issue] ?? 0;
    if (onUncertain === 'hold')
      yield { invariant: 'repeats', what: `${reader} got "${issue}" ${copies.length} times despite "hold"` };
    else if (more > recorded)
      yield {
        invariant: 'repeats',
        what: `${reader} got "${issue}" ${copies.length} times, recorded as uncertain ${recorded} times`,
      };
  }
}

/** I4: one worker leaves no more in doubt than it had under way. */
function* repeatsByWorker({ connections }: Evidence, deliveries: Deliveries): Generator<Violation> {
  if (connections === undefined) return;
  const repeated = new Map<string, number>();
  for (const { copies } of deliveries.all)
    for (const { client, fault } of copies.slice(0, -1))
      if (fault === undefined) repeated.set(client, (repeated.get(client) ?? 0) + 1);
  for (const [client, n] of repeated)
    if (n > IN_DOUBT_PER_CONNECTION * connections)
      yield {
        invariant: 'repeats',
        what: `${n} mails of ${client} were sent again, on ${connections} connections`,
      };
}

/** I5: copies are the same bytes under the same Message-ID, and no two deliveries share one. */
function* changedBytes(_: Evidence, deliveries: Deliveries): Generator<Violation> {
  const owners = new Map<string, string>();
  for (const { issue, reader, copies } of deliveries.all) {
    if (new Set(copies.map(({ sha256 }) => sha256)).size > 1)
      yield { invariant: 'bytes', what: `the copies of "${issue}" for ${reader} differ` };
    for (const id of new Set(copies.map(({ messageId = '' }) => messageId))) {
      const owner = owners.get(id);
      if (owner !== undefined)
        yield { invariant: 'bytes', what: `Message-ID ${id} of "${issue}" for ${reader} is also ${owner}` };
      owners.set(id, `that of "${issue}" for ${reader}`);
    }
    if (new Set(copies.map(({ messageId }) => messageId)).size > 1)
      yield { invariant: 'bytes', what: `the copies of "${issue}" for ${reader} have several Message-IDs` };
  }
}

/** I6: one RCPT for each message, and it is who the To field names. */
function* envelopes({ mails }: Evidence): Generator<Violation> {
  for (const { to, headerTo, fate } of mails) {
    if (to.length > 1) yield { invariant: 'envelope', what: `one message for ${to.join(' and ')}` };
    if (fate === 'taken' && headerTo !== to[0])
      yield { invariant: 'envelope', what: `a message for ${to[0]} says To: ${headerTo}` };
  }
}

/** I7: whoever was told that they are out gets one mail at most after that, and none later than two seconds after. */
function* consent({ events, mails }: Evidence): Generator<Violation> {
  for (const event of events) {
    if (event.kind !== 'unsubscribed') continue;
    const after = mails.filter(({ to, mailAt }) => to.includes(event.address) && mailAt > event.at);
    const late = after.filter(({ mailAt }) => mailAt > event.at + CONSENT_GRACE_MS);
    if (after.length > 1 || late.length > 0)
      yield { invariant: 'consent', what: `${event.address} got ${after.length} mails after leaving` };
  }
}

/** I8: one issue has one subject, whoever gets it and however often. */
function* contents(_: Evidence, deliveries: Deliveries): Generator<Violation> {
  const subjects = new Map<string, string>();
  for (const { issue, reader, copies } of deliveries.all)
    for (const { subject = '' } of copies) {
      const known = subjects.get(issue) ?? subject;
      subjects.set(issue, known);
      if (subject !== known)
        yield { invariant: 'content', what: `"${issue}" for ${reader} is "${subject}", not "${known}"` };
    }
}

/** I9: a worker that was stopped and goes on hands over no message that somebody else has taken up meanwhile. */
function* staleTokens({ events, mails }: Evidence): Generator<Violation> {
  for (const stop of events) {
    if (stop.kind !== 'stop') continue;
    const goesOn = events.find(
      (event) => event.kind === 'continue' && event.worker === stop.worker && event.at > stop.at,
    );
    if (goesOn === undefined) continue;
    const meanwhile = new Set(
      mails
        .filter(({ client, mailAt }) => client !== stop.worker && mailAt > stop.at && mailAt < goesOn.at)
        .map(({ to }) => to[0]),
    );
    for (const { client, to, mailAt, endedAt, fate } of mails) {
      if (
        client === stop.worker &&
        fate === 'taken' &&
        mailAt < goesOn.at &&
        endedAt > goesOn.at &&
        meanwhile.has(to[0])
      )
        yield { invariant: 'fencing', what: `${client} sent to ${to[0]} after it had lost the claim` };
    }
  }
}

/** What the ledger calls accepted the server has; what the server has and the ledger does not call accepted is held. */
function* unfounded({ ledger, issues, events }: Evidence, deliveries: Deliveries): Generator<Violation> {
  const left = new Set(events.flatMap((event) => (event.kind === 'unsubscribed' ? [event.address] : [])));
  for (const reader of ledger?.readers ?? []) {
    const { address, membership, history, held, claim, place, uncertain } = reader;
    for (const issue of issues) {
      const copies = deliveries.copiesOf(issue, address).length;
      const isAccepted = history[issue]?.startsWith('accepted') === true;
      if (isAccepted && copies === 0)
        yield {
          invariant: 'ledger',
          what: `"${issue}" is accepted for ${address}, and the server has no copy`,
        };
      // The repeat of a doubtful one may be refused.
      const isRepeatRefused = history[issue]?.startsWith('rejected') === true && (uncertain[issue] ?? 0) > 0;
      if (!isAccepted && !isRepeatRefused && copies > 0 && held !== issue && !left.has(address))
        yield {
          invariant: 'ledger',
          what: `the server has "${issue}" for ${address}, the ledger says "${history[issue] ?? 'nothing'}"`,
        };
    }
    // Who left while a mail of theirs may have gone over gets the same bytes should they come back.
    const isInDoubt = claim === 'submitting' || (claim === 'uncertain' && Object.keys(uncertain).length > 0);
    const isKept = isInDoubt && membership.startsWith('ended');
    if (claim !== undefined && !isKept)
      yield { invariant: 'ledger', what: `${address} is "${claim}" still, at ${place ?? 'no place'}` };
  }
}

/** Whoever came to an issue is accounted for, and the history of the readers says the same as the counters. */
function* counts({ ledger, issues }: Evidence): Generator<Violation> {
  if (ledger === undefined) return;
  for (const issue of issues) {
    const {
      entered = 0,
      accepted = 0,
      rejected = 0,
      suppressed = 0,
      skipped = 0,
      left = 0,
      held = 0,
    } = ledger.counts[issue] ?? {};
    const waiting = ledger.readers.filter(({ place }) => place === issue).length;
    const heldHere = ledger.readers.filter((reader) => reader.held === issue).length;
    const sum = waiting + accepted + rejected + suppressed + skipped + left + held;
    if (entered !== sum)
      yield { invariant: 'counts', what: `"${issue}": ${entered} came, ${sum} are accounted for` };
    if (held !== heldHere)
      yield { invariant: 'counts', what: `"${issue}": ${held} held by the count, ${heldHere} in the list` };
    for (const [outcome, counted] of Object.entries({ accepted, rejected })) {
      const told = ledger.readers.filter(({ history }) => history[issue]?.startsWith(outcome));
      // Who left while the mail went over has it on record, and is counted among those who left.
      const gone = told.filter(({ membership }) => membership.startsWith('ended')).length;
      if (counted > told.length || counted < told.length - gone)
        yield {
          invariant: 'counts',
          what: `"${issue}": ${counted} ${outcome} by the count, ${told.length} by the readers, ${gone} of whom have left`,
        };
    }
  }
}

/** I14: no worker has more transactions under way than it has connections. */
function* limits({ mails, connections }: Evidence): Generator<Violation> {
  if (connections === undefined) return;
  const steps = mails.flatMap(({ client, began, ended }) => [
    { client, when: began, by: 1 },
    { client, when: ended, by: -1 },
  ]);
  const most = new Map<string, number>();
  const now = new Map<string, number>();
  for (const { client, by } of steps.toSorted((a, b) => a.when - b.when)) {
    const n = (now.get(client) ?? 0) + by;
    now.set(client, n);
    most.set(client, Math.max(n, most.get(client) ?? 0));
  }
  for (const [client, n] of most)
    if (n > connections)
      yield { invariant: 'limits', what: `${client} had ${n} mails under way on ${connections} connections` };
}

const readersByAddress = (readers: readonly LedgerReader[]): Map<string, LedgerReader> =>
  new Map(readers.map((reader) => [reader.address, reader]));
