import { assault } from '../assault.ts';
import { check } from '../checker.ts';
import type { FaultPlan } from '../faults.ts';
import { figuresOf } from '../figures.ts';
import { gatherEvidence } from '../gather-evidence.ts';
import type { Scenario } from '../scenario.ts';

const QUICK = { readers: 200, issues: 2, kills: 4, mailsBetween: [20, 70], redisEvery: 2 } as const;
const LONG = { readers: 5_000, issues: 4, kills: 200, mailsBetween: [10, 170], redisEvery: 20 } as const;

const FAULTS: FaultPlan = {
  deferAtRcpt: 0.02,
  refuseAtRcpt: 0.005,
  noSuchReader: 0.003,
  goAway: 0.001,
  dropMidData: 0.01,
  dropAfterDot: 0.004,
  hangAfterDot: 0.001,
  deferAfterDot: 0.02,
};

export const scenario: Scenario = {
  name: 'mixed',
  title: 'workers and Redis are killed while the mail server defers, refuses, hangs and hangs up',
  async run(world, { isLong }) {
    const size = isLong ? LONG : QUICK;
    const stage = await world.open();
    stage.sink.setFaults(FAULTS);
    const publication = await stage.publish(size);
    await assault(world, stage, publication, { ...size, workers: 2, hurries: true });
    const evidence = await gatherEvidence(world, stage, publication);
    return { violations: check(evidence), figures: figuresOf(evidence) };
  },
};
