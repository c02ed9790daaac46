// Tries to break what Partwork promises, with real processes: `npm run chaos [-- --long] [--seed N] [--only NAME]`.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseOptions, type ChaosArguments } from './options.ts';
import { openProgress, type Progress } from './progress.ts';
import type { Findings, Scenario } from './scenario.ts';
import { summaryOf, type Result } from './summary.ts';
import { openWorld, type OpenWorld } from './world.ts';

const SCENARIOS = new URL('scenarios/', import.meta.url);
const MOST_TOLD = 10;
/** At a time: while one waits for leases to run out, the other one is at work. A long run measures, and is alone. */
const LANES = { quick: 2, long: 1 };

const open = new Set<OpenWorld>();

async function main(options: ChaosArguments): Promise<number> {
  const progress = openProgress(process.stdout);
  const scenarios = await chosen(options);
  const folder = runFolder(options);
  progress.line(`seed ${options.seed}; ${scenarios.map(({ name }) => name).join(', ')}; ${folder}`);
  const release = endWithUs();
  const results = await runAll(scenarios, folder, options, progress);
  release();

  const summary = summaryOf(results);
  writeFileSync(join(folder, 'summary.txt'), `seed ${options.seed}\n${summary}\n`);
  progress.line(summary);
  const isSound = results.every(({ findings }) => findings.violations.length === 0);
  if (isSound && !options.keeps) rmSync(folder, { recursive: true });
  else progress.line(`Kept: ${folder}`);
  if (!isSound) progress.line(`Again: npm run chaos -- ${againWith(options)}`);
  return isSound ? 0 : 1;
}

async function chosen({ only, isLong }: ChaosArguments): Promise<Scenario[]> {
  const all: Scenario[] = [];
  for (const file of readdirSync(fileURLToPath(SCENARIOS))
    .filter((name) => name.endsWith('.ts'))
    .toSorted()) {
    const { scenario } = (await import(new URL(file, SCENARIOS).href)) as { scenario: Scenario };
    all.push(scenario);
  }
  const unknown = only.filter((name) => !all.some((scenario) => scenario.name === name));
  if (unknown.length > 0)
    throw new Error(`There is no ${unknown.join()}; there are ${all.map(({ name }) => name).join(', ')}.`);
  return all
    .filter(({ name, isLongOnly = false }) => (only.length > 0 ? only.includes(name) : isLong || !isLongOnly))
    .toSorted((a, b) => turnOf(a) - turnOf(b));
}

// A checker that does not see what is broken proves nothing: it is put to the test first.
const turnOf = ({ name }: Scenario): number => (name === 'known-bad' ? 0 : 1);

function runFolder({ folder }: ChaosArguments): string {
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  return mkdtempSync(join(folder ?? tmpdir(), 'partwork-chaos-'));
}

/** The results as they came in. */
async function runAll(
  scenarios: readonly Scenario[],
  folder: string,
  options: ChaosArguments,
  progress: Progress,
): Promise<Result[]> {
  const results: Result[] = [];
  const left = scenarios.values();
  const lane = async () => {
    for (const scenario of left) results.push(await runOne(scenario, folder, options, progress));
  };
  await Promise.all(Array.from({ length: options.isLong ? LANES.long : LANES.quick }, lane));
  return results;
}

async function runOne(
  scenario: Scenario,
  folder: string,
  options: ChaosArguments,
  progress: Progress,
): Promise<Result> {
  const { name, title } = scenario;
  const began = performance.now();
  progress.line(`${name}: ${title}`);
  const say = (text: string) => progress.say(`${name}: ${text}`);
  const world = openWorld({ folder: join(folder, name), seed: options.seed, name, say });
  open.add(world);
  let findings: Findings;
  try {
    findings = await scenario.run(world, options);
  } catch (error) {
    // What keeps a scenario from its end is a finding: usually that mail stood still.
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    findings = { violations: [{ invariant: 'liveness', what }], figures: {} };
  } finally {
    await world.close();
    open.delete(world);
  }
  const seconds = Math.round((performance.now() - began) / 1_000);
  const result = { name, seconds, findings };
  tell(result, progress);
  return result;
}

function tell({ name, seconds, findings: { violations, figures } }: Result, progress: Progress): void {
  const told = Object.entries(figures).map(([figure, value]) => `${figure} ${value}`);
  progress.line(`${name}: ${[`${seconds} s`, ...told].join(', ')}`);
  for (const { invariant, what } of violations.slice(0, MOST_TOLD))
    progress.line(`${name}: BROKEN ${invariant}: ${what}`);
  if (violations.length > MOST_TOLD) progress.line(`${name}: … and ${violations.length - MOST_TOLD} more`);
}

const end = () => void Promise.all([...open].map((world) => world.close())).then(() => process.exit(130));

/** Ctrl-C leaves no processes behind. */
function endWithUs(): () => void {
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  return () => {
    process.off('SIGINT', end);
    process.off('SIGTERM', end);
  };
}

const againWith = ({ seed, isLong, only }: ChaosArguments): string =>
  [`--seed ${seed}`, ...(isLong ? ['--long'] : []), ...only.map((name) => `--only ${name}`)].join(' ');

process.exitCode = await main(parseOptions(process.argv.slice(2)));
