import { hostname } from 'node:os';
import { takeOverview } from '../actions/overview.ts';
import { openApp, type App } from '../app.ts';
import type { Config } from '../config.ts';
import { SECOND_MS } from '../domain/instant.ts';
import { healthHere, healthOf, type HealthCheck } from '../domain/health.ts';
import { silentLog } from '../domain/log.ts';
import { EXIT, isRefusal } from '../domain/refusal.ts';
import { doneWithin } from '../domain/within.ts';
import { plainJson } from './plain-json.ts';
import { plainText } from './plain-text.ts';
import type { Terminal } from './terminal.ts';
import { refuse, withConfig } from './with-app.ts';

/** Within the timeout of a container's probe. */
const PATIENCE_MS = 10 * SECOND_MS;

interface HealthFlags {
  readonly here?: boolean;
  readonly json?: boolean;
}

/**
 * `partwork health [--here] [--json]`: exit code 0 when mail goes out, 69 when it does not, and why: for cron. With `--here`, for a container's
 * own probe, it only asks whether a worker of this machine lives; a ledger that cannot be asked is no reason to end one that waits for it.
 */
export function health(terminal: Terminal, { here = false, json = false }: HealthFlags): Promise<number> {
  return withConfig(terminal, async (config) => {
    const looking = look(terminal, config, { here, json });
    if (await doneWithin(PATIENCE_MS, looking)) return looking;
    // Whoever probes would take no answer for a bad one, and the next probe would wait behind this one.
    terminal.say(`Redis has not answered for ${PATIENCE_MS / SECOND_MS} seconds.`);
    return terminal.endAtOnce(here ? EXIT.ok : EXIT.unavailable);
  });
}

async function look(
  terminal: Terminal,
  config: Config,
  { here, json }: Required<HealthFlags>,
): Promise<number> {
  const app = await openApp(config, { log: silentLog });
  if (isRefusal(app)) {
    const code = refuse(terminal, app);
    return here && code === EXIT.unavailable ? EXIT.ok : code;
  }
  try {
    const checks = here ? [await checkHere(app)] : healthOf(await takeOverview(app));
    tell(terminal, checks, json);
    return checks.every(({ ok }) => ok) ? EXIT.ok : EXIT.unavailable;
  } finally {
    await app.close();
  }
}

async function checkHere({ store }: App): Promise<HealthCheck> {
  return healthHere({ workers: await store.workers.list(await store.now()) }, hostname());
}

function tell(terminal: Terminal, checks: readonly HealthCheck[], json: boolean): void {
  if (json) return terminal.print(plainJson({ ok: checks.every(({ ok }) => ok), checks }));
  for (const { ok, says } of checks)
    terminal.print(`${terminal.style(ok ? 'green' : 'red', ok ? 'ok  ' : 'FAIL')}  ${plainText(says)}`);
}
