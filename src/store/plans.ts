import type { Redis } from 'ioredis';
import { failpoint } from '../domain/failpoint.ts';
import type { IssueId } from '../domain/issue.ts';
import { liveIssues, unplanned, type PlanOrName, type SeriesPlan } from '../domain/plan.ts';
import type { SeriesId } from '../domain/series.ts';
import { allPartitions } from '../domain/subscriber.ts';
import { earlyPlacesKey, partitionKeys, planKey, SERIES } from './keys.ts';
import { Script } from './script.ts';

/** Plans of series: one JSON document each, and a copy of what claims need in every partition. */
export interface PlanStore {
  find(series: SeriesId): Promise<SeriesPlan | undefined>;
  all(): Promise<SeriesPlan[]>;
  /** Ids of all series ever scheduled. */
  names(): Promise<SeriesId[]>;
  /** The plan, or for a series not scheduled yet its name and the places readers stand at already. */
  findOrName(series: SeriesId): Promise<PlanOrName>;
  /** Notes that readers are about to be put at a place of a series that has no plan yet. */
  noteEarlyPlaces(series: SeriesId, places: readonly IssueId[]): Promise<void>;
  /**
   * Makes `plan` the series' plan if the one stored is still at the revision before it, then brings every partition up.
   * A crash in between loses nothing: `bringUp` by anybody completes it. False: somebody else changed the plan first.
   */
  commit(plan: SeriesPlan): Promise<boolean>;
  /** Brings partitions (all, or the one given) to the plan's revision. Idempotent. */
  bringUp(plan: SeriesPlan, partition?: string): Promise<void>;
}

const migrateScript = new Script('migrate', ['detours']);

const COMMIT = `
local stored = redis.call('GET', KEYS[1])
local revision = stored and cjson.decode(stored).revision or 0
-- A command that was sent again after a lost connection finds its own work done.
if stored == ARGV[2] then return 1 end
if revision ~= tonumber(ARGV[1]) - 1 then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1`;

export function openPlanStore(redis: Redis): PlanStore {
  const find = async (series: SeriesId) => parsePlan(await redis.get(planKey(series)));
  const names = async () => ((await redis.smembers(SERIES)) as SeriesId[]).toSorted();

  return {
    find,
    names,
    async all() {
      const plans = await Promise.all((await names()).map(find));
      return plans.filter((plan) => plan !== undefined);
    },
    async findOrName(series) {
      const plan = await find(series);
      return plan ?? unplanned(series, (await redis.smembers(earlyPlacesKey(series))) as IssueId[]);
    },
    async noteEarlyPlaces(series, places) {
      if (places.length > 0) await redis.sadd(earlyPlacesKey(series), ...places);
    },
    async commit(plan) {
      const before = await find(plan.series);
      // The moves of a revision start from the one before it: no partition may be left further behind.
      if (before !== undefined) await bringUp(redis, before);
      await redis.sadd(SERIES, plan.series);
      await failpoint('plan.before');
      const stored = await redis.eval(COMMIT, 1, planKey(plan.series), plan.revision, JSON.stringify(plan));
      if (stored !== 1) return false;
      await failpoint('plan.committed');
      await bringUp(redis, plan);
      await failpoint('plan.everywhere');
      return true;
    },
    bringUp: (plan, partition) => bringUp(redis, plan, partition),
  };
}

async function bringUp(redis: Redis, plan: SeriesPlan, only?: string): Promise<void> {
  const partitions = only === undefined ? allPartitions() : [only];
  await Promise.all(partitions.map((partition) => migrate(redis, plan, partition)));
}

async function migrate(redis: Redis, plan: SeriesPlan, partition: string): Promise<void> {
  const keys = partitionKeys(partition, plan.series);
  const releases = plan.issues.flatMap(({ id, releaseAt }) =>
    releaseAt === undefined ? [] : [id, releaseAt],
  );
  const reached = await migrateScript.run(
    redis,
    [keys.plan, keys.claims, keys.counts, keys.held, keys.detours],
    [
      plan.revision - 1,
      plan.revision,
      plan.state,
      plan.startAt,
      keys.waiting,
      keys.apart,
      JSON.stringify(liveIssues(plan).map(({ id }) => id)),
      releases.length / 2,
      ...releases,
      ...plan.moves.flatMap(({ from, to }) => [from, to]),
    ],
  );
  await failpoint('plan.partition');
  if (reached === 'behind') {
    throw new Error(
      `The ledger of series "${plan.series}" is damaged: partition ${partition} is not at revision ${plan.revision - 1}. ` +
        'Restore Redis from its append-only file or a backup.',
    );
  }
}

const parsePlan = (json: string | null): SeriesPlan | undefined =>
  json === null ? undefined : (JSON.parse(json) as SeriesPlan);
