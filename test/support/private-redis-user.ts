// A process that opens the private Redis of a data folder, says how that went, and closes it when told to.
import { once } from 'node:events';
import { openPrivateRedis } from '../../src/store/private-redis.ts';

const [dataFolder = ''] = process.argv.slice(2);
const opened = await openPrivateRedis({
  dataFolder,
  onProblem: ({ message }) => process.stdout.write(`${message}\n`),
});
if (opened.kind === 'unavailable') {
  process.stdout.write(`unavailable: ${opened.problem.message}\n`);
  process.exit();
}
process.stdout.write(`${opened.redis.adopted ? 'adopted' : 'started'}\n`);
await once(process.stdin, 'data');
await opened.redis.close();
process.stdout.write('closed\n');
process.exit();
