import type { Context } from 'hono';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import { SECOND_MS } from '../../../domain/instant.ts';
import type { PageNews } from './channels.ts';

interface LiveStream {
  /** Begins to tell; what comes back ends that. */
  readonly watch: (listener: (news: PageNews) => void) => () => void;
  /** Whether whoever watches may still do so. */
  readonly isWelcome: () => Promise<boolean>;
  /** The server is about to end. */
  readonly closing: AbortSignal;
  readonly beatMs?: number;
}

/** Shorter than the silence after which the server, or a proxy, hangs up. */
const BEAT_MS = 10 * SECOND_MS;

/**
 * Server-sent events: `parts` = fragments that have changed since the last ones, as JSON; `same` = a look has found nothing new; `away` = the
 * ledger does not answer; `gone` = the page is no more; `over` = signed out. The last two end the stream, and so does the server's end.
 */
export const liveStream = (
  context: Context,
  { watch, isWelcome, closing, beatMs = BEAT_MS }: LiveStream,
): Response => {
  // A proxy that collects an answer before it passes it on would keep it for ever.
  context.header('X-Accel-Buffering', 'no');
  return streamSSE(context, async (stream) => {
    const over = new AbortController();
    const end = () => over.abort();
    stream.onAbort(end);
    const stop = watch(teller(stream, end));
    const beat = setInterval(() => void keepUp(stream, isWelcome, end), beatMs);
    await untilAborted(AbortSignal.any([over.signal, closing]));
    clearInterval(beat);
    stop();
  });
};

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Tells what is new. A browser that has not taken the last news yet gets the next one with all that changed meanwhile. */
function teller(stream: SSEStreamingApi, end: () => void): (news: PageNews) => void {
  const sent = new Map<string, string>();
  let isBusy = false;
  const tellNow = async (news: PageNews): Promise<void> => {
    isBusy = true;
    await tell(stream, news, sent);
    isBusy = false;
    if (news.kind === 'gone') end();
  };
  return (news) => {
    if (!isBusy) void tellNow(news);
  };
}

async function tell(stream: SSEStreamingApi, news: PageNews, sent: Map<string, string>): Promise<void> {
  if (news.kind !== 'rendered') return stream.writeSSE({ event: news.kind, data: '' });
  const changed = [...news.parts].filter(([id, html]) => sent.get(id) !== html);
  for (const [id, html] of changed) sent.set(id, html);
  if (changed.length === 0) return stream.writeSSE({ event: 'same', data: '' });
  return stream.writeSSE({ event: 'parts', data: JSON.stringify(Object.fromEntries(changed)) });
}

async function keepUp(
  stream: SSEStreamingApi,
  isWelcome: () => Promise<boolean>,
  end: () => void,
): Promise<void> {
  if (await isWelcome()) {
    await stream.write(':\n\n');
    return;
  }
  await stream.writeSSE({ event: 'over', data: '' });
  end();
}
