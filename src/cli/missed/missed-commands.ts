import type { Command } from 'commander';
import type { Runs } from '../runs.ts';

export function addMissedCommands(program: Command, runs: Runs): void {
  withFilter(
    program
      .command('failures')
      .description('Show who was put off, refused or is in doubt, by what the server said and the domain'),
  )
    .option('--list', 'each reader, however many')
    .option('--json', 'for scripts; with --list one object a line')
    .action(runs(async () => (await import('./failures.ts')).failures));
  withFilter(
    program
      .command('retry')
      .description('Try those who were put off now, instead of at the time of their next try'),
  )
    .option('--yes', 'do not ask')
    .action(runs(async () => (await import('./retry.ts')).retry));
}

const withFilter = (command: Command): Command =>
  command
    .argument('[series]', 'only this one')
    .option('--issue <issue>', 'only this one, by id or number')
    .option('--domain <domain>', 'only readers of this domain and those under it')
    .option('--code <code>', 'only replies like this: 451, 5xx, 4.7.1, lost');
