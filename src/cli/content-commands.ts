import type { Command } from 'commander';
import type { Runs } from './runs.ts';

export function addContentCommands(program: Command, runs: Runs): void {
  program
    .command('check')
    .description('Show every problem of the content, with file and line')
    .argument('[series]', 'only this one')
    .option('--json', 'for scripts')
    .action(runs(async () => (await import('./check.ts')).check));
  program
    .command('render')
    .description('Write an issue as issue.html, issue.txt and issue.eml')
    .argument('<series>')
    .argument('<issue>', 'its id or its number')
    .option('--out <folder>', 'where to', '.')
    .action(runs(async () => (await import('./render.ts')).render));
}
