import { keepLooking } from '../src/actions/keep-looking.ts';
import type { App } from '../src/app.ts';

const UPKEEP_MS = 15_000;

/** What every worker process does now and then, so that nothing stays lost for longer. Cleared by `clearInterval`. */
export async function startUpkeep(app: App): Promise<NodeJS.Timeout> {
  await keepLooking(app);
  await app.store.transport.noteWorking(3 * UPKEEP_MS);
  return setInterval(() => void keepUp(app), UPKEEP_MS);
}

async function keepUp(app: App): Promise<void> {
  try {
    await keepLooking(app);
    await app.noteSeen();
    await app.store.transport.noteWorking(3 * UPKEEP_MS);
  } catch (error) {
    app.log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'upkeep has to wait');
  }
}
