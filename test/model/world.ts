import { LedgerModel, type Guard } from './ledger-model.ts';
import {
  emptyLedger,
  unknownReader,
  type ClaimRecord,
  type LedgerState,
  type ModelDelivery,
  type ModelPlan,
  type ReaderState,
} from './ledger-state.ts';
import { EDITS, type EditName } from './plan-edits.ts';

export const LEASE = 1;
export const GAP = 2;
export const READER = 'r';
/** Where a canonical world's clock stands: far enough from 0 that what is over stays in the past. */
const NOON = 100;

/** How often each kind of trouble may come. What is not named may come as often as it likes. */
export interface Budgets {
  crash: number;
  /** A worker that lives renews nothing for so long that what it sends is taken over. */
  timeout: number;
  edit: number;
  leave: number;
  comeBack: number;
  suppress: number;
  erase: number;
  pause: number;
  /** The server takes a message and its answer is lost, or the line breaks off amid the message. */
  cut: number;
  /** 4xx and 5xx. */
  refuse: number;
  /** The server is not there, or we are stopping. */
  absent: number;
  decide: number;
  /** An issue that was missed is sent again. */
  resend: number;
}

/** What a worker knows of the one reader; it is gone when the worker is. */
export interface Work {
  readonly delivery: ModelDelivery;
  readonly revision: number;
  /** `granted` = submit said yes, no byte of the message has left; `answered` = it is over, and not on record. */
  readonly phase: 'claimed' | 'granted' | 'answered';
  /** By its own clock, a lease has run out since the ledger last said that the claim is the worker's. */
  readonly isLapsed: boolean;
  readonly answer?: Answer | undefined;
}

/** What the mail server did, as the worker has it. `lost` = taken, `cut` = not taken: the worker cannot tell them apart. */
export const ANSWERS = ['taken', 'lost', 'cut', 'later', 'never', 'dead', 'absent'] as const;
export type Answer = (typeof ANSWERS)[number];

/** One reader's part of everything: ledger, two workers, mail server, and what a witness remembers. */
export interface World {
  ledger: LedgerState;
  /** What the writer has done to the plan; the plan is made of it. */
  edits: EditName[];
  onUncertain: 'resend' | 'hold';
  workers: [Work | undefined, Work | undefined];
  left: Budgets;
  witness: Witness;
}

export interface Witness {
  /** Copies of an issue that the server has, or may have. */
  copies: Record<string, number>;
  /** Copies it has taken. */
  taken: Record<string, number>;
  /** The bytes of the first copy. */
  bytes: Record<string, string>;
  /** The issue that was last put on record as accepted, and when. */
  heard: { issue: string; at: number } | undefined;
  /** The operator has taken these for accepted; sent them once more. */
  assumed: string[];
  again: Record<string, number>;
  /** New issues that were put in behind the reader. */
  passed: string[];
  /** How many leases have run out since the ledger last heard of the worker that sends; 3 = more than 2. */
  silence: number;
  hasLeft: boolean;
}

export interface Scope {
  readonly budgets: Budgets;
  readonly edits: readonly EditName[];
  readonly onUncertain: 'resend' | 'hold';
}

const FIRST_PLAN: ModelPlan = {
  revision: 1,
  state: 'running',
  startAt: 0,
  issues: ['one', 'two'].map((id) => ({ id, rendered: `hash-of-${id}` })),
  moves: [],
};

/** The plans a writer's edits make, by revision: the first has index 1. */
export function plansOf(edits: readonly EditName[]): ModelPlan[] {
  const plans = [FIRST_PLAN, FIRST_PLAN];
  for (const name of edits) plans.push(EDITS[name](plans.at(-1) ?? FIRST_PLAN) ?? FIRST_PLAN);
  return plans;
}

export function firstWorld({ budgets, onUncertain }: Scope): World {
  const model = new LedgerModel(emptyLedger(NOON));
  model.migrate(FIRST_PLAN);
  model.join(FIRST_PLAN, [{ reader: READER, name: '', place: 'one' }], true);
  const witness = {
    copies: {},
    taken: {},
    bytes: {},
    heard: undefined,
    assumed: [],
    again: {},
    passed: [],
    silence: 0,
    hasLeft: false,
  };
  return {
    ledger: model.state,
    edits: [],
    onUncertain,
    workers: [undefined, undefined],
    left: { ...budgets },
    witness,
  };
}

export function readerOf(world: World): ReaderState {
  const reader = world.ledger.readers[READER];
  if (reader === undefined) throw new Error('The world has lost its reader.');
  return reader;
}

/** Worlds that differ in nothing anybody can act on are one: times count from now, tokens only by whether they are the latest. */
export function canonical(world: World): string {
  const reader = readerOf(world);
  const { now } = world.ledger;
  const rebase = (at: number, longestAgo = 0) => NOON + Math.max(at - now, -longestAgo);
  world.ledger.now = NOON;
  for (const place of Object.keys(reader.waiting)) reader.waiting[place] = rebase(reader.waiting[place] ?? 0);
  for (const entry of Object.values(reader.history))
    entry.at = rebase(entry.at, entry.outcome === 'accepted' ? GAP : 0);
  reader.pausedUntil = later(reader.pausedUntil, now);
  reader.keptDue = later(reader.keptDue, now);
  if (reader.membership) reader.membership.at = 0;
  if (reader.suppressed) reader.suppressed.at = 0;
  if (reader.finishedAt !== undefined) reader.finishedAt = 0;
  if (world.witness.heard) world.witness.heard.at = rebase(world.witness.heard.at, GAP);
  if (reader.claim?.state !== 'submitting') world.witness.silence = 0;
  renameTokensAndDates(world, reader, now);
  world.ledger.counts = differencesIn(world.ledger.counts);
  return JSON.stringify(inOrder(world));
}

/** The same fields in the same order, however the world came about. */
function inOrder({ ledger, edits, onUncertain, workers, left, witness }: World): World {
  const { now, plan, sequence, counts, readers } = ledger;
  const { waiting, history, uncertain, ...rest } = readers[READER] ?? unknownReader();
  const {
    isKnown,
    name,
    membership,
    pausedUntil,
    keptDue,
    finishedAt,
    isFinishNoted,
    claim,
    held,
    suppressed,
    detour,
  } = rest;
  const facts = {
    isKnown,
    name,
    membership,
    pausedUntil,
    keptDue,
    finishedAt,
    isFinishNoted,
    suppressed,
    detour,
  };
  const records = { waiting: sorted(waiting), history: sorted(history), uncertain: sorted(uncertain) };
  const reader = {
    ...facts,
    ...records,
    claim: claim && recordInOrder(claim),
    held: held && recordInOrder(held),
  };
  const { copies, taken, bytes, again, heard, ...others } = witness;
  const seen = {
    copies: sorted(copies),
    taken: sorted(taken),
    bytes: sorted(bytes),
    again: sorted(again),
    heard,
  };
  const { assumed, passed, silence, hasLeft } = others;
  return {
    ledger: { now, plan, sequence, counts: sorted(counts), readers: { [READER]: reader } },
    edits,
    onUncertain,
    workers,
    left,
    witness: { ...seen, assumed, passed, silence, hasLeft },
  };
}

function recordInOrder(record: ClaimRecord): ClaimRecord {
  const {
    issue,
    state,
    token,
    attempt,
    datedAt,
    firstTriedAt,
    rendered,
    name,
    tried,
    doubted,
    missed,
    retryAt,
  } = record;
  return {
    issue,
    state,
    token,
    attempt,
    datedAt,
    firstTriedAt,
    rendered,
    name,
    tried,
    doubted,
    missed,
    retryAt,
  };
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  const fields = Object.keys(record);
  if (fields.length < 2) return record;
  return Object.fromEntries(fields.toSorted().map((field) => [field, record[field] as T]));
}

/** Who came to a place less who went on, and readers who began less those who ended: all that a sum can be wrong by. */
function differencesIn(counts: Record<string, number>): Record<string, number> {
  const differences: Record<string, number> = {};
  for (const [field, n] of Object.entries(counts)) {
    const [place = '', what = ''] = field.includes(':') ? field.split(':') : ['', field];
    const isOut = ['accepted', 'rejected', 'suppressed', 'skipped', 'left', 'held', 'ended'].includes(what);
    const total = what === 'joined' || what === 'ended' ? 'joined' : `${place}:entered`;
    if (isOut || total === field) differences[total] = (differences[total] ?? 0) + (isOut ? -n : n);
  }
  return Object.fromEntries(Object.entries(differences).filter(([, n]) => n !== 0));
}

function later(at: number | undefined, now: number): number | undefined {
  return at === undefined || at <= now ? undefined : NOON + at - now;
}

function renameTokensAndDates(world: World, reader: ReaderState, now: number): void {
  const { claim, held, ...rest } = reader;
  const latest = claim?.token;
  const dates = [...Object.values(world.witness.bytes).map(dateIn), claim?.datedAt, held?.datedAt];
  for (const work of world.workers) dates.push(work?.delivery.datedAt);
  const names = [...new Set(dates.filter((date) => date !== undefined))];
  const nameOf = (date: number) => names.indexOf(date) + 1;

  for (const record of [claim, held]) {
    if (!record) continue;
    record.token = record === claim && record.token !== undefined ? 1 : undefined;
    record.datedAt = nameOf(record.datedAt);
    record.retryAt = later(record.retryAt, now);
    record.attempt = 1;
    record.firstTriedAt = 0;
  }
  world.workers = world.workers.map((work) => {
    if (!work) return undefined;
    const { delivery } = work;
    const token = latest !== undefined && delivery.token === latest ? 1 : 0;
    const datedAt = nameOf(delivery.datedAt);
    const { reader, issue, rendered, name } = delivery;
    const renamed = { reader, issue, token, attempt: 1, datedAt, firstTriedAt: 0, rendered, name };
    return {
      delivery: renamed,
      revision: work.revision,
      phase: work.phase,
      isLapsed: work.isLapsed,
      answer: work.answer,
    };
  }) as World['workers'];
  const { bytes } = world.witness;
  for (const issue of Object.keys(bytes))
    bytes[issue] = `${(bytes[issue] ?? '').split(' ')[0]} ${nameOf(dateIn(bytes[issue] ?? ''))}`;
  world.ledger.sequence = 1;
  world.ledger.readers[READER] = { ...rest, claim, held };
}

export const bytesOf = ({ rendered, datedAt }: ModelDelivery): string => `${rendered} ${datedAt}`;

const dateIn = (bytes: string): number => Number(bytes.split(' ')[1]);

/** Both workers change places. */
export function swapped(world: World): World {
  return { ...world, workers: [world.workers[1], world.workers[0]] };
}

export const worldOf = (key: string): World => {
  const world = JSON.parse(key) as World;
  world.workers = [world.workers[0] ?? undefined, world.workers[1] ?? undefined];
  return world;
};

/** The ledger of a world, to act on. */
export const ledgerOf = (world: World, without?: Guard): LedgerModel =>
  new LedgerModel(world.ledger, without);
