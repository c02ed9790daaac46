import { setTimeout as sleep } from 'node:timers/promises';
import { takeOverview } from '../../actions/overview.ts';
import type { WebTools } from '../web-tools.ts';
import type { Figures } from './metric.ts';

/** undefined = the ledger did not tell in time, or is away. */
export async function takeFigures(tools: WebTools, withinMs: number): Promise<Figures | undefined> {
  const taken = figuresOf(tools).catch((error: unknown) => {
    if (tools.isLedgerTrouble(error)) return undefined;
    throw error;
  });
  return Promise.race([taken, sleep(withinMs, undefined, { ref: false })]);
}

async function figuresOf(tools: WebTools): Promise<Figures> {
  const { store, queues, ledger } = tools;
  const [redis, isFit, overview, times, queueText] = await Promise.all([
    store.health(),
    ledger.isFit(),
    takeOverview(tools),
    store.sendTimes.all(),
    queues.exportFigures(),
  ]);
  const replies = await Promise.all(
    overview.series.map(async ({ plan: { series } }) => [series, await store.replies.of(series)] as const),
  );
  return { redis, isFit, overview, times, queueText, replies: new Map(replies) };
}
