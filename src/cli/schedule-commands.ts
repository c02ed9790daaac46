import type { Command } from 'commander';
import type { Runs } from './runs.ts';
import type { Terminal } from './terminal.ts';

export function addScheduleCommands(program: Command, runs: Runs): void {
  withScheduleFlags(
    program.command('plan').description('Show what would change for whom, with dates; change nothing'),
  )
    .option('--json', 'for scripts')
    .action(runs(async () => (await import('./plan.ts')).plan));
  withScheduleFlags(
    program.command('schedule').description('Put a series into force, after showing its dates'),
  )
    .option('--yes', 'do not ask')
    .action(runs(async () => (await import('./schedule.ts')).schedule));

  for (const [name, state, description] of [
    ['pause', 'paused', 'Stop sending a series; every reader keeps their place'],
    ['resume', 'running', 'Let a paused series go on'],
    ['cancel', 'cancelled', 'End a series; `schedule` starts it again'],
  ] as const) {
    program
      .command(name)
      .description(description)
      .argument('<series>')
      .action(
        runs(async () => {
          const { setState } = await import('./change-state.ts');
          return (given: Terminal, series: string) => setState(given, series, state);
        }),
      );
  }
  program
    .command('held')
    .description('List deliveries of unknown outcome (PARTWORK_ON_UNCERTAIN=hold), and decide about them')
    .argument('<series>')
    .option('--resend', 'send each once more')
    .option('--assume-accepted', 'take each as arrived, and go on')
    .option('--json', 'for scripts')
    .action(runs(async () => (await import('./held.ts')).held));
}

const withScheduleFlags = (command: Command): Command =>
  command
    .argument('<series>')
    .option('--start <time>', 'when the series begins: now, 2026-12-01, "2026-12-01 08:00"')
    .option('--every <gap>', 'between two issues for one reader: 1d, 12h, weekdays, mon,thu, 0')
    .option('--at <hour>', 'the hour at which a gap of days ends: 08:00')
    .option('--timezone <zone>', 'e.g. Asia/Taipei')
    .option('--join <rule>', 'where new readers begin: first, or next (the next issue to be released)')
    .option('--strict', 'count warnings as errors');
