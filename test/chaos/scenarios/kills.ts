import { assault } from '../assault.ts';
import { check } from '../checker.ts';
import { figuresOf } from '../figures.ts';
import { gatherEvidence } from '../gather-evidence.ts';
import type { Scenario } from '../scenario.ts';

const QUICK = { readers: 250, issues: 2, kills: 6, mailsBetween: [20, 60] } as const;
const LONG = { readers: 5_000, issues: 4, kills: 200, mailsBetween: [10, 170] } as const;

export const scenario: Scenario = {
  name: 'kills',
  title: 'workers are killed (SIGKILL) at random while a series goes out',
  async run(world, { isLong }) {
    const size = isLong ? LONG : QUICK;
    const stage = await world.open();
    const publication = await stage.publish(size);
    await assault(world, stage, publication, { ...size, workers: 2 });
    const evidence = await gatherEvidence(world, stage, publication);
    return { violations: check(evidence), figures: figuresOf(evidence) };
  },
};
