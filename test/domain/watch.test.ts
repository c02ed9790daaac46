import { expect, test } from 'vitest';
import { SECOND_MS } from '../../src/domain/instant.ts';
import type { SeriesId } from '../../src/domain/series.ts';
import { judgeSight, type Sight, type WatchMemory } from '../../src/domain/watch.ts';

const STUCK = { trouble: 'stuck', series: 'garden' as SeriesId, title: 'A garden', since: 0 } as const;
const LOOK_S = 10;

/** Looks every ten seconds for so long at each of these; returns what is told, and when (s). */
function toldOf(...seen: readonly (readonly [seconds: number, troubles: Sight['troubles']])[]) {
  let memory: WatchMemory | undefined;
  let second = 0;
  return seen.flatMap(([seconds, troubles]) =>
    Array.from({ length: seconds / LOOK_S }, () => {
      second += LOOK_S;
      const judged = judgeSight({ now: second * SECOND_MS, finished: [], paused: [], troubles }, memory);
      memory = judged.memory;
      return judged.marked.map(({ mark }) => `${second} ${mark}`);
    }).flat(),
  );
}

test.each(['no-workers', 'mail-blocked'] as const)(
  'a stuck series does not move again because of %s',
  (trouble) => {
    expect(toldOf([60, [STUCK]], [600, [{ trouble }]], [60, [STUCK]], [120, []])).toEqual([
      '10 trouble:stuck:garden:started',
      `130 trouble:${trouble}:started`,
      `720 trouble:${trouble}:ended`,
      '780 trouble:stuck:garden:ended',
    ]);
  },
);
