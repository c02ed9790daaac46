import type { Command } from 'commander';
import type { Runs } from './runs.ts';

export function addContentCommands(program: Command, runs: Runs): void {
  program
    .command('init')
    .description('Make a folder ready to write and send from, or do so in the folder of a blog')
    .argument('[folder]', 'made when it is not there', '.')
    .option('--language <tag>', 'of what is made: en, zh-Hant')
    .option('--no-templates', 'make no copies of the templates')
    .action(runs(async () => (await import('./init.ts')).init));
  program
    .command('check')
    .description('Show every problem of the content and its mails, with file and line')
    .argument('[series]', 'only this one')
    .option('--strict', 'count warnings as errors')
    .option('--json', 'for scripts')
    .action(runs(async () => (await import('./check.ts')).check));
  program
    .command('render')
    .description('Write an issue as issue.html, issue.txt and issue.eml')
    .argument('<series>')
    .argument('<issue>', 'its id or its number')
    .option('--out <folder>', 'where to', '.')
    .action(runs(async () => (await import('./render.ts')).render));
  program
    .command('preview')
    .description('Show issues in the browser as readers will get them, while you write; nothing is sent')
    .argument('[series]', 'only this one')
    .option('--drafts', 'show drafts among the others')
    .option('--port <number>', 'of the page on this machine (default: 4321, or a free one)')
    .action(runs(async () => (await import('./preview.ts')).preview));
  program
    .command('embed')
    .description('Print a sign-up form for a page of your blog, and the same as a call for its scripts')
    .argument('<series>')
    .option('--return <url>', 'page of yours to come back to, on a site in PARTWORK_ORIGINS')
    .action(runs(async () => (await import('./embed.ts')).embed));
}
