import { assault } from '../assault.ts';
import { check, type Violation } from '../checker.ts';
import { figuresOf } from '../figures.ts';
import { gatherEvidence } from '../gather-evidence.ts';
import type { Scenario } from '../scenario.ts';

const QUICK = { readers: 150, issues: 2, kills: 3, mailsBetween: [30, 80] } as const;
const LONG = { readers: 2_500, issues: 4, kills: 50, mailsBetween: [50, 300] } as const;

export const scenario: Scenario = {
  name: 'rolling',
  title:
    'workers are ended with SIGTERM and replaced: they finish what is under way, and nothing is in doubt',
  async run(world, { isLong }) {
    const size = isLong ? LONG : QUICK;
    const stage = await world.open();
    const publication = await stage.publish(size);
    await assault(world, stage, publication, { ...size, workers: 2, signal: 'SIGTERM' });
    const evidence = await gatherEvidence(world, stage, publication);
    const violations: Violation[] = check(evidence);
    for (const { address, uncertain } of evidence.ledger?.readers ?? [])
      if (Object.keys(uncertain).length > 0)
        violations.push({ invariant: 'repeats', what: `a mail for ${address} was left in doubt by SIGTERM` });
    return { violations, figures: figuresOf(evidence) };
  },
};
