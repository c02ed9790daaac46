import type { Command } from 'commander';
import type { Runs } from './runs.ts';

export function addSubscriberCommands(program: Command, runs: Runs): void {
  program
    .command('why')
    .description('Tell what one reader had, what comes next and why then, and why not')
    .argument('<address>')
    .option('--json', 'for scripts')
    .action(runs(async () => (await import('./why/why.ts')).why));
  const subscribers = program
    .command('subscribers')
    .description('Add, import, export, list, show, remove and erase readers');

  confirmed(subscribers.command('add').description('Put one reader into a series'))
    .argument('<address>')
    .option('--name <name>')
    .option('--position <issue>', 'begin with this issue, by id or number')
    .action(runs(async () => (await import('./subscribers/add.ts')).add));
  confirmed(subscribers.command('import').description('Put the readers of a CSV file into a series'))
    .argument('<file>')
    .option('--json', 'for scripts')
    .action(runs(async () => (await import('./subscribers/import.ts')).importFile));
  into(
    subscribers.command('export').description('Write a series’ readers as CSV, which import reads back'),
  ).action(runs(async () => (await import('./subscribers/export.ts')).exportSeries));
  subscribers
    .command('list')
    .description('List readers and where they stand')
    .option('--series <series>', 'only of this one')
    .option('--json', 'one object a line')
    .action(runs(async () => (await import('./subscribers/list.ts')).list));
  subscribers
    .command('show')
    .description('Show everything kept about one reader')
    .argument('<address>')
    .option('--json', 'for scripts')
    .action(runs(async () => (await import('./subscribers/show.ts')).show));
  into(subscribers.command('remove').description('End one reader’s subscription'))
    .argument('<address>')
    .action(runs(async () => (await import('./subscribers/remove.ts')).remove));
  subscribers
    .command('unsuppress')
    .description('Lift the suppression of an address')
    .argument('<address>')
    .action(runs(async () => (await import('./subscribers/remove.ts')).unsuppress));
  subscribers
    .command('erase')
    .description('Forget a person; only a hashed suppression stays')
    .argument('<address>')
    .action(runs(async () => (await import('./subscribers/remove.ts')).erase));
}

const into = (command: Command): Command => command.requiredOption('--series <series>', 'the series');

const confirmed = (command: Command): Command =>
  into(command).option('--confirmed', 'they agreed to get this series; kept as the record of it');
