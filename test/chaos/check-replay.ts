import { check, Deliveries, type Violation } from './checker.ts';
import type { Evidence, LedgerExport, LedgerReader } from './evidence.ts';
import type { SmtpRecord } from './smtp-record.ts';

/** A send that was gone on with from a part of its record. */
export interface Replay {
  /** The ledger as that part has it, and as it was in the end. */
  readonly before: LedgerExport;
  readonly after: LedgerExport;
  /** What the mail server took in between. */
  readonly mails: readonly SmtpRecord[];
  /** What is wrong with the keys in the end. */
  readonly strays: readonly string[];
}

const LATER = 1_000_000_000;
/** States of a claim whose bytes are settled: a copy may have gone out. */
const TRIED = new Set(['submitting', 'uncertain', 'deferred']);

/**
 * Every promise that a replay shows broken. `recorded` is the evidence of the whole send: what the part of its record calls accepted was
 * sent, everything else counts as never sent, and may be sent once.
 */
export function checkReplay(recorded: Evidence, replay: Replay): Violation[] {
  const { before, after, mails, strays } = replay;
  const readers = new Map(before.readers.map((reader) => [reader.address, reader]));
  const founded = recorded.mails.filter((mail) => isAccepted(readers.get(mail.to[0] ?? ''), issueOf(mail)));
  const later = mails.map((mail) => ({ ...mail, began: mail.began + LATER, ended: mail.ended + LATER }));
  const evidence: Evidence = {
    ...recorded,
    mails: [...founded, ...later],
    events: recorded.events.filter(
      (event) => event.kind === 'unsubscribed' && readers.get(event.address)?.membership.startsWith('ended'),
    ),
    ledger: after,
  };
  return [
    ...check(evidence),
    ...strays.map((what): Violation => ({ invariant: 'ledger', what })),
    ...unfinished(after),
    ...repeatedWithoutReason(mails, readers),
    ...otherMessages(recorded, { ...evidence, mails: later }, readers),
  ];
}

const issueOf = ({ mark = '' }: SmtpRecord): string => mark.slice(mark.indexOf('/') + 1);

const isAccepted = (reader: LedgerReader | undefined, issue: string): boolean =>
  reader?.history[issue]?.startsWith('accepted') === true;

/** Nobody is left behind on the way. */
function* unfinished({ readers }: LedgerExport): Generator<Violation> {
  for (const { address, membership, place = 'no place' } of readers)
    if (membership.startsWith('active') && place !== '@end')
      yield { invariant: 'liveness', what: `${address} is at ${place} still` };
}

/** What is recorded as accepted is never attempted again, nor is anything sent twice where nothing was in doubt, nor to who has left. */
function* repeatedWithoutReason(
  mails: readonly SmtpRecord[],
  before: ReadonlyMap<string, LedgerReader>,
): Generator<Violation> {
  const sent = new Set<string>();
  for (const mail of mails) {
    const [address = ''] = mail.to;
    const issue = issueOf(mail);
    const reader = before.get(address);
    const key = `"${issue}" for ${address}`;
    if (isAccepted(reader, issue))
      yield { invariant: 'repeats', what: `${key} was on record and went out again` };
    if (sent.has(key)) yield { invariant: 'repeats', what: `${key} went out twice after the cut` };
    if (reader?.membership.startsWith('ended')) yield { invariant: 'consent', what: `${key}, who has left` };
    sent.add(key);
  }
}

/** A second copy has the Message-ID of the first, and where the claim is on record its very bytes. */
function* otherMessages(
  recorded: Evidence,
  after: Evidence,
  before: ReadonlyMap<string, LedgerReader>,
): Generator<Violation> {
  const first = new Deliveries(recorded);
  for (const { issue, reader, copies } of new Deliveries(after).all) {
    const known = before.get(reader);
    const wasTried = known?.place === issue && TRIED.has(known.claim ?? '');
    for (const original of first.copiesOf(issue, reader))
      for (const copy of copies) {
        if (copy.messageId !== original.messageId)
          yield { invariant: 'bytes', what: `"${issue}" for ${reader} has another Message-ID than before` };
        if (wasTried && copy.sha256 !== original.sha256)
          yield {
            invariant: 'bytes',
            what: `"${issue}" for ${reader} was under way and has other bytes now`,
          };
      }
  }
}
