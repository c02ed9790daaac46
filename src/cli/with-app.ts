import { openApp, type App, type AppOptions } from '../app.ts';
import { loadConfig, type Config } from '../config.ts';
import { silentLog, type Log } from '../domain/log.ts';
import { formatProblem } from '../domain/problem.ts';
import { EXIT, isRefusal, type Refusal } from '../domain/refusal.ts';
import { openStudio, type Studio } from '../app/studio.ts';
import { armFailpointsOf } from './arm-failpoints.ts';
import type { Terminal } from './terminal.ts';

/** Runs a command that needs the configuration and nothing else. */
export async function withConfig(
  terminal: Terminal,
  run: (config: Config) => Promise<number>,
): Promise<number> {
  const config = loadConfig(process.cwd());
  if (!Array.isArray(config)) {
    if (config.failpoints !== undefined) armFailpointsOf(config.failpoints);
    return run(config);
  }
  for (const problem of config) terminal.say(formatProblem(problem));
  return EXIT.configuration;
}

/** Runs a command that reads content and composes, without a ledger. */
export const withStudio = (terminal: Terminal, run: (studio: Studio) => Promise<number>): Promise<number> =>
  withConfig(terminal, (config) => run(openStudio(config)));

/** Runs a command on the ledger: the one of a running `up`, or a Redis started for as long as the command takes. */
export function withApp(
  terminal: Terminal,
  run: (app: App) => Promise<number>,
  options: Partial<AppOptions> = {},
): Promise<number> {
  return withConfig(terminal, async (config) => {
    const app = await openApp(config, { log: logTo(terminal), ...options });
    if (isRefusal(app)) return refuse(terminal, app);
    try {
      return await run(app);
    } finally {
      await app.close();
    }
  });
}

export function refuse(terminal: Terminal, { message, fix, exitCode }: Refusal): number {
  terminal.say(message);
  terminal.say(fix);
  return exitCode;
}

/** For commands: only what a person should read. */
function logTo(terminal: Terminal): Log {
  const say = (facts: Record<string, unknown>, message: string) =>
    terminal.say(`${message}: ${Object.values(facts).join(', ')}`);
  return { ...silentLog, warn: say, error: say };
}
