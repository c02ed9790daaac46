/** How many streams one session has open. */
export interface StreamLimit {
  /** False when there are as many as there may be. */
  take(session: string): boolean;
  free(session: string): void;
}

/** Browsers open six connections to a site over HTTP/1.1: with more than these, no page would come any more. */
const MOST_STREAMS = 4;

export function limitStreams(most = MOST_STREAMS): StreamLimit {
  const open = new Map<string, number>();
  return {
    take(session) {
      const count = open.get(session) ?? 0;
      if (count >= most) return false;
      open.set(session, count + 1);
      return true;
    },
    free(session) {
      const count = (open.get(session) ?? 1) - 1;
      if (count <= 0) open.delete(session);
      else open.set(session, count);
    },
  };
}
