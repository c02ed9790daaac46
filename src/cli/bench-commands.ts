import { Option, type Command } from 'commander';
import type { Runs } from './runs.ts';

export function addBenchCommands(program: Command, runs: Runs): void {
  program
    .command('bench')
    .description('Measure how fast this machine sends, against the plain ways to do it')
    .option('--only <rows>', 'these rows, with commas between')
    .option('--all', 'also the row that sends to a million readers')
    .option('--rounds <number>', 'of each row, of which the median is shown (default: 5)')
    .option('--readers <number>', 'of an issue (default: 20000)')
    .option('--quick', 'small sizes: shows that it works, not how fast')
    .option('--svg <file>', 'also draw the rates as a picture')
    .option('--json', 'for scripts')
    .addOption(new Option('--fault <kind>').choices(['drop', 'double']).hideHelp())
    .action(runs(async () => (await import('./bench.ts')).bench));
}
