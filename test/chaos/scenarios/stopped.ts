import { setTimeout as sleep } from 'node:timers/promises';
import { endGently, Watch } from '../assault.ts';
import { check } from '../checker.ts';
import { figuresOf } from '../figures.ts';
import { gatherEvidence } from '../gather-evidence.ts';
import type { Scenario } from '../scenario.ts';
import type { World } from '../world.ts';
import type { WorkerProcess } from '../worker-process.ts';

/** Stopped for longer than it takes until everything the worker had is somebody else's. */
const SIZE = { readers: 3_000, issues: 4, stops: 6, stoppedMs: 60_000 };
const MAILS_BEFORE = 60;

export const scenario: Scenario = {
  name: 'stopped',
  title:
    'a worker is stopped (SIGSTOP) like a laptop asleep, and goes on with claims that are not its own any more',
  isLongOnly: true,
  async run(world) {
    const { stops, stoppedMs, ...size } = SIZE;
    const stage = await world.open();
    const publication = await stage.publish(size);
    const workers = [stage.startWorker(0), stage.startWorker(1)];
    const watch = new Watch(stage, publication);
    for (let stop = 0; stop < stops; stop++) {
      const from = stage.sink.log.taken + MAILS_BEFORE + world.random.between(0, MAILS_BEFORE);
      while (stage.sink.log.taken < from && (await watch.goesOn(() => stage.sink.log.taken >= from)));
      await sleepStopped(world, world.random.pick(workers), stoppedMs);
    }
    while (await watch.goesOn(() => false)) world.say(`${stage.sink.log.taken} mails`);
    await endGently(workers);
    const evidence = await gatherEvidence(world, stage, publication);
    return { violations: check(evidence), figures: figuresOf(evidence) };
  },
};

async function sleepStopped(world: World, worker: WorkerProcess, ms: number): Promise<void> {
  world.say(`${worker.name} is stopped for ${ms / 1_000} s`);
  worker.signal('SIGSTOP');
  world.events.add({ kind: 'stop', worker: worker.name });
  await sleep(ms);
  world.events.add({ kind: 'continue', worker: worker.name });
  worker.signal('SIGCONT');
}
