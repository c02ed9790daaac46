import { takeOverview } from '../../../src/actions/overview.ts';
import type { DaySample, Sample } from '../../../src/domain/overview.ts';
import { isRefusal } from '../../../src/domain/refusal.ts';
import { dayOf, sampleOf } from '../../../src/domain/sample.ts';
import { createWeb, startWeb } from '../../../src/web/server.ts';
import type { WebTools } from '../../../src/web/web-tools.ts';
import { ADMIN_SECRET, signIn, type AdminVisitor } from '../../support/admin-visitor.ts';
import { openTestApp, type TestApp } from '../../support/app.ts';
import { freePort } from '../../support/running-partwork.ts';

/** The whole product with its dashboard on a port, and somebody signed in to it. */
export interface BoardWorld {
  readonly t: TestApp;
  readonly tools: WebTools;
  readonly url: string;
  readonly admin: AdminVisitor;
  /** Every line of its log. */
  readonly log: string[];
  /** Puts down what there is to see now, as the watchman does every ten seconds. */
  sample(): Promise<void>;
  /** A past that nobody has waited for. */
  remember(past: {
    readonly samples?: readonly Sample[];
    readonly days?: readonly DaySample[];
  }): Promise<void>;
  /** Ends the server as the product does, and only that. */
  closeServer(): Promise<void>;
  /** Another one at the same place. */
  reopenServer(): Promise<void>;
  close(): Promise<void>;
}

export async function openBoardWorld(options: Parameters<typeof openTestApp>[0] = {}): Promise<BoardWorld> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const t = await openTestApp({
    ...options,
    env: { BASE_URL: url, PARTWORK_ADMIN_SECRET: ADMIN_SECRET, ...options.env },
  });
  const opened = await t.app.openWeb();
  if (isRefusal(opened)) throw new Error(opened.message);
  const log: string[] = [];
  const note = (facts: Record<string, unknown>, message: string) =>
    void log.push(`${message} ${JSON.stringify(facts)}`);
  let closing = new AbortController();
  const tools: WebTools = {
    ...opened,
    log: { debug: note, info: note, warn: note, error: note },
    closing: closing.signal,
  };
  let server = await startWeb(createWeb(tools), port);
  const redis = t.redis.redis();
  let isOpen = true;
  const closeServer = async () => {
    if (!isOpen) return;
    isOpen = false;
    closing.abort();
    await server.close();
  };
  return {
    t,
    tools,
    url,
    admin: await signIn(url),
    log,
    async sample() {
      const overview = await takeOverview(t.app);
      await t.app.store.timeline.record(sampleOf(overview), dayOf(overview));
    },
    async remember({ samples = [], days = [] }) {
      if (samples.length > 0)
        await redis.rpush('pw:samples', ...samples.map((sample) => JSON.stringify(sample)));
      for (const day of days) await redis.hset('pw:days', day.day, JSON.stringify(day));
    },
    closeServer,
    async reopenServer() {
      closing = new AbortController();
      server = await startWeb(createWeb({ ...tools, closing: closing.signal }), port);
      isOpen = true;
    },
    async close() {
      await closeServer();
      await opened.close();
      await t.close();
    },
  };
}
