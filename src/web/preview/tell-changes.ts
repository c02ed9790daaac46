import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { PreviewOverview } from '../../domain/preview.ts';

interface Changes {
  readonly overview: () => PreviewOverview;
  readonly subscribe: (listener: (revision: number) => void) => () => void;
  readonly closing?: AbortSignal;
}

const RECONNECT_MS = 500;
/** A browser that is gone is noticed when it is written to. */
const BEAT_MS = 15_000;

/** Server-sent events: the revision now, and each one that comes. */
export const tellChanges = (context: Context, { overview, subscribe, closing }: Changes): Response =>
  streamSSE(context, async (stream) => {
    const tell = (revision: number) => stream.writeSSE({ data: String(revision), retry: RECONNECT_MS });
    const unsubscribe = subscribe((revision) => void tell(revision));
    const beat = setInterval(() => void stream.write(':\n\n'), BEAT_MS);
    try {
      await tell(overview().revision);
      await new Promise<void>((resolve) => {
        stream.onAbort(resolve);
        closing?.addEventListener('abort', () => resolve(), { once: true });
        if (closing?.aborted === true) resolve();
      });
    } finally {
      clearInterval(beat);
      unsubscribe();
    }
  });
