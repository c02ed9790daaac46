import type { Command } from 'commander';
import type { Runs } from './runs.ts';
import { fieldLines, SERIES_FIELDS, WATCH_FIELDS } from './status/fields.ts';

export function addWatchCommands(program: Command, runs: Runs): void {
  program
    .command('status')
    .description('Tell whether it went out, how each audience adds up, and what needs attention')
    .argument('[series]', 'only this one')
    .option('--json', 'for scripts; the fields are below')
    .addHelpText('after', () => STATUS_HELP)
    .action(runs(async () => (await import('./status.ts')).status));
  program
    .command('watch')
    .description('Watch the sending live; q ends it, ? tells the keys')
    .argument('[series]', 'only this one')
    .option('--every <pause>', 'between two readings: 5s, 1m; 1s on a terminal and 5s elsewhere unless given')
    .option('--json', 'an object a line for each reading; the fields are below')
    .addHelpText('after', () => WATCH_HELP)
    .action(runs(async () => (await import('./watch.ts')).watch));
}

const STATUS_HELP = `
With --json: a list, one object for each series. Times are ISO 8601 in UTC, null = there is none.
For each issue audience = accepted + waiting + deferred + rejected + suppressed + skipped + uncertain.

${fieldLines(SERIES_FIELDS).join('\n')}`;

const WATCH_HELP = `
Not on a terminal it writes a line for each change, until SIGTERM or its reader is gone. Killed with
SIGKILL on a terminal it cannot put the screen back; \`reset\` does.

With --json, besides what \`partwork status --help\` says of each series:

${fieldLines(WATCH_FIELDS).join('\n')}`;
