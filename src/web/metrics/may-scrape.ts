import type { Context } from 'hono';
import { givenSecret, isScraper } from '../admin/door/bearer.ts';
import type { WebTools } from '../web-tools.ts';

/** Whether whoever asks may read the figures; `isAway` = the ledger, which keeps count of wrong tries, cannot be asked. */
export type MayScrape = (context: Context, isAway: boolean) => Promise<boolean>;

const REST_MS = 1_000;

/**
 * The secret opens as well while the ledger is away, which is when somebody wants to see that it is. Nobody counts wrong tries then, so one
 * a second is judged, whoever makes it. A Prometheus that goes on with a secret of before tries nothing new: it counts once, or it would keep
 * everybody else from signing in.
 */
export function mayScrapeWith(tools: WebTools): MayScrape {
  let wrongAt = -Infinity;
  let wrong: string | undefined;
  const judgeAlone = (given: string): boolean => {
    if (performance.now() - wrongAt < REST_MS) return false;
    const isRight = tools.admin.isSecret(given);
    if (!isRight) wrongAt = performance.now();
    return isRight;
  };
  return async (context, isAway) => {
    const given = givenSecret(context.req.header('Authorization') ?? '');
    if (given === undefined) return false;
    if (isAway) return judgeAlone(given);
    if (given === wrong) return false;
    try {
      const may = await isScraper(context, tools);
      if (!may && !tools.admin.isSecret(given)) wrong = given;
      return may;
    } catch (error) {
      if (!tools.isLedgerTrouble(error)) throw error;
      return judgeAlone(given);
    }
  };
}
