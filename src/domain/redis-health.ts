/** What Redis says of itself, for whoever watches it. */
export interface RedisHealth {
  readonly usedBytes: number;
  /** 0 = as much as the machine has. */
  readonly mostBytes: number;
  readonly clients: number;
  /** Whether it keeps an append-only file, and whether its last write there went well. */
  readonly isAppendOnly: boolean;
  readonly isWriting: boolean;
  /** How often since its start the file had to wait for a slow disk. */
  readonly delayedFsyncs: number;
}
