import { showSubscriber, type SubscriberView } from '../../actions/list-subscribers.ts';
import type { App } from '../../app.ts';
import type { Instant } from '../../domain/instant.ts';
import { END } from '../../domain/plan.ts';
import type { HistoryEntry } from '../../domain/subscription.ts';
import { EXIT } from '../../domain/refusal.ts';
import { formatTime } from '../format-time.ts';
import { plainJson } from '../plain-json.ts';
import { plainText } from '../plain-text.ts';
import type { Terminal } from '../terminal.ts';
import { describeDoubts } from '../why/describe-doubts.ts';
import { withApp } from '../with-app.ts';
import { idOrSaid } from './id-or-said.ts';
import { ownSettings } from './own-settings.ts';
import { standing } from './standing.ts';

/** `partwork subscribers show <address> [--json]`: everything the ledger has about one person. */
export function show(
  terminal: Terminal,
  typed: string,
  { json = false }: { json?: boolean },
): Promise<number> {
  return withApp(terminal, async (app) => {
    const id = idOrSaid(terminal, app, typed);
    if (id === undefined) return EXIT.usage;
    const view = await showSubscriber(app, id);
    if (view === undefined) {
      terminal.say(`Nobody is known by ${plainText(typed)}.`);
      return EXIT.failed;
    }
    if (json) terminal.print(plainJson(view));
    else {
      for (const line of describe(app, view, await app.store.now())) terminal.print(line);
      terminal.say(`\`partwork why ${plainText(typed)}\` tells what comes next and why then, or why not.`);
    }
    return EXIT.ok;
  });
}

function describe(app: App, view: Partial<SubscriberView>, now: Instant): string[] {
  const { timezone } = app.config;
  const { subscriber, subscriptions = [], consents = [], suppression } = view;
  const { history = [], before = [] } = view;
  return [
    ...(subscriber === undefined ? [] : [`${subscriber.address}  ${plainText(subscriber.name)}`.trimEnd()]),
    ...(subscriber?.language === undefined ? [] : [`reads ${subscriber.language}`]),
    ...(suppression === undefined
      ? []
      : [`suppressed since ${formatTime(suppression.at, timezone)}: ${plainText(suppression.reason)}`]),
    ...subscriptions.map((one) => {
      const due =
        one.dueAt === undefined || one.place === END ? '' : `, not before ${formatTime(one.dueAt, timezone)}`;
      return `${one.series}: ${standing(one)}${due}${ownSettings(one, now, timezone)}`;
    }),
    ...consents.map(
      ({ series, at, source }) => `${series}: agreed ${formatTime(at, timezone)} (${plainText(source)})`,
    ),
    ...[
      ...before.map((entry) => ({ entry, end: ', before beginning again' })),
      ...history.map((entry) => ({ entry, end: '' })),
    ]
      .toSorted((a, b) => a.entry.at - b.entry.at)
      .map(({ entry, end }) => `${formatTime(entry.at, timezone)}  ${historyLine(entry)}${end}`),
  ];
}

function historyLine({ series, issue, outcome, reason, uncertain }: HistoryEntry): string {
  const why = reason === undefined ? '' : `: ${plainText(reason)}`;
  return `${series}/${issue}  ${outcome}${why}${describeDoubts(uncertain ?? 0)}`;
}
