import { TicketOrder } from '../src/actions/ticket-order.ts';
import type { DeliverTools } from '../src/actions/deliver-tools.ts';
import { DomainPace } from '../src/actions/domain-pace.ts';
import { RejectionWatch } from '../src/actions/rejection-watch.ts';
import { SendingRates } from '../src/actions/sending-rates.ts';
import { SendMeter } from '../src/actions/send-meter.ts';
import { Stragglers } from '../src/actions/stragglers.ts';
import { TransportBrake } from '../src/actions/transport-brake.ts';
import type { App } from '../src/app.ts';
import { isRefusal, type Refusal } from '../src/domain/refusal.ts';
import { closeWorker, untilDone } from './close-worker.ts';
import { startDeliverWorker } from './deliver.ts';
import { tuneMemory } from './tune-memory.ts';
import { startLetterWorker } from './letters.ts';
import { startReleaseWorker } from './release.ts';
import { startUpkeep } from './upkeep.ts';
import { startWatch } from './watch.ts';

export interface RunningWorkers {
  /** Where the mail goes, for people. */
  readonly mailsTo: string;
  /** Claims nothing more, finishes what is under way, puts it on record. */
  drain(): Promise<void>;
}

/** Starts the workers of one process; it also keeps up what any of them may find lost. */
export async function startWorkers(app: App): Promise<RunningWorkers | Refusal> {
  tuneMemory();
  const stopping = new AbortController();
  const mail = await app.openMail();
  if (isRefusal(mail)) return mail;
  const { store, queues, ledger, log } = app;
  const rates = new SendingRates(app.config.limits, store.rates);
  const own = () => ({
    store,
    rates,
    ledger,
    log,
    brake: new TransportBrake(),
    rejections: new RejectionWatch(),
    stopping: stopping.signal,
  });
  const tools: DeliverTools = {
    ...own(),
    queues,
    sender: mail.issues,
    pace: new DomainPace(mail.issues),
    order: new TicketOrder(),
    stragglers: new Stragglers(),
    meter: new SendMeter(),
    onUncertain: app.config.onUncertain,
  };
  const watch = await startWatch(app, { sendsMail: true });
  if (isRefusal(watch)) {
    await mail.close();
    return watch;
  }
  const upkeep = await startUpkeep(app, tools);
  const workers = [
    startReleaseWorker(app),
    startDeliverWorker(app, tools),
    startLetterWorker(app, { ...own(), ...mail.letters }),
  ];

  return {
    mailsTo: mail.mailsTo,
    async drain() {
      stopping.abort();
      await watch.end();
      await Promise.all(workers.map((worker) => closeWorker(app, worker)));
      await untilDone(app, tools.stragglers.done());
      await untilDone(app, upkeep.end());
      await mail.close();
    },
  };
}
