#!/usr/bin/env node
import { keptHelp } from './kept-help.ts';
import { openTerminal } from './terminal.ts';

const words = process.argv.slice(2);
const terminal = openTerminal((exitCode) => process.exit(exitCode));
const help = keptHelp(words, process.stdout.columns);

if (help !== undefined) terminal.print(help.trimEnd());
else {
  const { runCommand } = await import('./run-command.ts');
  await runCommand(terminal, words, (exitCode) => (process.exitCode = exitCode));
}
