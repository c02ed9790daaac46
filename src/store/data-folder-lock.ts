import { join } from 'node:path';
import { takeLock, type LockResult } from './take-lock.ts';

/** Only one `partwork up` works on a data folder. Held until `release` or the end of the process. */
export const lockDataFolder = (dataFolder: string): Promise<LockResult> =>
  takeLock(join(dataFolder, 'locks'), 'up');
