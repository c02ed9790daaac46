import type { LockResult } from '../store/take-lock.ts';

/** Takes a data folder for this process, as `up` and `demo` do: a second one on the same folder is told who has it. */
export async function lockDataFolder(dataFolder: string): Promise<LockResult> {
  const store = await import('../store/data-folder-lock.ts');
  return store.lockDataFolder(dataFolder);
}
