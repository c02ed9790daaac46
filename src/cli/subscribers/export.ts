import { listSubscribers, type SubscriberView } from '../../actions/list-subscribers.ts';
import type { ExportedSubscriber } from '../../csv/write-subscribers.ts';
import { END, START } from '../../domain/plan.ts';
import { EXIT } from '../../domain/refusal.ts';
import type { SeriesId } from '../../domain/series.ts';
import type { Terminal } from '../terminal.ts';
import { knownSeries } from './known-series.ts';
import { withApp } from '../with-app.ts';

/** `partwork subscribers export --series S`: CSV on stdout, which `import` reads back. */
export function exportSeries(terminal: Terminal, { series }: { series: string }): Promise<number> {
  return withApp(terminal, async (app) => {
    if ((await knownSeries(terminal, app, series)) === undefined) return EXIT.content;
    const pages = listSubscribers(app, series as SeriesId);
    for await (const text of app.writeSubscribers(rowsOf(pages, series as SeriesId)))
      terminal.print(text.trimEnd());
    return EXIT.ok;
  });
}

async function* rowsOf(
  pages: AsyncIterable<SubscriberView[]>,
  series: SeriesId,
): AsyncGenerator<ExportedSubscriber> {
  for await (const page of pages) {
    for (const { subscriber, subscriptions, consents } of page) {
      const subscription = subscriptions.find((one) => one.series === series);
      const consent = consents.find((one) => one.series === series);
      const place = subscription?.detour?.at(-1) ?? subscription?.place;
      yield {
        address: subscriber.address,
        name: subscriber.name,
        status: subscription?.state ?? 'ended',
        ...(consent !== undefined && { consentedAt: consent.at }),
        ...(place !== undefined && place !== START && place !== END && { next: place }),
      };
    }
  }
}
