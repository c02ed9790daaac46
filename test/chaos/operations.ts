/** When an operation was asked for and when it was answered, ms since the epoch. */
interface Timed {
  readonly began: number;
  readonly acked: number;
}

export type RunState = 'running' | 'paused' | 'cancelled';

/** A `schedule`, as the writer meant it and as it was answered. */
export interface Scheduled extends Timed {
  readonly kind: 'scheduled';
  readonly outcome: 'scheduled' | 'unchanged' | 'refused';
  readonly why?: string;
  /** Every issue there ever was, in the order that is meant now; what was taken out keeps its place. */
  readonly order: readonly string[];
  /** The issues of the series as the content has it, and which version of each. */
  readonly live: Readonly<Record<string, number>>;
  /** The series' state after it. */
  readonly state: RunState;
}

export interface StateChanged extends Timed {
  readonly kind: 'state';
  readonly state: RunState;
}

export interface Left extends Timed {
  readonly kind: 'left';
  readonly reader: string;
  readonly how: 'unsubscribed' | 'erased';
}

export interface Joined extends Timed {
  readonly kind: 'joined';
  readonly reader: string;
  readonly result: 'added' | 'known' | 'rejoined' | 'left' | 'suppressed';
  /** The issue to begin at, if one was named. */
  readonly position?: string;
}

export interface Imported extends Timed {
  readonly kind: 'imported';
  readonly readers: readonly string[];
  readonly counts: Readonly<Record<Joined['result'], number>>;
  /** The very same file as the import before. */
  readonly isAgain: boolean;
}

/** A break without an end in sight, a pace of an hour, and the end of either. */
export interface Wished extends Timed {
  readonly kind: 'wished';
  readonly reader: string;
  readonly wish: 'pause' | 'resume' | 'pace' | 'own-pace';
  readonly answer: string;
}

/** What the product said of itself in the middle of it: its counters by issue. */
export interface Told extends Timed {
  readonly kind: 'told';
  readonly counts: Readonly<Record<string, Counts>>;
}

export type Counts = Readonly<Record<string, number>>;

/** One thing the operator or a reader did while mail went out. */
export type Operation = Scheduled | StateChanged | Left | Joined | Imported | Wished | Told;
