import { armFailpoints, FAILPOINTS, failpointsPassed, type Failpoint } from '../../src/domain/failpoint.ts';

const notKilled = (): never => {
  throw new Error('No test kills itself.');
};

/** The next steps throw where it says; returns what tells whether they did. */
export function throwAt(at: Failpoint, hit: number): () => boolean {
  let struck = false;
  armFailpoints({
    mishaps: [{ at, hit, kind: 'throw', ms: 0 }],
    kill: notKilled,
    tell: () => (struck = true),
  });
  return () => struck;
}

/** Nothing goes wrong any more. */
export const disarm = (): void => armFailpoints({ mishaps: [], kill: notKilled, tell: notKilled });

/** Each place that something passes in a group (`plan`, `import`), with its first, one of its middle, and its last time. */
export async function hitsOf(
  groups: readonly string[],
  run: () => Promise<unknown>,
): Promise<[Failpoint, number][]> {
  disarm();
  await run();
  const passed = new Map(failpointsPassed());
  return FAILPOINTS.filter((at) => groups.includes(at.split('.')[0] ?? '')).flatMap((at) => {
    const last = passed.get(at) ?? 0;
    if (last === 0) throw new Error(`${at} was not passed.`);
    return [...new Set([1, Math.ceil(last / 2), last])].map((hit): [Failpoint, number] => [at, hit]);
  });
}
