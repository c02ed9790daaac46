import type { DeliverTools } from '../src/actions/deliver-tools.ts';
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

/** Starts the workers of one process. Series that should be looked after and are not, after a Redis restore say, are again. */
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
  for (const { series, state } of await app.store.plans.all()) {
    if (state === 'running') await app.queues.startLooking(series);
  }
  const workers = [startReleaseWorker(app), startDeliverWorker(app, tools)];

  return {
    mailsTo: sender.mailsTo,
    async drain() {
      stopping.abort();
      await Promise.all(workers.map((worker) => worker.close()));
      await sender.close();
    },
  };
}
