import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';

const COMPOSED = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'partwork-composed');

/**
 * Lets a data folder have its composed issues where all tests have theirs. Many of them schedule the same posts, and an entry is kept
 * under a digest of all that decides its bytes, the composer's code among it.
 */
export async function shareComposed(dataFolder: string): Promise<void> {
  await mkdir(COMPOSED, { recursive: true });
  await mkdir(dataFolder, { recursive: true });
  await symlink(COMPOSED, join(dataFolder, 'composed'));
}
