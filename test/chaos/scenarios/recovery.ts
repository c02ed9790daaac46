import { setTimeout as sleep } from 'node:timers/promises';
import { endGently, killWorker, lookForOrphans, Watch } from '../assault.ts';
import { check, type Violation } from '../checker.ts';
import { figuresOf, recoveryFigures } from '../figures.ts';
import { gatherEvidence } from '../gather-evidence.ts';
import { percentile, recoveryOf } from '../recovery.ts';
import type { Scenario } from '../scenario.ts';

const QUICK = { readers: 400, issues: 2, kills: 1 };
const LONG = { readers: 300, issues: 4, kills: 12 };
/** A kill between two batches leaves nothing to take over, and is tried again. */
const MOST_TRIES = 4;
const MAILS_BEFORE = [30, 100] as const;
/** Until the workers have nothing to do but to wait for what the dead one had. */
const QUIET_MS = 16_000;
const GOAL_P99_MS = 15_000;

export const scenario: Scenario = {
  name: 'recovery',
  title: 'what a killed worker had is attempted again within 15 seconds, one kill at a time',
  async run(world, { isLong }) {
    const { kills, ...size } = isLong ? LONG : QUICK;
    const stage = await world.open();
    const publication = await stage.publish(size);
    const workers = [stage.startWorker(0), stage.startWorker(1)];
    const watch = new Watch(stage, publication);
    let isGoingOn = true;
    for (let kill = 0, tries = 0; kill < kills && tries < kills * MOST_TRIES && isGoingOn; tries++) {
      const from = stage.sink.log.taken + world.random.between(...MAILS_BEFORE);
      while (isGoingOn && stage.sink.log.taken < from)
        isGoingOn = await watch.goesOn(() => stage.sink.log.taken >= from);
      // Whoever is at work: only then is there something to take over.
      const busy = stage.sink.log.mails.at(-1)?.client;
      const place = workers[0]?.name === busy ? 0 : 1;
      const killed = await killWorker(world, stage, publication, workers[place]);
      workers[place] = stage.startWorker(place);
      const orphans = await lookForOrphans(world, stage, publication, killed);
      if (orphans > 0) kill++;
      world.say(`${kill}/${kills} kills, ${stage.sink.log.taken} mails`);
      if (orphans > 0 && kill < kills) await sleep(killed.killedAt + QUIET_MS - Date.now());
    }
    while (await watch.goesOn(() => false)) world.say(`${stage.sink.log.taken} mails`);
    await endGently(workers);
    const evidence = await gatherEvidence(world, stage, publication);
    const violations: Violation[] = check(evidence);
    const recovery = recoveryOf(evidence);
    const p99 = percentile(recovery.waits, 0.99);
    if (recovery.waits.length === 0)
      violations.push({
        invariant: 'liveness',
        what: 'no kill left anything to take over: nothing was measured',
      });
    if (p99 > GOAL_P99_MS)
      violations.push({ invariant: 'liveness', what: `1 in 100 orphans waits for more than ${p99} ms` });
    return { violations, figures: { ...figuresOf(evidence), ...recoveryFigures(recovery) } };
  },
};
