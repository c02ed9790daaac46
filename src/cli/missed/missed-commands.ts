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
  program
    .command('missed')
    .description('Show who has not had an issue, and why')
    .argument('<series>')
    .argument('<issue>', 'by id or number')
    .option('--list', 'each reader, however many')
    .option('--json', 'for scripts; with --list one object a line')
    .action(runs(async () => (await import('./missed.ts')).missed));
  program
    .command('resend')
    .description('Send an issue again to those who missed it, in order and after their gap')
    .argument('<series>')
    .argument('<issue>', 'by id or number')
    .option('--missed', 'only to those who missed it; nobody gets twice what they have had')
    .option(
      '--reason <reasons>',
      'missed it for these: rejected, suppressed, skipped, began-later (the first three)',
    )
    .option('--domain <domain>', 'only readers of this domain and those under it')
    .option('--code <code>', 'only who was refused with replies like this: 5xx, 552, 5.2.2')
    .option('--dry-run', 'tell who would get it, and who not; change nothing')
    .option('--yes', 'do not ask')
    .option('--json', 'for scripts')
    .action(runs(async () => (await import('./resend.ts')).resend));
}

const withFilter = (command: Command): Command =>
  command
    .argument('[series]', 'only this one')
    .option('--issue <issue>', 'only this one, by id or number')
    .option('--domain <domain>', 'only readers of this domain and those under it')
    .option('--code <code>', 'only replies like this: 451, 5xx, 4.7.1, lost');
