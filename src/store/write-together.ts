import type { Redis } from 'ioredis';

type Stream = Redis['stream'];

const held = new WeakSet<Stream>();

/**
 * All that is asked for until the end of this turn of the event loop goes over in one write: Redis reads it at once, and writes and syncs its file
 * once for all of it. `stream` is undefined before the first connection.
 */
export function writeTogether(stream: Stream | undefined): void {
  if (stream === undefined || held.has(stream)) return;
  held.add(stream);
  stream.cork();
  setImmediate(() => {
    held.delete(stream);
    stream.uncork();
  });
}
