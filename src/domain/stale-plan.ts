/** The ledger refused to act: the series' plan has changed, or this partition has not got the change yet. Look again and retry. */
export const STALE_PLAN = 'stale-plan';

export type StalePlan = typeof STALE_PLAN;
