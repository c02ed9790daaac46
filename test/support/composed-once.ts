import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the workplaces of a test run find what one of them has composed. */
export const COMPOSED_FOLDER = 'PARTWORK_TESTS_COMPOSED';

/** Before all tests: a folder for composed issues, gone after them. Dozens of workplaces hold the same two posts. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'partwork-composed-'));
  process.env[COMPOSED_FOLDER] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
