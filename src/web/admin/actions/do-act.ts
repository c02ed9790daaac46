import { setTimeout as sleep } from 'node:timers/promises';
import { changeState } from '../../../actions/change-state.ts';
import { retryDeferred } from '../../../actions/missed/retry-deferred.ts';
import { SECOND_MS } from '../../../domain/instant.ts';
import type { SeriesPlan } from '../../../domain/plan.ts';
import { reasonOf } from '../../../domain/reason-of.ts';
import type { WebTools } from '../../web-tools.ts';
import type { BoardAct } from '../pages/board-paths.ts';

/** What came of a button; `stale` = it was so already. `readers` = how many it was about. */
export interface Done {
  readonly kind: BoardAct | 'stale' | 'cancelled' | 'retry-none' | 'retry-under-way';
  readonly readers?: number;
}

type DoneKind = Done['kind'];

/** Longer than a person should wait for a page, shorter than the server waits for an answer. */
const PATIENCE_MS = 8 * SECOND_MS;

const STATES = { pause: 'paused', resume: 'running' } as const;

/** Does what somebody has confirmed. */
export async function doAct(tools: WebTools, act: BoardAct, plan: SeriesPlan): Promise<Done> {
  const done = act === 'retry' ? await retry(tools, plan) : await setState(tools, act, plan);
  tools.log.info({ series: plan.series, act, came: done.kind }, 'asked for on the dashboard');
  return done;
}

async function setState(tools: WebTools, act: keyof typeof STATES, plan: SeriesPlan): Promise<Done> {
  if (plan.state === 'cancelled') return { kind: 'cancelled' };
  if (plan.state === STATES[act]) return { kind: 'stale' };
  await changeState(tools, plan.series, STATES[act]);
  return { kind: act };
}

/** Goes on by itself when there are more readers than a page can wait for. */
async function retry(tools: WebTools, plan: SeriesPlan): Promise<Done> {
  const retried = retryDeferred(tools, plan, {});
  const first = await Promise.race([
    retried.catch((error: unknown) => {
      // Told to whoever waits; for who waits no more, to the log.
      tools.log.warn(
        { series: plan.series, reason: reasonOf(error) },
        'trying again has to be asked for anew',
      );
      throw error;
    }),
    sleep(PATIENCE_MS, undefined, { ref: false }),
  ]);
  if (first === undefined) return { kind: 'retry-under-way' };
  return first.due === 0 ? { kind: 'retry-none' } : { kind: 'retry', readers: first.due };
}

const KINDS: ReadonlySet<string> = new Set<DoneKind>([
  'pause',
  'resume',
  'retry',
  'stale',
  'cancelled',
  'retry-none',
  'retry-under-way',
]);

/** `done=retry&readers=12`: carried to the page that tells it. */
export const doneQuery = ({ kind, readers }: Done): string =>
  `done=${kind}${readers === undefined ? '' : `&readers=${readers}`}`;

/** Undefined for what no button of ours leads to. */
export function doneFrom(query: (name: string) => string | undefined): Done | undefined {
  const kind = query('done') ?? '';
  if (!KINDS.has(kind)) return undefined;
  const readers = /^\d{1,9}$/.exec(query('readers') ?? '')?.[0];
  return { kind: kind as DoneKind, ...(readers !== undefined && { readers: Number(readers) }) };
}
