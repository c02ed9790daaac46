import type { Settlement } from '../domain/settlement.ts';
import { replyFieldOf } from './replies.ts';

/**
 * Settlements as `settle.lua` takes them, as one text: an argument for each part of each costs both sides more than reading JSON does. What some
 * that follow each other have in common is said once, for most of a batch differ in their reader and in the server's words only. No number that is
 * kept is written as one, for Lua would write it anew.
 */
export function settlementArgument(settlements: readonly Settlement[]): string {
  const runs: [many: number, ...shared: string[]][] = [];
  for (const settlement of settlements) {
    const { kind, next, dueAt, pace } = settlement;
    const shared = [kind, next, String(dueAt), pace, replyFieldOf(settlement)];
    const run = runs.at(-1);
    if (run !== undefined && shared.every((value, index) => value === run[index + 1])) run[0] += 1;
    else runs.push([1, ...shared]);
  }
  return JSON.stringify({
    ids: settlements.map(({ delivery }) => delivery.subscriber),
    tokens: settlements.map(({ delivery }) => delivery.token),
    // Half of a character would be more than Lua can read.
    words: settlements.map(({ reason }) => reason.toWellFormed()),
    runs,
  });
}
