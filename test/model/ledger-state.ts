/** What the ledger keeps, as plain data. Times are whole numbers of any unit. */
export interface LedgerState {
  now: number;
  /** What the readers' partition holds of the series' plan. */
  plan: { revision: number; state: string; startAt: number; releases: Record<string, number> };
  /** The last fencing token. */
  sequence: number;
  counts: Record<string, number>;
  readers: Record<string, ReaderState>;
}

export interface ReaderState {
  /** Place → due; more than one place is a bug. */
  waiting: Record<string, number>;
  /** There is a record of the person. */
  isKnown: boolean;
  name: string;
  membership: { state: 'active' | 'ended'; at: number; reason: string } | undefined;
  pausedUntil: number | undefined;
  /** Not before this, while no waiting set says it. */
  keptDue: number | undefined;
  finishedAt: number | undefined;
  /** The letter about having finished is not ordered yet. */
  isFinishNoted: boolean;
  history: Record<string, { outcome: string; at: number; reason: string }>;
  uncertain: Record<string, number>;
  claim: ClaimRecord | undefined;
  held: ClaimRecord | undefined;
  suppressed: { reason: string; at: number } | undefined;
  /** Sent issues again: where they stand, what follows, and last where they go on. */
  detour: string[] | undefined;
}

export interface ClaimRecord {
  issue: string;
  state: 'claimed' | 'submitting' | 'deferred' | 'uncertain';
  token: number | undefined;
  attempt: number;
  datedAt: number;
  firstTriedAt: number;
  rendered: string;
  name: string;
  /** `by-claim`: submitted with its claim, and so far by nothing else. */
  tried: boolean | 'by-claim';
  doubted: boolean;
  missed: boolean;
  retryAt: number | undefined;
}

export interface ModelIssue {
  readonly id: string;
  readonly rendered: string;
  readonly releaseAt?: number | undefined;
  readonly retired?: boolean | undefined;
}

export interface ModelPlan {
  readonly revision: number;
  readonly state: 'running' | 'paused' | 'cancelled';
  readonly startAt: number;
  readonly issues: readonly ModelIssue[];
  readonly moves: readonly { readonly from: string; readonly to: string }[];
}

export interface ModelDelivery {
  readonly reader: string;
  readonly issue: string;
  readonly token: number;
  readonly attempt: number;
  readonly datedAt: number;
  readonly firstTriedAt: number;
  readonly rendered: string;
  readonly name: string;
}

export type SettlementKind =
  'accepted' | 'rejected' | 'dead' | 'deferred' | 'uncertain' | 'held' | 'released';

export interface ModelSettlement {
  readonly reader: string;
  readonly token: number;
  readonly kind: SettlementKind;
  readonly next: string;
  readonly dueAt: number;
  readonly reason: string;
}

/** One reader who is to be sent an issue again, as they were seen. */
export interface ModelResend {
  readonly reader: string;
  readonly place: string;
  readonly became: 'rejected' | 'skipped' | '';
  /** When they last had an issue. */
  readonly lastHad: number | undefined;
  readonly gapEnd: number | undefined;
}

export const emptyLedger = (now: number): LedgerState => ({
  now,
  plan: { revision: 0, state: '', startAt: 0, releases: {} },
  sequence: 0,
  counts: {},
  readers: {},
});

export const unknownReader = (): ReaderState => ({
  waiting: {},
  isKnown: false,
  name: '',
  membership: undefined,
  pausedUntil: undefined,
  keptDue: undefined,
  finishedAt: undefined,
  isFinishNoted: false,
  history: {},
  uncertain: {},
  claim: undefined,
  held: undefined,
  suppressed: undefined,
  detour: undefined,
});
