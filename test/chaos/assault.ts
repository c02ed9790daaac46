import { setTimeout as sleep } from 'node:timers/promises';
import { claimsOf, countUnfinished, hurryDeferred, unrenewed, type Claim } from './claims.ts';
import type { Publication } from './publication.ts';
import type { Stage, World } from './world.ts';
import type { WorkerProcess } from './worker-process.ts';

export interface AssaultPlan {
  readonly kills: number;
  readonly workers: number;
  /** SIGKILL unless given; SIGTERM lets a worker finish what is under way. */
  readonly signal?: 'SIGKILL' | 'SIGTERM';
  /** How many mails go out between two kills, at least and at most. */
  readonly mailsBetween: readonly [number, number];
  /** Redis is killed after each so many kills of workers; 0 = never. */
  readonly redisEvery?: number;
  /** What a server has put off is due at once: minutes pass. */
  readonly hurries?: boolean;
}

/** Longer than workers take to renew what is theirs, shorter than a lease is good for after its last renewal. */
const RENEWED_WITHIN_MS = 3_600;
const LOOK_MS = 10;
const REDIS_DOWN_MS = 200;
const HURRY_EVERY_MS = 1_000;
/** Nothing a send waits for takes as long, so that it never ends otherwise. */
const STANDSTILL_MS = 90_000;

/** Workers that are killed as the seed has it, and started again at once, until everything is sent. */
export async function assault(
  world: World,
  stage: Stage,
  publication: Publication,
  plan: AssaultPlan,
): Promise<void> {
  const workers = Array.from({ length: plan.workers }, (_, place) => stage.startWorker(place));
  const looking: Promise<number>[] = [];
  const watch = new Watch(stage, publication, plan.hurries ?? false);
  let kills = 0;
  let nextAt = world.random.between(...plan.mailsBetween);
  while (await watch.goesOn(() => stage.sink.log.taken >= nextAt || kills >= plan.kills)) {
    world.say(`${kills}/${plan.kills} kills, ${stage.sink.log.taken} mails`);
    if (kills >= plan.kills || stage.sink.log.taken < nextAt) continue;
    const place = world.random.between(0, plan.workers - 1);
    const before = await killWorker(world, stage, publication, workers[place], plan.signal);
    if (plan.signal !== 'SIGTERM') looking.push(lookForOrphans(world, stage, publication, before));
    workers[place] = stage.startWorker(place);
    kills++;
    if (plan.redisEvery !== undefined && plan.redisEvery > 0 && kills % plan.redisEvery === 0)
      await killRedis(world, stage);
    nextAt = stage.sink.log.taken + world.random.between(...plan.mailsBetween);
  }
  await Promise.all(looking);
  await endGently(workers);
}

interface Killed {
  readonly worker: string;
  readonly killedAt: number;
  /** Everything that was claimed when it died, by whomever. */
  readonly claims: readonly Claim[];
}

/** Ends a worker, and notes what is claimed just then. */
export async function killWorker(
  world: World,
  stage: Stage,
  { series }: Publication,
  worker: WorkerProcess | undefined,
  signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL',
): Promise<Killed> {
  if (worker === undefined) throw new Error('There is no such worker.');
  worker.signal(signal);
  const killedAt = Date.now();
  world.events.add({ kind: 'kill', at: killedAt, worker: worker.name, signal });
  return { worker: worker.name, killedAt, claims: await claimsOf(stage.connection, series) };
}

/** What nobody has renewed after a while was the dead worker's; takes that while, and returns how many there are. */
export async function lookForOrphans(
  world: World,
  stage: Stage,
  { series }: Publication,
  { worker, killedAt, claims }: Killed,
): Promise<number> {
  await sleep(RENEWED_WITHIN_MS);
  const left = unrenewed(claims, await claimsOf(stage.connection, series));
  const orphans = left.map(({ subscriber, token }) => ({ reader: subscriber, token }));
  world.events.add({ kind: 'orphans', worker, killedAt, claims: orphans });
  return orphans.length;
}

/** SIGKILL to Redis, which is away for a moment, and until it answers again. */
export async function killRedis(world: World, stage: Stage): Promise<void> {
  await stage.redis.kill();
  world.events.add({ kind: 'redisKill' });
  await sleep(REDIS_DOWN_MS);
  await stage.redis.restart();
  world.events.add({ kind: 'redisBack' });
}

/** SIGTERM, as an operator ends them, which must not leave anything in doubt. */
export async function endGently(workers: readonly WorkerProcess[]): Promise<void> {
  for (const worker of workers) worker.signal('SIGTERM');
  await Promise.all(workers.map((worker) => worker.ended()));
}

/** Looks after a send until it is done or stands still. */
export class Watch {
  readonly #stage: Stage;
  readonly #publication: Publication;
  readonly #hurries: boolean;
  #hurriedAt = 0;
  #seen = -1;
  #movedAt = performance.now();

  constructor(stage: Stage, publication: Publication, hurries = false) {
    this.#stage = stage;
    this.#publication = publication;
    this.#hurries = hurries;
  }

  /** Waits until something is so or a second has gone by; false when everything is sent. Throws when mail stands still. */
  async goesOn(isSo: () => boolean): Promise<boolean> {
    for (let looks = 0; looks < 100; looks++) {
      await sleep(LOOK_MS);
      if (isSo() && looks > 0) break;
    }
    const { connection } = this.#stage;
    const { series, issues } = this.#publication;
    if (this.#hurries && performance.now() - this.#hurriedAt > HURRY_EVERY_MS) {
      this.#hurriedAt = performance.now();
      await hurryDeferred(connection, series);
    }
    const unfinished = await countUnfinished(connection, series, issues);
    this.#noteMovement(unfinished);
    return unfinished > 0;
  }

  #noteMovement(unfinished: number): void {
    const { taken } = this.#stage.sink.log;
    if (taken !== this.#seen) {
      this.#seen = taken;
      this.#movedAt = performance.now();
    }
    const stillMs = performance.now() - this.#movedAt;
    if (stillMs > STANDSTILL_MS)
      throw new Error(`No mail for ${Math.round(stillMs / 1_000)} s, and ${unfinished} readers wait.`);
  }
}
