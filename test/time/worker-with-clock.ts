// A worker process as an operator starts it, but for the ledger's clock, which it reads from the file it is given:
// node --import test/support/typescript.mjs test/time/worker-with-clock.ts <clock file>, the rest from the environment.
import { startWorkers } from '../../workers/main.ts';
import { openApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { silentLog } from '../../src/domain/log.ts';
import { formatProblem } from '../../src/domain/problem.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import { SharedClock } from '../support/shared-clock.ts';

const config = loadConfig(process.cwd(), process.env);
if (Array.isArray(config)) throw new Error(config.map(formatProblem).join('\n'));
const clock = new SharedClock(process.argv[2] ?? '');
const app = await openApp(config, { log: silentLog, lookEveryMs: 50, clock });
if (isRefusal(app)) throw new Error(app.message);
const workers = await startWorkers(app);
if (isRefusal(workers)) throw new Error(workers.message);
process.stdout.write('working\n');
process.once('SIGTERM', () => void workers.drain().then(() => app.close()));
