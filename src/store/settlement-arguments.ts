import type { Settlement } from '../domain/settlement.ts';
import { replyFieldOf } from './replies.ts';

/**
 * Settlements as `settle.lua` takes them. What some that follow each other have in common is said once: most of a batch differ in their reader and in
 * the server's words only, and each argument costs both sides.
 */
export function settlementArguments(settlements: readonly Settlement[]): (string | number)[] {
  const runs: [many: number, ...shared: (string | number)[]][] = [];
  for (const settlement of settlements) {
    const { kind, next, dueAt, pace } = settlement;
    const shared = [kind, next, dueAt, pace, replyFieldOf(settlement)];
    const run = runs.at(-1);
    if (run !== undefined && shared.every((value, index) => value === run[index + 1])) run[0] += 1;
    else runs.push([1, ...shared]);
  }
  return [
    settlements.length,
    ...settlements.map(({ delivery }) => delivery.subscriber),
    ...settlements.map(({ delivery }) => delivery.token),
    ...settlements.map(({ reason }) => reason),
    ...runs.flat(),
  ];
}
