import { Hono, type Context } from 'hono';
import { eraseSubscriber } from '../../actions/erase-subscriber.ts';
import { exportData, type PersonalData } from '../../actions/reading/export-data.ts';
import { DAY_MS, type Instant } from '../../domain/instant.ts';
import type { SeriesPlan } from '../../domain/plan.ts';
import type { SubscriberId } from '../../domain/subscriber.ts';
import { keysFor, parseDataToken } from '../../domain/token.ts';
import { askedQuery } from '../pages/choose-locale.ts';
import { pageViewOf, type PageView } from '../pages/page-view.ts';
import { showPage } from '../pages/show-page.ts';
import type { WebTools } from '../web-tools.ts';
import { BrokenPage } from './broken-page.tsx';
import { DataExpiredPage, ErasedPage, EraseSurePage, NoDataPage } from './data-end-pages.tsx';
import { DataPage } from './data-page.tsx';
import { postedFields } from './posted-fields.ts';

/** Somebody with the link that went to the reader's own address. */
interface Visit {
  readonly subscriber: SubscriberId;
  /** Undefined when nothing is kept (any more). */
  readonly data: PersonalData | undefined;
  readonly plans: readonly SeriesPlan[];
  readonly view: PageView;
  /** Of this page. */
  readonly path: string;
  /** When the link ends. */
  readonly until: Instant;
}

const GOOD_FOR_MS = DAY_MS;

/** Everything kept about a person: shown, downloaded, erased. */
export function dataPages(tools: WebTools): Hono {
  const pages = new Hono();
  pages.get('/d/:token', (context) =>
    withVisit(tools, context, ({ data, plans, view, path, until }) =>
      data === undefined
        ? showPage(context, <NoDataPage view={view} />, 410)
        : showPage(context, <DataPage {...{ data, plans, view, path, until }} />),
    ),
  );
  pages.post('/d/:token/download', (context) =>
    withVisit(tools, context, ({ data, view }) =>
      data === undefined ? showPage(context, <NoDataPage view={view} />, 410) : download(context, data),
    ),
  );
  pages.post('/d/:token/erase', (context) =>
    withVisit(tools, context, async ({ subscriber, view, path }) => {
      const { text } = await postedFields(context);
      if (text('sure') !== 'yes') return showPage(context, <EraseSurePage {...{ view, path }} />);
      await eraseSubscriber(tools, subscriber);
      return showPage(context, <ErasedPage view={view} />);
    }),
  );
  // Where a browser ends up that reloads what a button answered, or chooses another language there.
  pages.get('/d/:token/:action{download|erase}', (context) =>
    context.redirect(`/d/${encodeURIComponent(context.req.param('token'))}${askedQuery(context)}`),
  );
  return pages;
}

type Answer = Response | Promise<Response>;

async function withVisit(
  tools: WebTools,
  context: Context,
  answer: (visit: Visit) => Answer,
): Promise<Response> {
  const token = context.req.param('token') ?? '';
  const parsed = parseDataToken(keysFor(tools.secrets, 'data'), token);
  if (parsed === undefined) return showPage(context, <BrokenPage view={pageViewOf(context, tools)} />, 404);
  const { subscriber, madeAt } = parsed;
  const until = madeAt + GOOD_FOR_MS;
  if ((await tools.store.now()) >= until) {
    return showPage(context, <DataExpiredPage view={pageViewOf(context, tools)} />, 410);
  }
  const [data, plans] = await Promise.all([exportData(tools, subscriber), tools.store.plans.all()]);
  const view = pageViewOf(context, tools, data?.language ?? languageOf(data, plans));
  return answer({ subscriber, data, plans, view, path: `/d/${token}`, until });
}

/** That of the first series of theirs, since they read it. */
const languageOf = (data: PersonalData | undefined, plans: readonly SeriesPlan[]): string | undefined =>
  plans.find(({ series }) => series === data?.subscriptions[0]?.series)?.about.language;

const download = (context: Context, data: PersonalData): Response =>
  context.body(`${JSON.stringify(data, null, 2)}\n`, 200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Disposition': 'attachment; filename="my-data.json"',
  });
