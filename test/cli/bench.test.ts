import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFailed, test } from 'vitest';
import type { BenchReport } from '../../src/bench/run-bench.ts';
import { MAIN, openWorkplace, type Workplace } from '../support/partwork.ts';

const PATIENCE = { timeout: 50_000, interval: 50 };

let workplace: Workplace;
let left: string;

beforeEach(async () => {
  workplace = await openWorkplace();
  left = join(workplace.folder, 'tmp');
  await mkdir(left);
});
afterEach(() => workplace.remove());

/** The command with its folders where we can see what it leaves there. */
const start = (...args: string[]) =>
  spawn(process.execPath, [MAIN, 'bench', '--quick', '--readers', '40', ...args], {
    cwd: workplace.folder,
    env: { PATH: process.env['PATH'], TMPDIR: left },
    stdio: ['ignore', 'pipe', 'pipe'],
    // So that it can be asked whether any of its processes is left.
    detached: true,
  });

async function run(...args: string[]) {
  const child = start(...args);
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (said.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (said.stderr += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}

test('a whole bench tells what each way of sending came to, and where', async () => {
  const picture = join(workplace.folder, 'rates.svg');
  const { code, stdout, stderr } = await run('--only', 'throughput,start', '--json', '--svg', picture);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const report = JSON.parse(stdout) as BenchReport;
  expect(report).toMatchObject({ rounds: 1, readers: 40, isQuick: true });
  expect(report.rows.map(({ name }) => name)).toEqual(['throughput', 'start']);
  expect(report.machine).toMatchObject({
    node: process.version.slice(1),
    redis: expect.stringMatching(/^\d+\./) as string,
  });

  const valueOf = (key: string) => report.figures.find((figure) => figure.key === key)?.value;
  for (const what of ['a rate', 'b rate', 'naive rate', 'product rate', 'product over a', 'product over b'])
    expect(valueOf(`throughput/node-sink/${what}`)).toBeGreaterThan(0);
  expect(valueOf('start/status over node')).toBeGreaterThan(0);
  const judged = report.figures.find(({ key }) => key === 'throughput/node-sink/product over a');
  expect(judged).toMatchObject({ unit: 'times', rounds: [judged?.value], goal: { floor: 12, aim: 20 } });
  // Where Postfix is not installed, it says so instead.
  const hasPostfix = valueOf('throughput/smtp-sink/product rate') !== undefined;
  expect(report.notes.some((note) => note.includes('Postfix'))).toBe(!hasPostfix);

  expect(await readFile(picture, 'utf8')).toMatch(/^<svg /);
  expect(await readdir(left)).toEqual([]);
});

describe('a mail server whose record is not each reader once gives no figures', () => {
  test.each([
    ['drop', /1 of \d+ readers got no mail/],
    ['double', /1 readers got more mails than they should/],
  ])('%s', async (fault, complaint) => {
    const { code, stdout, stderr } = await run('--only', 'throughput', '--fault', fault);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(complaint);
    expect(await readdir(left)).toEqual([]);
  });
});

test('Ctrl-C ends all it has started and leaves nothing behind', async () => {
  const child = start('--only', 'throughput', '--rounds', '1000');
  onTestFailed(() => void child.kill('SIGINT'));
  await expect.poll(() => findIn(left, 'job.json'), PATIENCE).toBeDefined();
  const redis = Number(await readFile((await findIn(left, 'redis.pid')) ?? '', 'utf8'));
  process.kill(-(child.pid ?? 0), 'SIGINT');
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(130);
  // Whoever has died is gone once its parent, which may be the machine's first process, has looked.
  await expect.poll(() => isThere(-(child.pid ?? 0)), PATIENCE).toBe(false);
  await expect.poll(() => isThere(redis), PATIENCE).toBe(false);
  expect(await readdir(left)).toEqual([]);
});

describe('what it cannot do it says at once', () => {
  test.each([
    [['--only', 'throughput,speed'], '--only: there is no row "speed". There are throughput, '],
    [['--rounds', 'many'], '--rounds: write a whole number'],
    [['--readers', '3'], '--readers: write a whole number'],
    [['--only', 'start', '--svg', 'rates.svg'], '--svg draws the row "throughput"'],
  ])('%j', async (flags, complaint) => {
    const { code, stdout, stderr } = await workplace.run('bench', ...flags);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(complaint);
  });
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function findIn(folder: string, name: string): Promise<string | undefined> {
  const found = (await readdir(folder, { recursive: true })).find((path) => path.endsWith(`/${name}`));
  return found === undefined ? undefined : join(folder, found);
}
