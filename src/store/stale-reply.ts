import { STALE_PLAN, type StalePlan } from '../domain/stale-plan.ts';

/** Splits `{'stale-plan'}` and `{'ok', …}`, the two shapes a script that checks the revision answers with. */
export function unlessStale(reply: unknown): unknown[] | StalePlan {
  if (!Array.isArray(reply)) throw new TypeError(`A ledger script answered ${typeof reply}, not a list.`);
  const [status, ...rest] = reply as unknown[];
  return status === STALE_PLAN ? STALE_PLAN : rest;
}
