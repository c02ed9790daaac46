import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAppendOnlyFile, type AppendOnlyFile } from '../append-only-file.ts';
import { endGently, Watch } from '../assault.ts';
import { check } from '../checker.ts';
import { gatherEvidence } from '../gather-evidence.ts';
import type { Publication } from '../publication.ts';
import { Replays, type Cut, type Recorded } from '../replays.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage, World } from '../world.ts';

const QUICK = { readers: 40, issues: 3, cuts: 36 } as const;
const LONG = { readers: 100, issues: 3, cuts: 1_000 } as const;
const FAULTS = { deferAtRcpt: 0.02, deferAfterDot: 0.02, dropAfterDot: 0.02, dropMidData: 0.01 };
const LEAVING = 4;
/** At a time: while one waits for its Redis, another one sends. */
const LANES = 3;
/** Of so many cuts one is in the middle of a command, one ends in garbage. */
const TORN_EVERY = 7;
const GARBAGE_EVERY = 50;
/** Of so many one is among the first commands: an installation, an import and a plan that are begun. */
const EARLY_EVERY = 15;
const EARLY = 60;
const NEVER_REWRITTEN = ['--auto-aof-rewrite-percentage', '0'];

export const scenario: Scenario = {
  name: 'aof-replay',
  title: 'the append-only file of a whole send is cut at command ends, and the send goes on from each',
  async run(world, { isLong }) {
    const size = isLong ? LONG : QUICK;
    const recorded = await record(world, size);
    const replays = new Replays(world, recorded);
    const cuts = chooseCuts(world, recorded.file, size.cuts).entries();
    await Promise.all(Array.from({ length: LANES }, () => replays.run(cuts)));
    const violations = [...check(recorded.evidence), ...replays.violations];
    return { violations, figures: replays.figures };
  },
};

/** A send with readers who leave, an edited and an added issue, and answers of all kinds, from its first command to its last. */
async function record(world: World, size: typeof QUICK | typeof LONG): Promise<Recorded> {
  const stage = await world.open({ workMs: 15, connections: 3, redis: NEVER_REWRITTEN });
  const published = await stage.publish(size);
  stage.sink.setFaults(FAULTS);
  const workers = [stage.startWorker(0), stage.startWorker(1)];
  const publication = { ...published, issues: [...published.issues, 'water-last'] };
  const watch = new Watch(stage, publication, true);
  await watch.goesOn(() => stage.sink.log.taken > size.readers / 2);
  await changeUnderWay(world, stage, publication);
  while (await watch.goesOn(() => false)) world.say(`recording: ${stage.sink.log.taken} mails`);
  await endGently(workers);
  const evidence = await gatherEvidence(world, stage, publication);
  const [, dir = ''] = await stage.connection.config('GET', 'dir');
  return { folder: world.folder, publication, evidence, file: readAppendOnlyFile(dir) };
}

async function changeUnderWay(world: World, stage: Stage, { series, audience }: Publication): Promise<void> {
  const leaving = Array.from({ length: LEAVING }, () => world.random.pick(audience));
  const removals = leaving.map(async (address) => {
    await stage.partwork('subscribers', 'remove', address, '--series', series);
    world.events.add({ kind: 'unsubscribed', address });
  });
  await Promise.all(removals);
  const home = join(world.folder, 'content', series);
  const last =
    readdirSync(home)
      .filter((name) => name.endsWith('.md') && name !== '_index.md')
      .toSorted()
      .at(-1) ?? '';
  appendFileSync(join(home, last), '\nCorrected while it was going out.\n');
  writeFileSync(
    join(home, '09-water-last.md'),
    '---\ntitle: High water at last\nid: water-last\n---\n\nOne more.\n',
  );
  const { code, stderr } = await stage.partwork('schedule', series, '--yes');
  if (code !== 0) throw new Error(stderr);
}

function chooseCuts(world: World, { ends, bytes }: AppendOnlyFile, count: number): Cut[] {
  return Array.from({ length: count }, (_, n): Cut => {
    const last = n % EARLY_EVERY === EARLY_EVERY - 1 ? Math.min(EARLY, ends.length) : ends.length;
    const index = n === 0 ? ends.length - 1 : world.random.between(0, last - 1);
    const at = ends[index] ?? 0;
    if (n % GARBAGE_EVERY === 1) return { at, tail: Buffer.from('*3\r\n$3\r\nno\r\nsense'), isTorn: false };
    const next = ends[index + 1] ?? bytes.length;
    const isTorn = n % TORN_EVERY === 2 && next - at > 1;
    return isTorn ? { at: world.random.between(at + 1, next - 1), isTorn } : { at, isTorn };
  });
}
