import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SHARED = 'PARTWORK_TESTS_COMPOSED';

/** Before all tests: a folder for composed issues, gone after them. Dozens of data folders hold the same few posts. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'partwork-composed-'));
  process.env[SHARED] = folder;
  return () => rm(folder, { recursive: true, force: true });
}

/**
 * Lets a data folder have its composed issues where all tests of this run have theirs. An entry is kept under a digest of all that decides
 * its bytes, the composer's code among it.
 */
export async function shareComposed(dataFolder: string): Promise<void> {
  const shared = process.env[SHARED];
  const place = join(dataFolder, 'composed');
  if (shared === undefined || existsSync(place)) return;
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  await symlink(shared, place);
}
