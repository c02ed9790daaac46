/** A mail server of the bench, in a process of its own. */
export interface Sink {
  readonly name: SinkName;
  readonly port: number;
  /** Readers 1 to `readers` will get a mail now; what came before is forgotten. */
  expect(readers: number): Promise<void>;
  /** Waits until all are in that are to come. Throws when they do not come. */
  untilIn(): Promise<Arrivals>;
  /** Throws when anybody it expected has not got exactly one mail, or a stranger has got any. */
  verify(): Promise<void>;
  close(): Promise<void>;
}

/** In the order in which they are shown. */
export const SINKS = ['smtp-sink', 'node-sink'] as const;

export type SinkName = (typeof SINKS)[number];

/** By `monotonicMs`. */
export interface Arrivals {
  readonly mails: number;
  readonly firstAt: number;
  readonly lastAt: number;
}
