/**
 * Places where a process may be made to fail, to prove that nothing is lost there. Inert unless armed, which only
 * `src/cli/arm-failpoints.ts` does, and only when the environment asks for it.
 */
export const FAILPOINTS = [
  // One mail, from the ticket to the record.
  'ticket.taken',
  'claim.made',
  'attempt.begun',
  'submit.before',
  'submit.granted',
  'message.before',
  'outcome.known',
  'settle.before',
  'settle.done',
  'claims.renewed',
  'ticket.done',
  // Looking for due readers.
  'look.begun',
  'look.counted',
  'tickets.before',
  'tickets.queued',
  'finished.ordered',
  'finished.forgotten',
  // A plan and its state.
  'rendered.kept',
  'plan.before',
  'plan.committed',
  'plan.partition',
  'plan.everywhere',
  'looking.started',
  'release.queued',
  'state.changed',
  // Readers come and go.
  'import.before',
  'import.joined',
  'import.noted',
  'import.finished',
  'signup.counted',
  'signup.kept',
  'signup.ordered',
  'confirm.joined',
  'confirm.welcomed',
  'confirm.forgotten',
  'leave.left',
  'leave.ordered',
  'erase.left',
  // Those who missed something.
  'retry.batch',
  'resend.batch',
  'letter.addressed',
  'letter.composed',
  'letter.sent',
  // What the writer is told.
  'watch.judged',
  'watch.committed',
  'notice.found',
  'notice.queued',
  'notice.posted',
  'notice.sent',
] as const;

export type Failpoint = (typeof FAILPOINTS)[number];

/** `hit` = the how-manieth time the place is passed, from 1; `ms` for delays. */
export interface Mishap {
  readonly at: Failpoint;
  readonly hit: number;
  readonly kind: 'kill' | 'throw' | 'delay';
  readonly ms: number;
}

export interface Stage {
  readonly mishaps: readonly Mishap[];
  /** Ends the process at once, as a SIGKILL does. */
  readonly kill: () => void;
  /** Told before each mishap. */
  readonly tell: (mishap: Mishap) => void;
}

let stage: Stage | undefined;
const passed = new Map<Failpoint, number>();

/** Counting begins anew. */
export function armFailpoints(armed: Stage): void {
  stage = armed;
  passed.clear();
}

/** How often each place has been passed since it was armed. */
export const failpointsPassed = (): ReadonlyMap<Failpoint, number> => passed;

/** A step between two writes; nothing happens here unless it is armed. */
export async function failpoint(at: Failpoint): Promise<void> {
  if (stage === undefined) return;
  const delayMs = strike(stage, at);
  if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
}

/** The same where nothing can be waited for: a delay blocks the whole process. */
export function blockingFailpoint(at: Failpoint): void {
  if (stage === undefined) return;
  const until = performance.now() + strike(stage, at);
  while (performance.now() < until);
}

/** Returns how long to wait, ms. */
function strike({ mishaps, kill, tell }: Stage, at: Failpoint): number {
  const hit = (passed.get(at) ?? 0) + 1;
  passed.set(at, hit);
  const mishap = mishaps.find((one) => one.at === at && one.hit === hit);
  if (mishap === undefined) return 0;
  tell(mishap);
  if (mishap.kind === 'kill') kill();
  if (mishap.kind === 'throw') throw new Error(`failpoint ${at}, hit ${hit}`);
  return mishap.ms;
}
