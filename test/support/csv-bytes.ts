import { readSubscribers, type SubscriberEntry } from '../../src/csv/read-subscribers.ts';

/** Bytes as a file gives them, in pieces of at most `size`. */
async function* inPieces(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** What a subscriber file in such pieces comes to, line by line. */
export async function entriesOf(bytes: Uint8Array, pieceSize?: number): Promise<SubscriberEntry[]> {
  const told: SubscriberEntry[] = [];
  for await (const entries of readSubscribers(inPieces(bytes, pieceSize))) told.push(...entries);
  return told;
}
