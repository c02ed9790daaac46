/** How the bench's mail server behaves; JSON, for its process. */
export interface SinkRules {
  /** Whether it offers CHUNKING (RFC 3030). */
  readonly chunking?: boolean;
  /** Of each round trip, ms: half on the way in, half on the way out. 0 = this machine's own. */
  readonly roundTripMs?: number;
  /** Of a hundred readers: how many are put off (451) and, behind those, how many are unknown (550). */
  readonly putOff?: number;
  readonly unknown?: number;
  /** Connections at once; further ones are told 421. */
  readonly connections?: number;
  /** For a test of the bench: what becomes of reader 7's mail. */
  readonly fault?: 'drop' | 'double';
}

export type Verdict = 'taken' | 'put off' | 'unknown';

/** By the reader's number, so that everybody who knows the rules knows who gets mail. */
export function verdictOn({ putOff = 0, unknown = 0 }: SinkRules, reader: number): Verdict {
  const place = reader % 100;
  if (place < putOff) return 'put off';
  return place < putOff + unknown ? 'unknown' : 'taken';
}
