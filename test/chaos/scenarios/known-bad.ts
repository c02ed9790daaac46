import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Queue, type JobsOptions } from 'bullmq';
import { JOBS, type MailJob } from '../bad-workers/mail-job.ts';
import { check, type Invariant, type Violation } from '../checker.ts';
import type { Evidence } from '../evidence.ts';
import type { FaultPlan } from '../faults.ts';
import { writePublication } from '../publication.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage, World } from '../world.ts';

/** A worker that breaks a promise, and what shows it. */
interface KnownBad {
  readonly file: string;
  readonly breaks: Invariant;
  /** Until the first mail is lost, and no more than so many. */
  readonly mostKills: number;
  readonly faults: FaultPlan;
  readonly jobs: JobsOptions;
}

const STOCK: KnownBad = {
  file: 'stock.ts',
  breaks: 'loss',
  mostKills: 12,
  faults: {},
  jobs: { attempts: 8, backoff: { type: 'fixed', delay: 100 } },
};
const TAIL_RETRY: KnownBad = {
  file: 'tail-retry.ts',
  breaks: 'order',
  mostKills: 0,
  faults: { deferAfterDot: 0.1 },
  jobs: { attempts: 8, backoff: { type: 'fixed', delay: 100 } },
};
const SIZE = { readers: 60, issues: 3 };
/** Within so long after it has taken up work, a worker comes upon the jobs of the one before, and is killed itself. */
const AT_WORK_MS = [250, 600] as const;
const LOOK_MS = 20;
const STANDSTILL_MS = 60_000;

export const scenario: Scenario = {
  name: 'known-bad',
  title: 'the checker finds what workers break that are known to break it',
  async run(world) {
    const violations: Violation[] = [];
    const figures: Record<string, number> = {};
    const stage = await world.open();
    for (const bad of [STOCK, TAIL_RETRY]) {
      const found = check(await send(world, stage, bad)).filter(({ invariant }) => invariant === bad.breaks);
      figures[`${bad.breaks} found`] = found.length;
      if (found.length === 0)
        violations.push({ invariant: bad.breaks, what: `the checker does not see what ${bad.file} breaks` });
    }
    return { violations, figures };
  },
};

async function send(world: World, stage: Stage, bad: KnownBad): Promise<Evidence> {
  stage.sink.setFaults(bad.faults);
  const { issues, audience } = writePublication(world.folder, SIZE);
  // One run's mails must not be taken for the other's.
  const series = bad.file.replace(/\W+ts$/, '');
  const queue = new Queue<MailJob>(JOBS, { connection: { path: stage.redis.socket } });
  queue.on('error', () => undefined);
  const jobs = issues.flatMap((issue) => audience.map((address) => ({ series, issue, address })));
  await queue.addBulk(jobs.map((data) => ({ name: 'mail', data, opts: bad.jobs })));
  await harass(world, stage, bad, queue);
  await queue.obliterate({ force: true });
  await queue.close();
  const mails = stage.sink.log.mails.filter(({ mark }) => mark?.startsWith(`${series}/`));
  return { series, issues, audience, mails, events: world.events.all };
}

async function harass(world: World, stage: Stage, bad: KnownBad, queue: Queue): Promise<void> {
  const file = fileURLToPath(new URL(`../bad-workers/${bad.file}`, import.meta.url));
  let worker = stage.startProgram(0, file);
  let startedAt = Date.now();
  for (let kills = 0; kills < bad.mostKills && (await queue.getFailedCount()) === 0; kills++) {
    await until(async () => (await queue.getActive()).some(({ processedOn = 0 }) => processedOn > startedAt));
    await sleep(world.random.between(...AT_WORK_MS));
    worker.signal('SIGKILL');
    world.events.add({ kind: 'kill', worker: worker.name, signal: 'SIGKILL' });
    startedAt = Date.now();
    worker = stage.startProgram(0, file);
    world.say(`${bad.file}: ${kills + 1} kills, ${stage.sink.log.taken} mails`);
  }
  await until(() => isEmptied(queue));
  worker.signal('SIGKILL');
  await worker.ended();
}

/** Whether no job is left that anybody would still work on. */
async function isEmptied(queue: Queue): Promise<boolean> {
  const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized');
  return Object.values(counts).every((count) => count === 0);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + STANDSTILL_MS; performance.now() < end; await sleep(LOOK_MS))
    if (await isSo()) return;
  throw new Error('The known-bad workers stand still.');
}
