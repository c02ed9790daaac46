import { assault, endGently, Watch } from '../assault.ts';
import { check, type Violation } from '../checker.ts';
import { figuresOf } from '../figures.ts';
import { gatherEvidence } from '../gather-evidence.ts';
import type { Publication } from '../publication.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../world.ts';

const QUICK = { readers: 120, issues: 2, kills: 3, mailsBetween: [15, 50] } as const;
const LONG = { readers: 5_000, issues: 4, kills: 200, mailsBetween: [10, 150] } as const;

export const scenario: Scenario = {
  name: 'hold',
  title: 'with "hold", nobody gets a second copy, and what is in doubt is in the list until it is decided',
  async run(world, { isLong }) {
    const size = isLong ? LONG : QUICK;
    const stage = await world.open({ env: { PARTWORK_ON_UNCERTAIN: 'hold' } });
    const publication = await stage.publish(size);
    await assault(world, stage, publication, { ...size, workers: 2 });
    const held = await gatherEvidence(world, stage, publication, 'hold');
    const inList = await listHeld(stage, publication);
    const inLedger = held.ledger?.readers.filter((reader) => reader.held !== undefined).length ?? 0;
    const violations: Violation[] = check(held);
    if (inList !== inLedger)
      violations.push({
        invariant: 'ledger',
        what: `${inLedger} are held, \`partwork held\` lists ${inList}`,
      });

    // The operator sends what was in doubt once more, and the readers behind it go on.
    await stage.partwork('held', publication.series, '--resend');
    const worker = stage.startWorker(0);
    const watch = new Watch(stage, publication);
    while (await watch.goesOn(() => false)) world.say(`${stage.sink.log.taken} mails`);
    await endGently([worker]);
    const resolved = await gatherEvidence(world, stage, publication);
    return { violations: [...violations, ...check(resolved)], figures: figuresOf(held) };
  },
};

async function listHeld(stage: Stage, { series }: Publication): Promise<number> {
  const { stdout } = await stage.partwork('held', series, '--json');
  return (JSON.parse(stdout) as unknown[]).length;
}
