import type { Attention } from './attention.ts';
import { MINUTE_MS } from './instant.ts';
import type { IssueStatus, SeriesStatus } from './series-status.ts';
import type { Limited } from './sending-limits.ts';
import type { SeriesId } from './series.ts';
import { movementOf, stuckSince, type Progress } from './stuck.ts';

/** Many refusals are worth a look: this many, and this part of those who were tried. */
const MANY = 5;
const LARGE_PART = 0.1;

/** What is the same for every series. */
interface Around {
  /** Why mail does not go out, in the server's words. */
  readonly trouble: string | undefined;
  readonly isWorking: boolean;
  readonly progress: ReadonlyMap<SeriesId, Progress>;
  readonly limited: ReadonlyMap<SeriesId, Limited>;
}

/** What its status does not say. */
interface Seen {
  /** How many readers stand somewhere. */
  readonly placed: number;
  /** Mail that is due has not been sent, be the window open or closed by now. */
  readonly isOverdue: boolean;
}

/** What a person should know of a series, the worst first. */
export function attentionTo(status: SeriesStatus, { placed, isOverdue }: Seen, around: Around): Attention[] {
  const { trouble, isWorking } = around;
  const { plan, issues, readers } = status;
  const { series, state, stateReason } = plan;
  const attention: Attention[] = [];
  if (trouble !== undefined) attention.push({ kind: 'mail-blocked', reason: trouble });
  if (isOverdue && !isWorking) attention.push({ kind: 'no-workers', series });
  attention.push(...stuckIn(status, around), ...limitedIn(status, around));
  if (stateReason !== undefined) attention.push({ kind: 'not-running', series, state, reason: stateReason });
  attention.push(...issues.flatMap((issue) => attentionToIssue(status, issue)));
  if (placed !== readers) attention.push({ kind: 'places-differ', series, readers, placed });
  return attention;
}

function stuckIn(status: SeriesStatus, { trouble, isWorking, progress, limited }: Around): Attention[] {
  const { series } = status.plan;
  const movement = movementOf(status, isWorking && trouble === undefined && !limited.has(series));
  const since = stuckSince(progress.get(series), movement, status.now);
  return since === undefined ? [] : [{ kind: 'stuck', series, since, due: movement.due }];
}

function limitedIn({ plan, now }: SeriesStatus, { limited, isWorking }: Around): Attention[] {
  const { series, state } = plan;
  const limit = limited.get(series);
  if (limit === undefined || state !== 'running' || !isWorking) return [];
  const { by, goesOnAt } = limit;
  return [{ kind: 'limited', series, by, ...(goesOnAt > now + MINUTE_MS && { goesOnAt }) }];
}

function attentionToIssue({ plan: { series } }: SeriesStatus, status: IssueStatus): Attention[] {
  const { issue, held, accepted, rejected, deferred } = status;
  const attention: Attention[] = [];
  if (isMuch(rejected, accepted))
    attention.push({ kind: 'many-rejected', series, issue, rejected, tried: accepted + rejected });
  if (held > 0) attention.push({ kind: 'held', series, issue, held });
  if (isMuch(deferred, accepted)) attention.push({ kind: 'many-deferred', series, issue, deferred });
  if (!status.addsUp) attention.push({ kind: 'counts-differ', series, issue });
  return attention;
}

const isMuch = (some: number, others: number): boolean =>
  some >= MANY && some >= LARGE_PART * (others + some);
