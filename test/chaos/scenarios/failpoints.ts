import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endGently, Watch } from '../assault.ts';
import { check } from '../checker.ts';
import { figuresOf } from '../figures.ts';
import { gatherEvidence } from '../gather-evidence.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage, World } from '../world.ts';

/** Places a worker passes with each mail or batch, and how often at least while a few dozen mails go out. */
const WORKER_POINTS: Readonly<Record<string, number>> = {
  'ticket.taken': 3,
  'claim.made': 2,
  'attempt.begun': 60,
  'submit.before': 12,
  'submit.granted': 12,
  'message.before': 60,
  'outcome.known': 60,
  'settle.before': 12,
  'settle.done': 12,
  'ticket.done': 2,
  'look.begun': 2,
  'look.counted': 2,
  'tickets.before': 2,
  'tickets.queued': 2,
};

const QUICK = { readers: 400, issues: 3, kills: 7 } as const;
const LONG = { readers: 2_500, issues: 3 } as const;

const STRUCK_WITHIN_MS = 25_000;
const LOOK_MS = 20;
const DELAY_MS = 400;
/** For a worker that is not killed: what it has begun is under way again. */
const RECOVERS_MS = 1_000;

interface Trial {
  /** As `PARTWORK_FAILPOINTS` has it. */
  readonly mishaps: readonly string[];
  readonly isKill: boolean;
}

export const scenario: Scenario = {
  name: 'failpoints',
  title: 'workers are killed, throw or stand still at every place between claim and settle',
  async run(world, { isLong }) {
    const stage = await world.open();
    const publication = await stage.publish(isLong ? LONG : QUICK);
    const watch = new Watch(stage, publication);
    const trials = trialsOf(world, isLong);
    let struck = 0;
    for (const [index, trial] of trials.entries()) {
      world.say(`${index + 1}/${trials.length}: ${trial.mishaps[0]}`);
      struck += await undergo(world, stage, trial);
    }
    const last = stage.startWorker(0);
    while (await watch.goesOn(() => false)) world.say(`${stage.sink.log.taken} mails`);
    await endGently([last]);
    const evidence = await gatherEvidence(world, stage, publication);
    const wanted = trials.reduce((sum, { mishaps }) => sum + mishaps.length, 0);
    return {
      violations: [...check(evidence), ...unstruck(struck, wanted)],
      figures: { struck: `${struck} of ${wanted}`, ...figuresOf(evidence) },
    };
  },
};

/**
 * Kills one after the other, each in a process of its own, at places that are drawn anew each run or, in a long one, at every place;
 * what a process survives all in one.
 */
function trialsOf({ random }: World, isLong: boolean): Trial[] {
  const points = Object.entries(WORKER_POINTS);
  const hitsOf = (most: number): number[] => {
    const any = random.between(1, most);
    return isLong ? [...new Set([1, any, most])] : [any];
  };
  const killedAt = isLong ? points : random.some(points, QUICK.kills);
  const kills = killedAt.flatMap(([point, most]) =>
    hitsOf(most).map((hit): Trial => ({ mishaps: [`${point}@${hit}=kill`], isKill: true })),
  );
  const kinds = ['throw', `delay:${DELAY_MS}`];
  const survived = (isLong ? kinds : [random.pick(kinds)]).flatMap((kind) => {
    const [failure, ms] = kind.split(':');
    // What is thrown while nodemailer asks for the message ends the process, as any bug there would.
    const some = points.filter(([point]) => failure !== 'throw' || point !== 'message.before');
    const mishaps = some.map(
      ([point, most]) => `${point}@${random.between(1, most)}=${failure}${ms === undefined ? '' : `:${ms}`}`,
    );
    return [{ mishaps, isKill: false }];
  });
  return [...kills, ...survived];
}

/** Returns how many of the mishaps happened. */
async function undergo(world: World, stage: Stage, { mishaps, isKill }: Trial): Promise<number> {
  const worker = stage.startWorker(0, { PARTWORK_FAILPOINTS: mishaps.join() });
  const log = join(world.folder, 'logs', `${worker.name}.log`);
  const struck = (): number =>
    (readFileSync(log, 'utf8').match(/^failpoint .* (?:kill|throw|delay)$/gm) ?? []).length;
  const deadline = performance.now() + STRUCK_WITHIN_MS;
  while (worker.isRunning && struck() < mishaps.length && performance.now() < deadline) await sleep(LOOK_MS);
  if (isKill && struck() > 0) {
    await worker.ended();
    world.events.add({ kind: 'kill', worker: worker.name, signal: 'SIGKILL' });
  } else {
    await sleep(RECOVERS_MS);
    await endGently([worker]);
  }
  return struck();
}

function* unstruck(struck: number, wanted: number) {
  if (struck < wanted)
    yield {
      invariant: 'liveness',
      what: `${wanted - struck} mishaps never came to pass; see the logs`,
    } as const;
}
