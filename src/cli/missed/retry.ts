import { listFailures } from '../../actions/missed/list-failures.ts';
import { isRetried, retryDeferred, type Retried } from '../../actions/missed/retry-deferred.ts';
import type { App } from '../../app.ts';
import { EXIT } from '../../domain/refusal.ts';
import { count } from '../count.ts';
import type { Terminal } from '../terminal.ts';
import { withApp } from '../with-app.ts';
import { meantOrSaid, type FailureFlags, type Meant } from './failure-flags.ts';

interface RetryFlags extends FailureFlags {
  readonly yes?: boolean;
}

/** In the order in which they are told. */
const TOLD: readonly (readonly [keyof Retried, string])[] = [
  ['due', 'due now'],
  ['due-already', 'due already'],
  ['under-way', 'being tried at this moment'],
  ['resting', 'left alone: they have a break'],
  ['waiting', 'left alone: their gap is longer'],
];

/** `partwork retry [series] [--issue I] [--domain D] [--code C] [--yes]`: who was put off, or is in doubt, is tried now. */
export function retry(
  terminal: Terminal,
  name: string | undefined,
  { yes = false, ...flags }: RetryFlags,
): Promise<number> {
  return withApp(terminal, async (app) => {
    const meant = await meantOrSaid(terminal, app, name, flags);
    if (!Array.isArray(meant)) return meant;
    const readers = await countMeant(app, meant);
    if (readers === 0) {
      terminal.say('Nobody of these waits to be tried again.');
      return EXIT.ok;
    }
    if (!yes && !terminal.isInteractive) {
      terminal.say(`${count(readers, 'reader')} would be tried now. \`--yes\` does it.`);
      return EXIT.usage;
    }
    if (!yes && !(await terminal.confirm(`Try ${count(readers, 'reader')} now?`))) return EXIT.usage;
    for (const one of meant) tell(terminal, one, await retryDeferred(app, one.plan, one.filter));
    return EXIT.ok;
  });
}

async function countMeant(app: App, meant: readonly Meant[]): Promise<number> {
  let readers = 0;
  for (const { plan, filter } of meant)
    for await (const page of listFailures(app, plan, filter)) readers += page.filter(isRetried).length;
  return readers;
}

function tell(terminal: Terminal, { plan }: Meant, retried: Retried): void {
  const parts = TOLD.filter(([answer]) => retried[answer] > 0).map(
    ([answer, words]) => `${retried[answer]} ${words}`,
  );
  if (parts.length === 0) return;
  terminal.say(`${plan.series}: ${parts.join(', ')}.`);
  if (plan.state !== 'running')
    terminal.say(
      `The series is ${plan.state}: they are tried when it goes on (\`partwork resume ${plan.series}\`).`,
    );
}
