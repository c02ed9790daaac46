import type { DeliverTools } from '../src/actions/deliver-tools.ts';
import { keepLooking } from '../src/actions/keep-looking.ts';
import { TransportBrake } from '../src/actions/transport-brake.ts';
import type { App } from '../src/app.ts';
import { isRefusal, type Refusal } from '../src/domain/refusal.ts';
import { startDeliverWorker } from './deliver.ts';
import { startReleaseWorker } from './release.ts';

export interface RunningWorkers {
  /** Where the mail goes, for people. */
  readonly mailsTo: string;
  /** Claims nothing more, finishes what is under way, puts it on record. */
  drain(): Promise<void>;
}

const UPKEEP_MS = 15_000;

/** Starts the workers of one process; it also keeps up what any of them may find lost. */
export async function startWorkers(app: App): Promise<RunningWorkers | Refusal> {
  const stopping = new AbortController();
  const sender = await app.openSender();
  if (isRefusal(sender)) return sender;
  const tools: DeliverTools = {
    store: app.store,
    queues: app.queues,
    sender,
    log: app.log,
    brake: new TransportBrake(),
    onUncertain: app.config.onUncertain,
    stopping: stopping.signal,
  };
  await keepLooking(app);
  const upkeep = setInterval(() => void keepUp(app), UPKEEP_MS);
  const workers = [startReleaseWorker(app), startDeliverWorker(app, tools)];

  return {
    mailsTo: sender.mailsTo,
    async drain() {
      clearInterval(upkeep);
      stopping.abort();
      await Promise.all(workers.map((worker) => worker.close()));
      await sender.close();
    },
  };
}

async function keepUp(app: App): Promise<void> {
  try {
    await keepLooking(app);
    await app.noteSeen();
  } catch (error) {
    app.log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'upkeep has to wait');
  }
}
