import type { Command } from 'commander';
import type { Runs } from './runs.ts';

const SERVICES = {
  up: async () => (await import('./up.ts')).up,
  serve: async () => (await import('./serve.ts')).serve,
  work: async () => (await import('./work.ts')).work,
};

export function addServiceCommands(program: Command, runs: Runs): void {
  for (const [name, description] of [
    ['up', 'Run web and workers, with a private Redis if none is given'],
    ['serve', 'Run the readers’ pages only'],
    ['work', 'Run workers only'],
  ] as const) {
    program
      .command(name)
      .description(description)
      .option('--unsafe', 'accept a Redis that may lose the ledger')
      .option('--after-restore', 'this Redis was restored from a backup, and that is meant')
      .action(runs(SERVICES[name]));
  }
  program
    .command('admin')
    .description('Print a link that signs you in to the dashboard once, for ten minutes')
    .option('--sign-out', 'instead, end every session of the dashboard and every link')
    .action(runs(async () => (await import('./admin.ts')).admin));
  program
    .command('health')
    .description('Does mail go out? Exit code 0 if so, 69 if not, with the reason')
    .option('--here', 'only whether a worker of this machine lives, for a container')
    .option('--json', 'for scripts')
    .action(runs(async () => (await import('./health.ts')).health));
  program
    .command('notify')
    .description('Show how you are told of what happens, or try it')
    .option('--test', 'send a test by every way that is set')
    .option('--json', 'for scripts')
    .action(runs(async () => (await import('./notify.ts')).notify));
  program
    .command('demo')
    .description('Watch two series being sent, in order, to a local inbox')
    .option('--once', 'end when all is delivered, and prove it')
    .action(runs(async () => (await import('./demo.ts')).demo));
}
