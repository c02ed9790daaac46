// A process that locks a data folder, says how that went, and unlocks it when told to.
import { once } from 'node:events';
import { lockDataFolder } from '../../src/store/data-folder-lock.ts';

const result = await lockDataFolder(process.argv[2] ?? '');
process.stdout.write(`${result.kind === 'busy' ? `busy ${result.pid}` : 'locked'}\n`);
if (result.kind === 'locked') {
  await once(process.stdin, 'data');
  await result.release();
}
process.exit();
