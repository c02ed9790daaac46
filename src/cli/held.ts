import { resolveHeld } from '../actions/resolve-held.ts';
import type { App } from '../app.ts';
import type { SeriesPlan } from '../domain/plan.ts';
import { EXIT } from '../domain/refusal.ts';
import type { SeriesId } from '../domain/series.ts';
import type { HeldDelivery } from '../store/held-deliveries.ts';
import { notScheduled } from './change-state.ts';
import { count } from './count.ts';
import type { Terminal } from './terminal.ts';
import { nameIssue } from './why/name-issue.ts';
import { withApp } from './with-app.ts';

interface HeldFlags {
  readonly resend?: boolean;
  readonly assumeAccepted?: boolean;
  readonly json?: boolean;
}

/** `partwork held <series> [--resend|--assume-accepted]`: deliveries of unknown outcome, and the operator's decision about them. */
export function held(
  terminal: Terminal,
  series: string,
  { resend = false, assumeAccepted = false, json = false }: HeldFlags,
): Promise<number> {
  if (resend && assumeAccepted) {
    terminal.say('Either --resend or --assume-accepted.');
    return Promise.resolve(EXIT.usage);
  }
  return withApp(terminal, async (app) => {
    const plan = await app.store.plans.find(series as SeriesId);
    if (plan === undefined) return notScheduled(terminal, app, series);
    const list = await app.store.held.list(plan.series);
    if (json) terminal.print(JSON.stringify(list, null, 2));
    else for (const one of list) terminal.print(await heldLine(app, plan, one));
    if (!resend && !assumeAccepted) {
      terminal.say(choiceOf(series, list.length));
      return EXIT.ok;
    }
    const resolved = await resolveHeld(app, series as SeriesId, resend ? 'again' : 'accepted');
    terminal.say(resend ? `${resolved} will be sent once more.` : `${resolved} taken as accepted.`);
    return EXIT.ok;
  });
}

/** `ivy@example.com  #2 "The thaw"`. */
async function heldLine(app: App, plan: SeriesPlan, { subscriber, issue }: HeldDelivery): Promise<string> {
  const record = await app.store.subscribers.find(subscriber);
  const at = plan.issues.findIndex(({ id }) => id === issue);
  const title = plan.issues[at]?.title ?? issue;
  return `${record?.subscriber.address ?? subscriber}  ${nameIssue({ id: issue, title, ...(at >= 0 && { number: at + 1 }) })}`;
}

function choiceOf(series: string, held: number): string {
  if (held === 0) return 'Nothing is held.';
  return [
    `${count(held, 'mail')} may or may not have arrived, and ${held === 1 ? 'its reader waits' : 'their readers wait'} for you.`,
    `\`partwork held ${series} --resend\` sends each once more; with \`--assume-accepted\` they go on to the next issue.`,
  ].join(' ');
}
