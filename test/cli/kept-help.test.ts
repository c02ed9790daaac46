import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type * as KeptHelp from '../../src/cli/kept-help.ts';
import { isBuilt, openWorkplace, type Workplace } from '../support/partwork.ts';

let place: Workplace;
beforeAll(async () => void (place = await openWorkplace()));
afterAll(() => place.remove());

describe.runIf(isBuilt)('what help says was written down', () => {
  test('and is what the commands say of themselves', async () => {
    const kept = await place.run('--help');
    expect(kept).toEqual(await place.run('help'));
    expect(kept.stdout).toMatch(/^Usage: partwork[^]+\bhelp \[command\] +display help for command\n$/);
  });

  test.each([
    [['--help'], undefined, true],
    [['-h'], 80, true],
    [['--help'], 200, true],
    [['--help'], 79, false],
    [[], 80, false],
    [['--help', 'status'], 80, false],
    [['status', '--help'], 80, false],
  ])('%j on %s columns: %s', async (words, columns, isKept) => {
    const built = (await import(resolve('dist/src/cli/kept-help.js'))) as typeof KeptHelp;
    expect(built.keptHelp(words, columns) !== undefined).toBe(isKept);
  });
});
