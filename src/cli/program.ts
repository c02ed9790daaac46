import { Command } from 'commander';
import { addBenchCommands } from './bench-commands.ts';
import { addContentCommands } from './content-commands.ts';
import { addMissedCommands } from './missed/missed-commands.ts';
import { addScheduleCommands } from './schedule-commands.ts';
import { addSubscriberCommands } from './subscriber-commands.ts';
import { addServiceCommands } from './service-commands.ts';
import { addWatchCommands } from './watch-commands.ts';
import { HELP_COLUMNS } from './kept-help.ts';
import type { Runs } from './runs.ts';
import type { Terminal } from './terminal.ts';

const besideErrors = (): number => Math.min(process.stderr.columns ?? HELP_COLUMNS, HELP_COLUMNS);

/** Every command with its arguments and flags; `end` is told the exit code of the one that ran. */
export function buildProgram(terminal: Terminal, version: string, end: (exitCode: number) => void): Command {
  const onPaper = (): number => Math.min(terminal.paper().columns, HELP_COLUMNS);
  const program = new Command('partwork')
    .description('Newsletter series from Markdown: each reader gets the issues in order, as well-made email.')
    .version(version)
    .configureOutput({ getOutHelpWidth: onPaper, getErrHelpWidth: besideErrors })
    .exitOverride()
    .showHelpAfterError('(partwork --help shows all commands)');

  /** Gives a command's action the terminal first; commander's own last argument is dropped. */
  const runs: Runs =
    (load) =>
    async (...args: unknown[]): Promise<void> => {
      const run = (await load()) as (...given: unknown[]) => Promise<number>;
      end(await run(terminal, ...args.slice(0, -1)));
    };

  addContentCommands(program, runs);
  addScheduleCommands(program, runs);
  addMissedCommands(program, runs);
  addWatchCommands(program, runs);
  addSubscriberCommands(program, runs);
  addServiceCommands(program, runs);
  addBenchCommands(program, runs);
  return program;
}
