import { keepLooking } from '../src/actions/keep-looking.ts';
import type { App } from '../src/app.ts';

const UPKEEP_MS = 15_000;

/** What every worker process does now and then, so that nothing stays lost for longer. Cleared by `clearInterval`. */
export async function startUpkeep(app: App): Promise<NodeJS.Timeout> {
  app.ledger.watch();
  // A Redis that was away may have come back without its queues.
  app.ledger.onChange((isFit) => isFit && void keepUp(app));
  await keepUp(app);
  return setInterval(() => void keepUp(app), UPKEEP_MS);
}

async function keepUp(app: App): Promise<void> {
  try {
    if (!(await app.ledger.isFit())) return;
    await keepLooking(app);
    await app.store.transport.noteWorking(3 * UPKEEP_MS);
    await app.remember();
  } catch (error) {
    if (app.ledger.suspect(error)) return;
    app.log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'upkeep has to wait');
  }
}
