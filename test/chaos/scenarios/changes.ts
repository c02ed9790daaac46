import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endGently, Watch } from '../assault.ts';
import { checkChanges } from '../check-changes.ts';
import type { ChangesEvidence } from '../changes-evidence.ts';
import { hurryDeferred } from '../claims.ts';
import { exportLedger } from '../export-ledger.ts';
import type { FaultPlan } from '../faults.ts';
import { Lane } from '../lane.ts';
import { addressOf, nameOf, standingsIn, tracesIn, tracesInLogs } from '../leftovers.ts';
import { startOperator, type OperatorProcess } from '../operator-process.ts';
import type { Operation } from '../operations.ts';
import { Random } from '../random.ts';
import { ReaderLane } from '../reader-lane.ts';
import type { Figures, Options, Scenario } from '../scenario.ts';
import type { WorkerProcess } from '../worker-process.ts';
import type { Stage, World } from '../world.ts';
import { WriterLane } from '../writer-lane.ts';
import { WritingDesk } from '../writing-desk.ts';

const SERIES = 'tides';

interface Size {
  readonly readers: number;
  readonly issues: number;
  readonly mostIssues: number;
  /** Operations of the writer's, and of readers'. */
  readonly written: number;
  readonly asked: number;
  readonly kills: number;
  readonly mailsBetween: readonly [number, number];
}

const QUICK: Size = {
  readers: 110,
  issues: 5,
  mostIssues: 6,
  written: 20,
  asked: 36,
  kills: 3,
  mailsBetween: [50, 130],
};
const LONG: Size = {
  readers: 2_000,
  issues: 5,
  mostIssues: 8,
  written: 220,
  asked: 280,
  kills: 40,
  mailsBetween: [150, 600],
};
/** Slow enough that there is always somebody in the middle of it. */
const SERVER = { workMs: 30, connections: 3 };
/** Written as text, so that nothing in it hides behind compression. */
const REDIS = ['--aof-use-rdb-preamble', 'no'];
const FAULTS: FaultPlan = {
  deferAtRcpt: 0.01,
  refuseAtRcpt: 0.003,
  noSuchReader: 0.002,
  dropMidData: 0.003,
  dropAfterDot: 0.004,
  deferAfterDot: 0.01,
};
const READER_PAUSE_MS = [50, 500] as const;
const LOOK_MS = 100;

/** Everything that takes part in it. */
interface Cast {
  readonly world: World;
  readonly stage: Stage;
  readonly size: Size;
  readonly operator: OperatorProcess;
  readonly desk: WritingDesk;
  readonly operations: Operation[];
  readonly writer: WriterLane;
  readonly readers: ReaderLane;
  readonly workers: WorkerProcess[];
}

export const scenario: Scenario = {
  name: 'changes',
  title:
    'while mail goes out, posts are edited, put in and taken out, and readers leave, come back and are erased',
  async run(world, options) {
    const stage = await world.open({ ...SERVER, redis: REDIS });
    const operator = await startOperator(world.folder, SERIES, stage.envOf('operator'));
    try {
      const cast = await castOf(world, stage, operator, options);
      await begin(cast);
      await play(cast);
      await end(cast);
      const evidence = await gather(cast);
      return { violations: checkChanges(evidence), figures: figuresOf(evidence, world) };
    } finally {
      await operator.stop();
    }
  },
};

async function castOf(
  world: World,
  stage: Stage,
  operator: OperatorProcess,
  { seed, isLong }: Options,
): Promise<Cast> {
  const size = isLong ? LONG : QUICK;
  const operations: Operation[] = [];
  const desk = new WritingDesk(world.folder, SERIES);
  const laneOf = (name: string) =>
    new Lane({ series: SERIES, operator, stage, random: new Random(seed, name), operations });
  return {
    world,
    stage,
    size,
    operator,
    desk,
    operations,
    writer: new WriterLane(laneOf('writer'), desk, size.mostIssues),
    readers: new ReaderLane(laneOf('readers'), desk, {
      folder: world.folder,
      readers: size.readers,
      pauseMs: READER_PAUSE_MS,
    }),
    workers: [],
  };
}

async function begin({ world, stage, size, desk, writer, operator, workers }: Cast): Promise<void> {
  stage.sink.setFaults(FAULTS);
  for (let n = 0; n < size.issues; n++) desk.insert();
  const file = join(world.folder, 'readers.csv');
  const rows = Array.from({ length: size.readers }, (_, n) => `${addressOf(n)},${nameOf(n)}`);
  writeFileSync(file, ['email,name', ...rows].join('\n'));
  await operator.ask<'import'>({ do: 'import', file });
  await writer.schedule();
  for (const place of [0, 1]) workers[place] = stage.startWorker(place);
}

/** Both lanes at once, and what befalls the workers meanwhile. */
async function play({ world, stage, size, operations, writer, readers, workers }: Cast): Promise<void> {
  const over = new AbortController();
  const lanes = Promise.all([writer.run(size.written), readers.run(size.asked)]).finally(() => over.abort());
  // Awaited in the end; until then a failure must not end us.
  lanes.catch(() => undefined);
  let kills = 0;
  let nextAt = world.random.between(...size.mailsBetween);
  while (!over.signal.aborted) {
    await sleep(LOOK_MS);
    await hurryDeferred(stage.connection, SERIES);
    world.say(`${operations.length} operations, ${kills} kills, ${stage.sink.log.taken} mails`);
    if (kills >= size.kills || stage.sink.log.taken < nextAt) continue;
    const place = world.random.between(0, workers.length - 1);
    workers[place]?.signal('SIGKILL');
    world.events.add({ kind: 'kill', worker: workers[place]?.name ?? '', signal: 'SIGKILL' });
    workers[place] = stage.startWorker(place);
    kills++;
    nextAt = stage.sink.log.taken + world.random.between(...size.mailsBetween);
  }
  await lanes;
}

/** Cancelled once more and scheduled anew, all breaks over: until everybody is at the end. */
async function end({
  world,
  stage,
  desk,
  operator,
  operations,
  readers,
  writer,
  workers,
}: Cast): Promise<void> {
  await readers.settle();
  operations.push({ kind: 'state', ...(await operator.ask<'state'>({ do: 'state', state: 'cancelled' })) });
  await writer.schedule();
  const publication = { series: SERIES, issues: desk.all, audience: [], readersFile: '' };
  const watch = new Watch(stage, publication, true);
  while (await watch.goesOn(() => false)) world.say(`the rest: ${stage.sink.log.taken} mails`);
  await endGently(workers);
}

async function gather({ world, stage, size, operations, workers }: Cast): Promise<ChangesEvidence> {
  const { readers, counts } = await exportLedger(stage.connection, SERIES);
  const evidence: ChangesEvidence = {
    series: SERIES,
    audience: Array.from({ length: size.readers }, (_, n) => addressOf(n)),
    mails: [...stage.sink.log.mails],
    operations,
    readers,
    counts,
    standings: await standingsIn(stage.connection, SERIES),
    leftovers: [
      ...(await tracesIn(stage.connection)),
      ...tracesInLogs(join(world.folder, 'logs'), (file) => file.startsWith('w')),
    ],
    connections: workers.length * stage.connections,
  };
  writeFileSync(join(world.folder, 'changes.json'), JSON.stringify(evidence));
  return evidence;
}

function figuresOf({ operations, mails, leftovers, readers }: ChangesEvidence, { events }: World): Figures {
  const many = (kind: Operation['kind']) => operations.filter((one) => one.kind === kind).length;
  const refused = operations.filter((one) => one.kind === 'scheduled' && one.outcome === 'refused').length;
  return {
    mails: mails.filter(({ fate }) => fate === 'taken').length,
    kills: events.all.filter(({ kind }) => kind === 'kill').length,
    operations: operations.length,
    scheduled: many('scheduled'),
    refused,
    left: many('left'),
    joined: many('joined'),
    imports: many('imported'),
    wishes: many('wished'),
    'in the end': readers.filter(({ membership }) => membership.startsWith('active')).length,
    'traces of readers': leftovers.length,
  };
}
