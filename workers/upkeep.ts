import { hostname } from 'node:os';
import type { DeliverTools } from '../src/actions/deliver-tools.ts';
import { keepLooking } from '../src/actions/keep-looking.ts';
import type { App } from '../src/app.ts';
import { reasonOf } from '../src/domain/reason-of.ts';

const UPKEEP_MS = 15_000;
const TELL_MS = 5_000;

export interface Upkeep {
  /** Tells what is left to tell, and says goodbye. */
  end(): Promise<void>;
}

type UpkeepTools = Pick<DeliverTools, 'meter' | 'sender'>;

/** What every worker process does now and then, so that nothing stays lost for longer, and whoever watches knows of it. */
export async function startUpkeep(app: App, tools: UpkeepTools): Promise<Upkeep> {
  const id = `${hostname()}:${process.pid}`;
  const startedAt = await app.store.now();
  const isHere = async () => {
    const seenAt = await app.store.nowOrSo();
    await app.store.workers.note({ id, startedAt, seenAt, connections: tools.sender.connections });
  };
  const keepUp = () =>
    patiently(app, async () => {
      await keepLooking(app);
      await isHere();
      await app.remember();
    });
  app.ledger.watch();
  // A Redis that was away may have come back without its queues.
  app.ledger.onChange((isFit) => isFit && void keepUp());
  await keepUp();
  const timers = [
    setInterval(() => void keepUp(), UPKEEP_MS),
    setInterval(() => void patiently(app, () => tellTimes(app, tools)), TELL_MS),
  ];
  return {
    async end() {
      for (const timer of timers) clearInterval(timer);
      await patiently(app, async () => {
        await tellTimes(app, tools);
        await app.store.workers.forget(id);
      });
    },
  };
}

async function tellTimes({ store }: App, { meter }: UpkeepTools): Promise<void> {
  const measured = meter.take();
  if (measured !== undefined) await store.sendTimes.add(measured);
}

async function patiently(app: App, work: () => Promise<void>): Promise<void> {
  try {
    if (await app.ledger.isFit()) await work();
  } catch (error) {
    if (!app.ledger.suspect(error)) app.log.warn({ reason: reasonOf(error) }, 'upkeep has to wait');
  }
}
