import { setTimeout as sleep } from 'node:timers/promises';
import { ADMIN_SECRET } from '../../support/admin-visitor.ts';
import { readMetrics, type ReadMetrics } from '../../support/read-metrics.ts';

type Ask = (path: string, init: RequestInit) => Response | Promise<Response>;

const MOST_TRIES = 40;

/**
 * Asks for the figures as Prometheus does, until the ledger has told all of them: on a machine that is busy with other tests it may not do
 * so in time.
 */
export const scrapeWith =
  (ask: Ask) => async (): Promise<{ readonly text: string; readonly read: ReadMetrics }> => {
    for (let tries = 1; ; tries++) {
      const answer = await ask('/metrics', { headers: { Authorization: `Bearer ${ADMIN_SECRET}` } });
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(`${answer.status} ${text}`);
      const read = readMetrics(text);
      if (read.value('partwork_up') === 1 || tries === MOST_TRIES) return { text, read };
      await sleep(250);
    }
  };
