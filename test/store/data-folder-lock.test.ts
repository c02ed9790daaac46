import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDataFolder } from '../../src/store/data-folder-lock.ts';
import { takeLock } from '../../src/store/take-lock.ts';
import { runProgram, type Program } from '../support/program.ts';

const LOCKER = join(import.meta.dirname, '../support/data-folder-locker.ts');

let folder: string;
let programs: Program[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partwork-lock-'));
  programs = [];
});
afterEach(async () => {
  for (const program of programs) await program.kill();
  await rm(folder, { recursive: true, force: true });
});

function start(): Program {
  const program = runProgram(LOCKER, [folder]);
  programs.push(program);
  return program;
}

test('of ten processes that start at the same moment exactly one wins, and the others learn which', async () => {
  const lines = await Promise.all(Array.from({ length: 10 }, () => start().line()));
  const winner = programs[lines.indexOf('locked')];
  expect(lines.filter((line) => line === 'locked')).toHaveLength(1);
  expect(lines.filter((line) => line === `busy ${winner?.pid}`)).toHaveLength(9);
});

test('a holder that was killed holds nothing: of ten again exactly one wins', async () => {
  const first = start();
  expect(await first.line()).toBe('locked');
  await first.kill();
  const lines = await Promise.all(Array.from({ length: 10 }, () => start().line()));
  expect(lines.filter((line) => line === 'locked')).toHaveLength(1);
});

test('a holder that is stopped, or too busy to answer, still holds', async () => {
  const first = start();
  await first.line();
  process.kill(first.pid, 'SIGSTOP');
  expect(await lockDataFolder(folder)).toEqual({ kind: 'busy', pid: first.pid });
});

test('what was released can be taken at once', async () => {
  const first = start();
  await first.line();
  first.tell('release');
  await first.exited();
  expect((await lockDataFolder(folder)).kind).toBe('locked');
});

test('never two hold it, over a thousand tries; no files pile up', async () => {
  let holders = 0;
  let won = 0;
  const contender = async (): Promise<void> => {
    for (let round = 0; round < 50; round++) {
      const lock = await takeLock(folder, 'up');
      if (lock.kind === 'busy') continue;
      expect(++holders).toBe(1);
      won++;
      await new Promise((resolve) => setImmediate(resolve));
      holders--;
      await lock.release();
    }
  };
  await Promise.all(Array.from({ length: 20 }, contender));
  expect(won).toBeGreaterThan(20);
  expect((await readdir(folder)).length).toBeLessThanOrEqual(3);
});

test('locks of different names do not meet', async () => {
  const [up, start] = [await takeLock(folder, 'up'), await takeLock(folder, 'start')];
  expect([up.kind, start.kind]).toEqual(['locked', 'locked']);
});
